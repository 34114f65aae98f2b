"""SQLite: turns run their statements in the event loop, officers and jobs theirs in threads.

aiosqlite hands every statement to a thread and waits for it, which costs several times what
the statement of a turn does; these are small. What pages and jobs ask may take long, and then
the loop must go on. Writers of this process queue at BEGIN, those of other processes are waited
for by sleeping, so that the loop goes on meanwhile.
"""

import asyncio
import math
import sqlite3
from collections.abc import Callable
from contextlib import closing
from random import SystemRandom
from typing import Any

import aiosqlite
from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import await_only

LOCK_PATIENCE = 30.0
LOCK_PAUSE = 0.004
READ_PATIENCE_MS = 250
_JITTER = SystemRandom()


class _AtOnce:
    """Stands where aiosqlite's thread takes its work from, and does the work itself."""

    def put_nowait(self, job: tuple[asyncio.Future[Any] | None, Callable[[], Any]]) -> None:
        """Run a function and settle its future."""
        future, function = job
        try:
            result = function()
        except Exception as error:  # noqa: BLE001  handed to whoever awaits the future
            if future is not None:
                future.set_exception(error)
            return
        if future is not None:
            future.set_result(result)


async def connect(database: str, **options: Any) -> aiosqlite.Connection:
    """Connect as aiosqlite does, but without a thread."""
    connection = aiosqlite.Connection(lambda: sqlite3.connect(database, **options), 64)
    connection._tx = _AtOnce()  # type: ignore[assignment]
    return await connection._connect()


class Beside(aiosqlite.Connection):
    """Has a thread of its own, and ends what takes longer than `patience` or is given up."""

    patience = math.inf

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        stop, loop = self._conn.interrupt, asyncio.get_running_loop()
        timer = loop.call_later(self.patience, stop) if self.patience < math.inf else None
        try:
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        except asyncio.CancelledError:
            stop()
            raise
        finally:
            if timer is not None:
                timer.cancel()


async def connect_beside(database: str, **options: Any) -> aiosqlite.Connection:
    """Connect with a thread, for statements that nobody else may wait for."""
    # Between two statements the loop itself takes the lock of writers.
    how = {**options, "check_same_thread": False}
    connection = Beside(lambda: sqlite3.connect(database, **how), 64)
    connection._thread.daemon = True
    return await connection


class WriteLock:
    """Lets one writer of this process at a time past BEGIN, in the order in which they came."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._holder: object = None

    def watch(self, engine: Engine) -> None:
        """Let the next writer in when a transaction of this engine is over."""
        event.listen(engine, "commit", self._release)
        event.listen(engine, "rollback", self._release)

    def begin(self, connection: Connection) -> None:
        """BEGIN IMMEDIATE once it is our turn and no other process writes."""
        await_only(self._wait_for_turn())
        self._holder = connection
        try:
            await_only(_begin(raw(connection)))
        except BaseException:
            self._release(connection)
            raise

    async def _wait_for_turn(self) -> None:
        async with asyncio.timeout(LOCK_PATIENCE):
            await self._lock.acquire()

    def _release(self, connection: Connection) -> None:
        if self._holder is connection:
            self._holder = None
            self._lock.release()


def raw(connection: Connection) -> sqlite3.Connection:
    """The standard library's connection below SQLAlchemy's and aiosqlite's."""
    return _driver(connection)._conn


def be_patient(connection: Connection, seconds: float) -> None:
    """Say how long each statement of a transaction may take, where it runs in a thread."""
    driver = _driver(connection)
    if isinstance(driver, Beside):
        driver.patience = seconds


def _driver(connection: Connection) -> aiosqlite.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, aiosqlite.Connection)  # noqa: S101
    return driver


async def _begin(connection: sqlite3.Connection) -> None:
    clock = asyncio.get_running_loop().time
    until = clock() + LOCK_PATIENCE
    connection.execute("PRAGMA busy_timeout=0")
    try:
        while not _has_begun(connection, last=clock() > until):  # noqa: ASYNC110  no event tells
            await asyncio.sleep(LOCK_PAUSE * _JITTER.uniform(0.2, 1.0))
    finally:
        connection.execute(f"PRAGMA busy_timeout={READ_PATIENCE_MS}")


async def empty_journal(engine: AsyncEngine) -> None:
    """Take the journal's pages into the file and cut it off, unless somebody is at work."""
    path = engine.url.database if engine.dialect.name == "sqlite" else None
    if path:
        await asyncio.to_thread(_empty_journal, path)


def _empty_journal(path: str) -> None:
    with closing(sqlite3.connect(path, timeout=0)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _has_begun(connection: sqlite3.Connection, *, last: bool) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if last or not error.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise
        return False
    return True


class HintingCompiler(SQLiteCompiler):
    """Writes what `Select.with_hint` says behind a table's name: by which index to read it."""

    def get_from_hint_text(self, table: Any, text: str | None) -> str | None:  # noqa: ARG002
        """The hint as it is."""
        return text
