"""Pages that listen are told that something changed, and sent home at the end."""

from __future__ import annotations

import asyncio

import pytest

from bot.console.changes import Changes
from tests.console.conftest import LogIn
from tests.support.database import Database

OFTEN = 0.01


@pytest.fixture
def changes(database: Database) -> Changes:
    return Changes(database.sessions, look_every=OFTEN)


async def test_whoever_listens_is_told(changes: Changes, database: Database) -> None:
    await database.file()
    async with changes.listening():
        told = asyncio.create_task(changes.wait())
        while not told.done():
            await database.say("halo")
            await asyncio.wait([told], timeout=OFTEN)
    await changes.close()


async def test_at_the_end_everybody_goes_home(changes: Changes) -> None:
    async with changes.listening():
        waiting = [asyncio.create_task(changes.wait()) for _ in range(3)]
        await asyncio.wait(waiting, timeout=OFTEN)
        await changes.close()
        await asyncio.gather(*waiting)
    assert changes.is_over


async def test_the_stream_says_that_something_changed_and_not_what(
    database: Database, log_in: LogIn
) -> None:
    rina = await log_in("rina")
    async with rina.client.get("/kabar") as answer:
        assert answer.content_type == "text/event-stream"
        line = b""
        reading = asyncio.create_task(answer.content.readuntil(b"\r\n\r\n"))
        while not reading.done():
            await database.say("rahasia")
            await asyncio.wait([reading], timeout=1)
        line = await reading
    assert line == b"event: berubah\r\ndata: \r\n\r\n"


async def test_whoever_is_not_in_hears_nothing(log_in: LogIn) -> None:
    rina = await log_in("rina")
    rina.client.session.cookie_jar.clear()
    async with rina.client.get("/kabar") as answer:
        assert answer.status == 401
