"""An officer in Chromium and a citizen on Telegram: one talk, with pictures both ways."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer

from bot.console import make_console
from tests.console.browser import WIDTHS, Seat, act
from tests.storage.pictures import jpeg
from tests.support.clock import Clock
from tests.support.database import Database
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import RunningBot, reference_of_tests
from tests.support.telegram.api import BotApi

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
async def bot(clock: Clock, sqlite_database: str, tmp_path: Path) -> AsyncIterator[RunningBot]:
    api = BotApi(clock)
    await api.start()
    bot = RunningBot(api, sqlite_database, tmp_path, nlu=ScriptedNlu(), clock=clock)
    await bot.start()
    yield bot
    await bot.stop()
    await api.stop()
    assert api.world.violations == []


@pytest.fixture
async def server(bot: RunningBot) -> AsyncIterator[TestServer]:
    """The console of the same service, as one process serves both."""
    app = make_console(bot.balai.deps, bot.balai.wake, secure_cookies=False)
    async with TestServer(app) as server:
        yield server


@pytest.mark.parametrize("width", WIDTHS)
async def test_a_talk_with_pictures_both_ways_is_followed_without_loading_a_page(
    width: int, bot: RunningBot, seat: Seat, tmp_path: Path
) -> None:
    await Database(bot.sessions, reference_of_tests(), bot.clock).account("rina")
    citizen, picture = bot.citizen(), tmp_path / "contoh.jpg"
    picture.write_bytes(jpeg())
    await citizen.writes("petugas")

    def begin() -> None:
        seat.screen(width)
        seat.log_in("rina")
        seat.follow("Eskalasi")
        seat.chrome.find_element("css selector", "main a[href^='/percakapan/']").click()
        seat.sees("Saya tangani")
        seat.press("Saya tangani")
        seat.sees("Tutup percakapan")
        seat.chrome.execute_script("window.stayed = true")

    await act(begin)
    await bot.settle()
    await citizen.writes("atapnya bocor dari kemarin, Bu")
    await citizen.sends_photo(jpeg((500, 500)))

    def answer() -> None:
        seat.sees("atapnya bocor dari kemarin, Bu")
        seat.sees("Buka berkas")
        assert seat.chrome.execute_script("return window.stayed"), "lines come by themselves"
        assert seat.overflow() == 0
        seat.field("Pesan").send_keys("Fotonya seperti ini ya, Pak.")
        seat.field("Gambar, PDF, atau rekaman suara").send_keys(str(picture))
        seat.press("Kirim pesan")
        seat.sees("Pesan masuk antrean kirim.")

    await act(answer)
    await bot.settle()
    said, sent = citizen.chat.messages[-2:]
    assert "Fotonya seperti ini ya, Pak." in said.text
    assert (sent.photo, sent.file is not None) == (True, True)

    def end() -> None:
        seat.press("Tutup percakapan")
        seat.sees("Percakapan ditutup")

    await act(end)
    await bot.settle()
    assert citizen.chat.messages[-1].id > sent.id, "the citizen hears that it is over"
