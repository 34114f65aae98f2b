"""A Balai whose citizens sit in front of browsers; Telegram is not there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar
from aiohttp.test_utils import TestServer

from tests.console.browser import chrome, seat  # noqa: F401  fixtures
from tests.support.clock import Clock
from tests.support.database import Database
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import reference_of_tests
from tests.support.visit import UNDERSTOOD
from tests.support.web_bot import WebBot
from tests.support.web_citizen import WebCitizen

NewCitizen = Callable[[], WebCitizen]


@pytest.fixture
def database_url(sqlite_database: str) -> str:
    """Pages are tested on SQLite; what asks the database hard is tested on both."""
    return sqlite_database


@pytest.fixture
def nlu() -> ScriptedNlu:
    """Understands that somebody wants a letter of residence."""
    return ScriptedNlu(UNDERSTOOD)


@pytest.fixture
async def bot(
    database_url: str, nlu: ScriptedNlu, clock: Clock, tmp_path: Path
) -> AsyncIterator[WebBot]:
    """The service with its pages."""
    bot = WebBot(database_url, tmp_path, nlu=nlu, clock=clock)
    await bot.start()
    yield bot
    await bot.stop()


@pytest.fixture
def server(bot: WebBot) -> TestServer:
    """Its web server."""
    return bot.server


@pytest.fixture
def stored(bot: WebBot) -> Database:
    """Fills what the bot works on."""
    return Database(bot.sessions, reference_of_tests(), bot.clock)


@pytest.fixture
async def new_citizen(bot: WebBot) -> AsyncIterator[NewCitizen]:
    """Makes people with a browser each."""
    sessions: list[ClientSession] = []

    def make() -> WebCitizen:
        session = ClientSession(cookie_jar=CookieJar(unsafe=True))
        sessions.append(session)
        return WebCitizen(session, bot.base)

    yield make
    for session in sessions:
        await session.close()


@pytest.fixture
async def citizen(new_citizen: NewCitizen) -> WebCitizen:
    """Somebody who has just opened the page."""
    citizen = new_citizen()
    await citizen.open()
    return citizen
