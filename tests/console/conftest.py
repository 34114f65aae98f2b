"""A real console on a real database made by the migrations."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer

from actions.casework import staff
from actions.catalogue.reference import ReferenceData
from bot.console import make_console
from tests.console.browser import chrome, seat  # noqa: F401  fixtures
from tests.console.officer import Officer
from tests.support.clock import Clock
from tests.support.database import Database
from tests.support.databases import sqlite_or_asked
from tests.support.running_bot import dependencies, reference_of_tests


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """Pages are tested on SQLite; what asks the database hard is tested `ON_BOTH`."""
    return sqlite_or_asked(request)


@pytest.fixture(scope="session")
def reference() -> ReferenceData:
    """The shipped data, with a group that gets alerts."""
    return reference_of_tests()


@dataclass
class Woken:
    """How often the outbox was woken."""

    times: int = 0

    def __call__(self) -> None:
        self.times += 1


@pytest.fixture
def woken() -> Woken:
    """Counts instead of sending."""
    return Woken()


@pytest.fixture
def bot_name() -> str:
    """What the bot is called on Telegram, which is not reached here."""
    return ""


@pytest.fixture
async def server(database: Database, woken: Woken, bot_name: str) -> AsyncIterator[TestServer]:
    """The console on a port of its own."""
    app = make_console(
        dependencies(database.sessions, database.clock, database.folder),
        woken,
        secure_cookies=False,
        bot_name=lambda: bot_name,
    )
    server = TestServer(app)
    await server.start_server()
    yield server
    await server.close()


NewOfficer = Callable[[], Officer]
LogIn = Callable[..., Awaitable[Officer]]


@pytest.fixture
async def new_officer(server: TestServer, clock: Clock) -> AsyncIterator[NewOfficer]:
    """Makes people with a browser each."""
    clients: list[TestClient] = []  # type: ignore[type-arg]

    def make() -> Officer:
        client = TestClient(server, cookie_jar=CookieJar(unsafe=True))
        clients.append(client)
        return Officer(client, clock)

    yield make
    for client in clients:
        await client.session.close()


@pytest.fixture
def log_in(new_officer: NewOfficer, database: Database) -> LogIn:
    """Seat an account's owner in front of the list of cases; a new one where there is none."""

    async def enter(username: str, *account: Any, **more: Any) -> Officer:
        async with database.sessions() as session:
            known = await staff.by_username(session, username)
        if known is None:
            await database.account(username, *account, **more)
        officer = new_officer()
        cookies = {"balai_sesi": await database.token(username)}
        officer.client.session.cookie_jar.update_cookies(cookies)
        await officer.open("/meja")
        assert (officer.status, officer.address) == (200, "/meja")
        return officer

    return enter
