"""What officers and jobs ask: beside the turns, with an end, in one queue with their writers."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from actions.storage.engine import engine_beside, make_engine, make_sessions, reading
from actions.storage.faults import is_passing, took_too_long
from actions.storage.sqlite import raw
from actions.storage.tables import Chat
from actions.storage.vault import Vault
from tests.support.clock import Clock
from tests.support.databases import SECRET

ENDLESS = text(
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT count(*) FROM n"
)
SHORT = 0.05


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = make_engine(database_url, Vault(SECRET))
    yield engine
    await engine.dispose()


@pytest.fixture
async def beside(engine: AsyncEngine) -> AsyncIterator[AsyncEngine]:
    beside = engine_beside(engine)
    yield beside
    await beside.dispose()


@pytest.mark.parametrize("power_safe", [False, True])
async def test_on_sqlite_it_runs_in_a_thread_whatever_turns_do(
    sqlite_database: str, *, power_safe: bool
) -> None:
    engine = make_engine(sqlite_database, Vault(SECRET), power_safe=power_safe)
    beside = engine_beside(engine, power_safe=power_safe)
    async with beside.begin() as connection:
        await connection.run_sync(
            lambda c: raw(c).create_function("thread", 0, threading.get_ident)
        )
        ran_in = await connection.scalar(text("SELECT thread()"))
    assert ran_in != threading.get_ident()
    await beside.dispose()
    await engine.dispose()


async def test_what_takes_too_long_is_ended_and_the_connection_goes_on(
    beside: AsyncEngine,
) -> None:
    sessions = make_sessions(beside)
    for _ in range(2):
        with pytest.raises(DBAPIError) as caught:
            async with reading(sessions, patience=SHORT) as session:
                await session.execute(ENDLESS)
        assert took_too_long(caught.value)
        async with reading(sessions) as session:
            assert await session.scalar(text("SELECT 1")) == 1


async def test_another_fault_is_no_lack_of_time(beside: AsyncEngine) -> None:
    with pytest.raises(DBAPIError) as caught:
        async with reading(make_sessions(beside)) as session:
            await session.execute(text("SELECT nothing FROM nowhere"))
    assert not took_too_long(caught.value)
    assert not is_passing(caught.value)


async def test_turns_go_on_while_it_runs_and_who_gives_up_frees_it(
    engine: AsyncEngine, beside: AsyncEngine, clock: Clock
) -> None:
    async def ask() -> None:
        async with reading(make_sessions(beside), patience=60) as session:
            asked.set()
            await session.execute(ENDLESS)

    asked = asyncio.Event()
    asking = asyncio.create_task(ask())
    await asked.wait()
    for number in range(20):
        async with make_sessions(engine).begin() as session:
            session.add(Chat(id=f"tg:{number}", state={}, updated_at=clock()))
    assert not asking.done()

    asking.cancel()
    async with asyncio.timeout(10):
        await asyncio.gather(asking, return_exceptions=True)
        async with beside.begin() as connection:
            assert await connection.scalar(text("SELECT count(*) FROM chats")) == 20


async def test_writers_of_both_take_turns_and_lose_nothing(
    engine: AsyncEngine, beside: AsyncEngine, clock: Clock
) -> None:
    async def count_up(own: AsyncEngine) -> None:
        async with make_sessions(own).begin() as session:
            chat = await session.get(Chat, "tg:1", with_for_update=True)
            assert chat is not None
            chat.state = {"n": chat.state["n"] + 1}

    async with make_sessions(engine).begin() as session:
        session.add(Chat(id="tg:1", state={"n": 0}, updated_at=clock()))
    await asyncio.gather(*(count_up(own) for own in (engine, beside) * 10))

    async with reading(make_sessions(beside)) as session:
        chat = await session.get(Chat, "tg:1")
        assert chat is not None
        assert chat.state == {"n": 20}
