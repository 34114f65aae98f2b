"""SQLite in the event loop: writers take turns, and nobody blocks the loop while waiting."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from actions.casework import inbox, outbox
from actions.storage.engine import make_engine, make_sessions, reading
from actions.storage.tables import Chat
from actions.storage.vault import Vault
from tests.support.clock import Clock
from tests.support.databases import SECRET


@pytest.fixture
async def engine(sqlite_database: str) -> AsyncIterator[AsyncEngine]:
    engine = make_engine(sqlite_database, Vault(SECRET))
    yield engine
    await engine.dispose()


async def test_no_thread_is_needed(engine: AsyncEngine) -> None:
    before = threading.active_count()
    async with make_sessions(engine).begin() as session:
        await session.execute(text("SELECT 1"))
        assert threading.active_count() == before


async def test_writers_of_one_process_take_turns_and_lose_nothing(
    engine: AsyncEngine, clock: Clock
) -> None:
    sessions = make_sessions(engine)

    async def count_up() -> None:
        async with sessions.begin() as session:
            chat = await session.get(Chat, "tg:1")
            assert chat is not None
            before = chat.state["n"]
            await asyncio.sleep(0)
            chat.state = {"n": before + 1}

    async with sessions.begin() as session:
        session.add(Chat(id="tg:1", state={"n": 0}, blocked=False, updated_at=clock()))
    await asyncio.gather(*(count_up() for _ in range(25)))

    async with reading(sessions) as session:
        chat = await session.get(Chat, "tg:1")
        assert chat is not None
        assert chat.state == {"n": 25}


async def test_the_loop_goes_on_while_another_process_writes(
    engine: AsyncEngine, sqlite_database: str
) -> None:
    other = sqlite3.connect(sqlite_database.partition("///")[2], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(_write(engine))
    for _ in range(20):
        await asyncio.sleep(0)
    assert not waiting.done()
    other.execute("COMMIT")
    other.close()

    async with asyncio.timeout(5):
        await waiting


async def _write(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("DELETE FROM chats"))


async def test_a_writer_that_fails_or_is_cancelled_lets_the_next_one_in(
    engine: AsyncEngine,
) -> None:
    sessions = make_sessions(engine)

    async def hang() -> None:
        async with sessions.begin() as session:
            await session.execute(text("DELETE FROM chats"))
            begun.set()
            await asyncio.Event().wait()

    async def fail() -> None:
        async with sessions.begin() as session:
            await session.execute(text("DELETE FROM chats"))
            raise ValueError("no")

    begun = asyncio.Event()
    with pytest.raises(ValueError, match="no"):
        await fail()
    task = asyncio.create_task(hang())
    await begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    async with asyncio.timeout(5):
        await _write(engine)


async def test_readers_see_what_was_committed_and_wait_for_nobody(
    engine: AsyncEngine, clock: Clock
) -> None:
    sessions = make_sessions(engine)
    async with sessions.begin() as writer:
        writer.add(Chat(id="tg:1", state={}, blocked=False, updated_at=clock()))
        await writer.flush()
        async with asyncio.timeout(5), reading(sessions) as reader:
            assert await reader.scalar(select(func.count()).select_from(Chat)) == 0
    async with reading(sessions) as reader:
        assert await reader.scalar(select(func.count()).select_from(Chat)) == 1


async def test_finding_what_waits_walks_through_no_table(
    engine: AsyncEngine, clock: Clock
) -> None:
    asked: list[tuple[str, Any]] = []

    @event.listens_for(engine.sync_engine, "before_cursor_execute")
    def note(_c: Any, _u: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    async with reading(make_sessions(engine)) as session:
        await inbox.oldest(session, "tg", "tg:1")
        age = timedelta(0)
        await inbox.waiting_chats(session, "tg", now=clock(), older_than=age, limit=9)
        await outbox.claim(session, "tg:", now=clock(), until=clock(), limit=9)
    questions = [(f"EXPLAIN QUERY PLAN {sql}", values) for sql, values in asked]

    async with engine.connect() as connection:
        plans = [
            (await connection.exec_driver_sql(sql, values)).all() for sql, values in questions
        ]
    steps = [row.detail for plan in plans for row in plan]
    assert any(step.startswith("SEARCH outbox") for step in steps)
    assert not [step for step in steps if step.startswith("SCAN")]
