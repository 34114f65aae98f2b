"""What a database's trouble is taken for: something that passes, a race, or our mistake."""

from __future__ import annotations

import errno
import sqlite3
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from actions.storage.engine import Sessions, make_engine
from actions.storage.faults import is_passing, is_race
from actions.storage.tables import Chat
from actions.storage.vault import Vault
from tests.support.clock import Clock
from tests.support.databases import SECRET, Postgres


async def fails(sessions: Sessions, statement: str) -> DBAPIError:
    with pytest.raises(DBAPIError) as caught:
        async with sessions.begin() as session:
            await session.execute(text(statement))
    return caught.value


async def test_a_wrong_statement_is_our_mistake(sessions: Sessions) -> None:
    error = await fails(sessions, "SELECT nothing FROM nowhere")

    assert not is_passing(error)
    assert not is_race(error)


async def test_a_key_that_exists_is_a_race(sessions: Sessions, clock: Clock) -> None:
    async with sessions.begin() as session:
        session.add(Chat(id="tg:1", state={}, blocked=False, updated_at=clock()))

    error = await fails(sessions, "INSERT INTO chats SELECT * FROM chats")

    assert is_race(error)
    assert not is_passing(error)


@pytest.mark.parametrize("power_safe", [False, True])
async def test_a_locked_file_passes(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch, *, power_safe: bool
) -> None:
    monkeypatch.setattr("actions.storage.sqlite.LOCK_PATIENCE", 0.05)
    engine = make_engine(sqlite_database, Vault(SECRET), power_safe=power_safe)
    if power_safe:
        event.listen(engine.sync_engine, "connect", _impatient)
    holder = sqlite3.connect(sqlite_database.partition("///")[2], isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises((DBAPIError, sqlite3.OperationalError)) as caught:
            async with engine.begin():
                pass
    finally:
        holder.close()
        await engine.dispose()
    assert is_passing(caught.value)


def _impatient(connection: Any, _: object) -> None:
    connection.cursor().execute("PRAGMA busy_timeout=0")


@pytest.mark.postgres
async def test_a_connection_that_is_cut_passes(postgres: Postgres) -> None:
    engine = make_engine(postgres.url, Vault(SECRET))
    with pytest.raises((DBAPIError, PendingRollbackError)) as caught:  # by when it is noticed
        async with engine.begin() as connection:
            await connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    await engine.dispose()
    assert is_passing(caught.value)


@pytest.mark.parametrize(
    "error",
    [
        *(ConnectionRefusedError(), TimeoutError(), PoolTimeoutError()),
        PendingRollbackError("cut", code="8s2b"),
    ],
)
def test_nobody_there_passes(error: Exception) -> None:
    assert is_passing(error)


BUGS = (
    *(KeyError("x"), ValueError("x"), FileNotFoundError("x")),
    OSError(errno.EOVERFLOW, "a date after the year 9999"),
    PendingRollbackError("a flush failed and nobody rolled back", code="7s2a"),
)


@pytest.mark.parametrize("error", BUGS)
def test_a_bug_does_not_pass(error: Exception) -> None:
    assert not is_passing(error)
    assert not is_race(error)
