"""Pages by keyboard, on small and large screens, in light and dark, as an audit sees them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from actions.casework.messages import Sender
from actions.casework.privacy_requests import ask_correction
from actions.casework.staff import Role
from actions.catalogue.sheets import SHEETS
from actions.storage.tables import Case
from tests.console.browser import WIDTHS, Seat, act
from tests.support.authenticator import code
from tests.support.clock import Clock
from tests.support.database import KTP, LAMP, PASSWORD, Database

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LARGEST = 60_000
"""Bytes of a page, without its documents."""
AUDIT = (Path(__file__).parent / "audit.js").read_text()


async def test_the_keyboard_alone_reaches_everything_and_is_seen(
    seat: Seat, database: Database
) -> None:
    await database.account("rina")
    case = await database.file()

    def turn() -> None:
        seat.log_in("rina")
        seat.open(f"/permohonan/{case.id}")
        reached = []
        for _ in range(40):
            webdriver.ActionChains(seat.chrome).send_keys(Keys.TAB).perform()
            active = seat.active()
            if active["tag"] == "BODY":
                break
            assert active["outline"] != "none", active
            assert active["width"] >= 2, active
            reached.append(active["text"])
        for words in (
            "Langsung ke isi",
            "Keluar",
            "Ambil",
            "Minta dilengkapi",
            "Lainnya",
            "Tampilkan NIK, KK, dan nomor HP",
            "Simpan catatan",
            "Kirim pesan",
        ):
            assert words in reached
        seat.chrome.refresh()
        webdriver.ActionChains(seat.chrome).send_keys(Keys.TAB, Keys.ENTER).perform()
        webdriver.ActionChains(seat.chrome).send_keys(Keys.TAB).perform()
        assert seat.active()["text"] == "Kembali ke daftar"

    await act(turn)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_every_page_fits_the_screen_and_is_well_built(
    width: int, dark: bool, seat: Seat, database: Database
) -> None:
    await database.account("admin", Role.ADMIN, telegram_id=900)
    account = await database.account("rina")
    long = "sangat" * 40
    case = await database.file(answers={**KTP, "nama": long})
    lamp = await database.file("lampu_jalan", LAMP)
    await database.say(long, sender=Sender.CITIZEN)
    escalation = await database.escalation(unit="disdukcapil", case=case)
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        asked = await ask_correction(session, row, long, database.clock())
    await database.sample(f"katepe {long} kelupas")
    pages = (
        "/meja",
        f"/permohonan/{case.id}",
        f"/permohonan/{lamp.id}",
        "/percakapan",
        f"/percakapan/{escalation.id}",
        "/cari",
        "/loket",
        "/laporan",
        "/laporan/terlambat",
        "/laporan/layanan",
        "/laporan/wilayah",
        "/laporan/kepuasan",
        "/laporan/bot",
        "/laporan/perkara?angka=masuk&masa=2026-11",
        "/unit",
        "/pemberitahuan",
        "/rahasia",
        "/akun",
        f"/akun/{account.id}",
        "/keamanan",
        "/keamanan/data-pribadi",
        "/belajar",
        "/belajar/1",
        "/belajar/model",
        "/pengaturan",
        "/pengaturan/riwayat",
        "/pengaturan/jejak",
        *(f"/pengaturan/{key}" for key in SHEETS),
        "/pengaturan/templat/baru",
        "/pengaturan/jam/dinsos",
        "/profil",
        "/hak",
        f"/hak/{asked.id}",
        "/verifikasi",
        "/pastikan",
        "/sandi",
        "/panduan",
    )

    def turn() -> None:
        seat.scheme("dark" if dark else "light")
        seat.log_in("admin")
        seat.screen(width)
        for path in pages:
            seat.open(path)
            assert seat.overflow() == 0, f"{path} is too wide"
            found = seat.chrome.execute_script(AUDIT)
            assert found == [], f"{path}: {found}"
            assert len(seat.chrome.page_source.encode()) < LARGEST, path

    await act(turn)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "without_scripts"])
async def test_a_second_factor_is_set_up_and_used_by_keyboard(
    width: int, scripts: bool, seat: Seat, database: Database, clock: Clock
) -> None:
    await database.account("ani", Role.SUPERVISOR, factor=False)
    keys: list[str] = []

    def enter() -> None:
        seat.chrome.find_element(By.CSS_SELECTOR, "main form button").send_keys(Keys.ENTER)

    def looks_well() -> None:
        assert seat.overflow() == 0
        assert seat.chrome.execute_script(AUDIT) == []

    def log_in() -> None:
        seat.open("/masuk")
        seat.field("Nama pengguna").send_keys("ani", Keys.TAB, PASSWORD, Keys.ENTER)

    def set_up() -> None:
        seat.screen(width)
        log_in()
        seat.sees("wajib dipasang lebih dulu")
        looks_well()
        enter()
        seat.sees("ketik kunci ini")
        looks_well()
        assert seat.chrome.find_element(By.CSS_SELECTOR, "svg.qr").size["width"] > 150
        keys.append(seat.chrome.find_element(By.CSS_SELECTOR, "code.key").text)
        seat.field("Kode dari aplikasi").send_keys(code(clock.now, keys[0]), Keys.ENTER)
        seat.sees("hanya ditampilkan sekali")
        looks_well()
        seat.follow("Sudah saya simpan")
        seat.sees("Milik saya")
        seat.press("Keluar")
        seat.sees("Anda sudah keluar")

    def use() -> None:
        log_in()
        seat.sees("Kode verifikasi")
        assert seat.active()["tag"] == "INPUT"
        seat.chrome.find_element(By.TAG_NAME, "summary").send_keys(Keys.ENTER)
        seat.sees("Pakai kode cadangan")
        looks_well()
        seat.field("Kode dari aplikasi").send_keys(code(clock.now, keys[0]), Keys.ENTER)
        seat.sees("Milik saya")

    seat.scripts(on=scripts)
    await act(set_up)
    clock.move(timedelta(seconds=30))
    await act(use)


def test_the_audit_finds_what_is_wrong(chrome: webdriver.Chrome) -> None:
    broken = (
        "<html lang='en'><h1>Satu</h1><h1>Dua</h1><h3>Tiga</h3><input name='x'>"
        "<p id='a' style='color:%23999'>pudar</p><p id='a' aria-labelledby='b'>dua</p>"
        "<button style='width:9px;height:9px;padding:0'></button></html>"
    )
    chrome.get(f"data:text/html,{broken}")
    found = " ".join(chrome.execute_script(AUDIT))
    for fault in (
        "one h1",
        "heading skips",
        "no label",
        "contrast 2",
        "id twice",
        "language",
        "points to nothing",
        "no name",
        "small target",
    ):
        assert fault in found
