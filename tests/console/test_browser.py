"""The main paths in a real Chromium: scripts, keyboard, small and large screens."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from actions.casework.messages import Sender
from actions.casework.staff import Role
from actions.domain.status import Status
from tests.console.database import KTP, LAMP, PASSWORD, Village
from tests.support.clock import Clock

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PATIENCE = 20
EVIL = "<img src=x onerror=\"document.title='kena'\"><script>document.title='kena'</script>"
WIDTHS = (360, 1280)
AUDIT = (Path(__file__).parent / "audit.js").read_text()


def _chromium() -> tuple[str, str]:
    """Browser and driver; without them the test is skipped, in CI failed."""
    paths = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
    if paths[0] is None or paths[1] is None:
        reason = "no Chromium to test on: install chromium and chromium-driver"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return paths[0], paths[1]


@pytest.fixture(scope="module")
def chrome() -> Iterator[webdriver.Chrome]:
    browser, driver = _chromium()
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(flag)
    service = webdriver.ChromeService(driver)
    chrome = webdriver.Chrome(options=options, service=service)
    chrome.set_page_load_timeout(PATIENCE)
    yield chrome
    chrome.quit()


class Seat:
    """Somebody at a screen. Every page that is left is checked for complaints of the browser."""

    def __init__(self, chrome: webdriver.Chrome, base: str) -> None:
        self.chrome, self.base = chrome, base

    def screen(self, width: int) -> None:
        self.chrome.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500},
        )

    def scripts(self, *, on: bool) -> None:
        self.chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not on})

    def scheme(self, name: str) -> None:
        features = [{"name": "prefers-color-scheme", "value": name}]
        self.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def open(self, path: str) -> None:
        self.chrome.get(self.base + path)

    def sees(self, words: str) -> None:
        """Wait until the page, which may be on its way, says so."""
        waiting = WebDriverWait(self.chrome, PATIENCE)
        waiting.until(lambda _: words in " ".join(self._text().split()), f"never saw: {words}")

    def _text(self) -> str:
        """What the page shows, in one step: an element may be gone before it is read."""
        shown = self.chrome.execute_script("return document.body ? document.body.innerText : ''")
        return str(shown)

    def field(self, label: str) -> WebElement:
        """The field that belongs to a label, as a screen reader finds it."""
        for element in self.chrome.find_elements(By.TAG_NAME, "label"):
            if (element.get_property("textContent") or "").strip().startswith(label):
                target = element.get_attribute("for")
                return self.chrome.find_element(By.ID, target or "")
        raise AssertionError(f"no field is labelled {label}")

    def press(self, button: str) -> None:
        found = f"//button[normalize-space()='{button}']"
        self.chrome.find_element(By.XPATH, found).click()

    def follow(self, link: str) -> None:
        self.chrome.find_element(By.PARTIAL_LINK_TEXT, link).click()

    def log_in(self, username: str) -> None:
        self.chrome.delete_all_cookies()
        self.open("/masuk")
        self.field("Nama pengguna").send_keys(username)
        self.field("Kata sandi").send_keys(PASSWORD, Keys.ENTER)
        self.sees("Permohonan dan laporan")

    def complaints(self) -> list[str]:
        """What the browser holds against the page: policy breaches, failing scripts, 404s."""
        return [entry["message"] for entry in self.chrome.get_log("browser")]

    def overflow(self) -> int:
        """How many pixels the page is wider than the screen."""
        script = "return document.documentElement.scrollWidth - window.innerWidth"
        return max(int(self.chrome.execute_script(script)), 0)

    def active(self) -> dict[str, Any]:
        """The element that has the keyboard."""
        script = """const e = document.activeElement, s = getComputedStyle(e);
            return {tag: e.tagName, text: (e.innerText || e.value || '').trim(),
                    outline: s.outlineStyle, width: parseFloat(s.outlineWidth)}"""
        found: dict[str, Any] = self.chrome.execute_script(script)
        return found


@pytest.fixture
def seat(chrome: webdriver.Chrome, server: TestServer) -> Iterator[Seat]:
    seat = Seat(chrome, f"http://{server.host}:{server.port}")
    seat.screen(1280)
    chrome.get("about:blank")
    yield seat
    seat.scripts(on=True)
    seat.scheme("light")
    assert seat.complaints() == []


async def act(turn: Callable[[], None]) -> None:
    """Let somebody click while the server runs here."""
    await asyncio.to_thread(turn)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "without_scripts"])
async def test_a_request_is_found_moved_on_and_its_citizen_answered(
    width: int, scripts: bool, seat: Seat, village: Village
) -> None:
    await village.account("rina", unit="disdukcapil")
    case = await village.case(answers={**KTP, "nama": EVIL})

    def turn() -> None:
        seat.screen(width)
        seat.scripts(on=scripts)
        seat.log_in("rina")
        seat.field("Cari dengan kode").send_keys(str(case.code).lower(), Keys.ENTER)
        seat.sees("Isian warga")
        assert seat.chrome.title.startswith(f"{case.code} KTP hilang")
        seat.field("Belum lengkap").click()
        seat.field("Keterangan").send_keys("Foto KK belum terbaca.")
        seat.press("Simpan status")
        seat.sees("Status sudah diubah dan warga sudah dikabari.")
        seat.field("Pesan").send_keys("Bu, fotonya kirim di sini saja.")
        seat.press("Kirim pesan")
        seat.sees("Pesan sudah dikirim ke warga.")
        seat.press("Tutup percakapan")
        seat.sees("Balai kembali menjawab warga.")
        seat.press("Keluar")
        seat.sees("Anda sudah keluar.")

    await act(turn)


async def test_new_lines_of_a_talk_appear_by_themselves_and_the_draft_stays(
    seat: Seat, village: Village, clock: Clock
) -> None:
    await village.account("rina")
    talk = await village.talk()

    def come_in() -> None:
        seat.log_in("rina")
        seat.open(f"/percakapan/{talk.id}")
        seat.field("Pesan").send_keys("Sebentar")

    def read_on() -> None:
        seat.sees("masih di sana, Bu?")
        assert seat.field("Pesan").get_property("value") == "Sebentar"
        assert seat.chrome.title.startswith("Percakapan")

    await act(come_in)
    clock.move(timedelta(minutes=1))
    await village.say("masih di sana, Bu? " + EVIL)
    await act(read_on)


async def test_a_conflict_is_shown_where_the_keyboard_is(seat: Seat, village: Village) -> None:
    rina = await village.account("rina")
    case = await village.case()

    def fill_in() -> None:
        seat.log_in("rina")
        seat.open(f"/permohonan/{case.id}")
        seat.field("Ditolak").click()
        seat.field("Keterangan").send_keys("Alamat di luar kabupaten.")

    def save() -> None:
        seat.press("Simpan status")
        seat.sees("sudah diubah orang lain")
        assert "sudah diubah orang lain" in seat.active()["text"]
        assert seat.field("Keterangan").get_property("value") == "Alamat di luar kabupaten."
        refused = [line for line in seat.complaints() if "409" not in line]
        assert refused == []

    await act(fill_in)
    await village.move(case, Status.IN_REVIEW, rina)
    await act(save)


async def test_the_keyboard_alone_reaches_everything_and_is_seen(
    seat: Seat, village: Village
) -> None:
    await village.account("rina")
    case = await village.case()

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
            "Tampilkan NIK dan KK",
            "Simpan status",
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
    width: int, dark: bool, seat: Seat, village: Village
) -> None:
    await village.account("admin", Role.ADMIN)
    account = await village.account("rina")
    long = "sangat" * 40
    case = await village.case(answers={**KTP, "nama": long})
    lamp = await village.case("lampu_jalan", LAMP)
    await village.say(long, sender=Sender.CITIZEN)
    talk = await village.talk(unit="disdukcapil", case=case)
    pages = (
        "/permohonan",
        f"/permohonan/{case.id}",
        f"/permohonan/{lamp.id}",
        "/percakapan",
        f"/percakapan/{talk.id}",
        "/survei",
        "/akun",
        f"/akun/{account.id}",
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

    await act(turn)


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
