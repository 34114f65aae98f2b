"""A Balai on SQLite at the fake Bot API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.clock import Clock
from tests.support.database import Database
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import RunningBot, reference_of_tests
from tests.support.telegram.api import BotApi
from tests.telegram.officers import CONSOLE, MORNING


@pytest.fixture
async def api(clock: Clock) -> AsyncIterator[BotApi]:
    """Telegram; nothing that the bot did may have been wrong, and no button turns for ever."""
    api = BotApi(clock)
    await api.start()
    yield api
    await api.stop()
    assert api.world.violations == []
    assert api.world.unanswered() == []


@pytest.fixture
def nlu() -> ScriptedNlu:
    """Understands what the test adds to its script."""
    return ScriptedNlu()


@pytest.fixture
async def bot(
    api: BotApi, nlu: ScriptedNlu, clock: Clock, sqlite_database: str, tmp_path: Path
) -> AsyncIterator[RunningBot]:
    """A bot that polls."""
    bot = RunningBot(api, sqlite_database, tmp_path, nlu=nlu, clock=clock)
    await bot.start()
    yield bot
    await bot.stop()


@pytest.fixture
def stored(bot: RunningBot) -> Database:
    """Fills what the bot works on."""
    return Database(bot.sessions, reference_of_tests(), bot.clock)


@pytest.fixture
def at_work(bot: RunningBot) -> None:
    """It is Friday morning, and the console has an address."""
    bot.clock.now = MORNING
    reference = replace(bot.balai.deps.reference, console_url=CONSOLE)
    bot.balai.deps.reference = reference
