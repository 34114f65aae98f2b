"""The chat in a real Chromium: with and without scripts, by keyboard, on a weak line."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.console.browser import WIDTHS, Seat, act
from tests.support.visit import ANSWERS, FIRST_WORDS
from tests.support.web_bot import WebBot
from tests.web.test_talking import only_chat

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
AUDIT = (Path(__file__).parents[1] / "console/audit.js").read_text(encoding="utf-8")
SEND = "Kirim pesan"


def write(seat: Seat, words: str) -> None:
    seat.field("Pesan").send_keys(words)
    seat.press(SEND)


def replies(seat: Seat) -> list[str]:
    found = seat.chrome.find_elements(By.CSS_SELECTOR, ".b:not(.saya)")
    return [element.text for element in found]


def answered(seat: Seat, number: int) -> None:
    """Wait for so many replies."""
    seat.until(lambda: len(seat.chrome.find_elements(By.CSS_SELECTOR, ".b:not(.saya)")) >= number)


@pytest.fixture
def own_seat(seat: Seat) -> Seat:
    """Nobody sat here before."""
    seat.chrome.execute_cdp_cmd("Network.clearBrowserCookies", {})
    return seat


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "without_scripts"])
async def test_a_request_is_filed(width: int, scripts: bool, own_seat: Seat) -> None:
    seat = own_seat

    def talk() -> None:
        seat.screen(width)
        seat.scripts(on=scripts)
        seat.open("/warga")
        seat.sees("Ada yang bisa dibantu?")
        write(seat, FIRST_WORDS)
        for number, answer in enumerate(ANSWERS, 1):
            answered(seat, number)
            if isinstance(answer, tuple):
                seat.press(answer[0])
            else:
                write(seat, answer)
        seat.sees("Sudah benar semua?")
        assert seat.overflow() == 0
        seat.press("Kirim")
        seat.sees("SMJ-")
        seat.follow("Kode kembali")
        seat.press("Buat kode")
        seat.sees("Catat sekarang")
        seat.follow("Kembali ke obrolan")
        seat.follow("Selesai")
        seat.press("Keluar sekarang")
        seat.sees("Sudah keluar.")

    await act(talk)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
async def test_everybody_can_read_and_use_every_page(
    width: int, scheme: str, own_seat: Seat
) -> None:
    seat = own_seat

    def look() -> None:
        seat.screen(width)
        seat.scheme(scheme)
        seat.open("/warga")
        assert seat.chrome.execute_script(AUDIT) == []
        write(seat, "menu")
        answered(seat, 1)
        for path in ("/warga", "/warga/kode", "/warga/kembali", "/warga/selesai", "/warga/x"):
            seat.open(path)
            assert seat.chrome.execute_script(AUDIT) == [], path
            assert seat.overflow() == 0, path
        seat.complaints()  # the address that leads nowhere

    await act(look)


async def test_the_keyboard_is_enough(own_seat: Seat) -> None:
    seat = own_seat

    def type_only() -> None:
        seat.open("/warga")
        seat.field("Pesan").send_keys("menu", Keys.ENTER)
        answered(seat, 1)
        chain = webdriver.ActionChains(seat.chrome)
        chain.key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()
        focused = seat.active()
        assert (focused["tag"], focused["outline"]) == ("BUTTON", "solid")
        webdriver.ActionChains(seat.chrome).send_keys(Keys.ENTER).perform()
        answered(seat, 2)
        seat.sees(f"Dipilih: {focused['text']}")

    await act(type_only)


async def test_what_an_officer_writes_appears_by_itself(own_seat: Seat, bot: WebBot) -> None:
    seat = own_seat

    def begin() -> None:
        seat.open("/warga")
        write(seat, "menu")
        answered(seat, 1)
        seat.field("Pesan").send_keys("Sebentar")

    def read_on() -> None:
        seat.sees("Bu, suratnya sudah jadi.")
        assert seat.field("Pesan").get_property("value") == "Sebentar"

    await act(begin)
    await bot.tell(await only_chat(bot), "Bu, suratnya sudah jadi.")
    await act(read_on)


async def test_what_a_broken_line_kept_back_is_sent_once(own_seat: Seat, bot: WebBot) -> None:
    seat = own_seat

    def line(*, broken: bool) -> None:
        conditions = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        seat.chrome.execute_cdp_cmd("Network.enable", {})
        seat.chrome.execute_cdp_cmd(
            "Network.emulateNetworkConditions", {"offline": broken, **conditions}
        )

    def talk() -> None:
        seat.open("/warga")
        write(seat, "menu")
        answered(seat, 1)
        line(broken=True)
        write(seat, "bantuan")
        seat.sees("belum terkirim")
        line(broken=False)
        answered(seat, 2)
        seat.open("/warga")
        seat.complaints()  # of the line that was broken
        mine = seat.chrome.find_elements(By.CSS_SELECTOR, ".saya")
        assert len(mine) == len(replies(seat)) == 2

    await act(talk)
    assert await only_chat(bot)
