"""The main paths in a real Chromium, with and without scripts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from selenium.webdriver.common.keys import Keys

from actions.domain.status import Status
from tests.console.browser import WIDTHS, Seat, act
from tests.support.clock import Clock
from tests.support.database import KTP, Database

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
EVIL = "<img src=x onerror=\"document.title='kena'\"><script>document.title='kena'</script>"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "without_scripts"])
async def test_a_request_is_found_moved_on_and_its_citizen_answered(
    width: int, scripts: bool, seat: Seat, database: Database
) -> None:
    await database.account("rina", unit="disdukcapil")
    case = await database.file(answers={**KTP, "nama": EVIL})

    def turn() -> None:
        seat.screen(width)
        seat.scripts(on=scripts)
        seat.log_in("rina")
        seat.field("Cari").send_keys(str(case.code).lower(), Keys.ENTER)
        seat.sees("Isian warga")
        assert seat.chrome.title.startswith(f"{case.code} KTP hilang")
        seat.press("Ambil")
        seat.sees("Ini sekarang Anda yang mengerjakan.")
        seat.unfold("Minta dilengkapi")
        seat.shown_field("Tulis alasannya").send_keys("Foto KK belum terbaca.")
        seat.press("Minta dilengkapi")
        seat.sees("Status sudah diubah.")
        seat.shown_field("Pesan").send_keys("Bu, fotonya kirim di sini saja.")
        seat.press("Kirim pesan")
        seat.sees("Pesan masuk antrean kirim.")
        seat.press("Tutup percakapan")
        seat.sees("Balai kembali menjawab warga.")
        seat.press("Keluar")
        seat.sees("Anda sudah keluar.")

    await act(turn)


async def test_new_lines_of_an_escalation_appear_by_themselves_and_the_draft_stays(
    seat: Seat, database: Database, clock: Clock
) -> None:
    await database.account("rina")
    escalation = await database.escalation()

    def come_in() -> None:
        seat.log_in("rina")
        seat.open(f"/percakapan/{escalation.id}")
        seat.shown_field("Pesan").send_keys("Sebentar")

    def read_on() -> None:
        seat.sees("masih di sana, Bu?")
        assert seat.shown_field("Pesan").get_property("value") == "Sebentar"
        assert seat.chrome.title.startswith("Percakapan")

    await act(come_in)
    clock.move(timedelta(minutes=1))
    await database.say("masih di sana, Bu? " + EVIL)
    await act(read_on)


async def test_a_conflict_is_shown_where_the_keyboard_is(seat: Seat, database: Database) -> None:
    rina = await database.account("rina")
    case = await database.file()

    def fill_in() -> None:
        seat.log_in("rina")
        seat.open(f"/permohonan/{case.id}")
        seat.unfold("Lainnya")
        seat.unfold("Tolak")
        seat.shown_field("Tulis alasannya").send_keys("Alamat di luar kabupaten.")

    def save() -> None:
        seat.press("Tolak")
        seat.sees("sudah diubah orang lain")
        assert "sudah diubah orang lain" in seat.active()["text"]
        field = seat.shown_field("Tulis alasannya")
        assert field.get_property("value") == "Alamat di luar kabupaten."
        refused = [line for line in seat.complaints() if "409" not in line]
        assert refused == []

    await act(fill_in)
    await database.move(case, Status.IN_REVIEW, by=rina)
    await act(save)
