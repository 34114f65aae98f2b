"""Engine and sessions. SQLite takes its write lock at BEGIN, PostgreSQL locks rows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, CursorResult, Engine, Result, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from actions.storage.sqlite import HintingCompiler, WriteLock, connect
from actions.storage.types import VAULT
from actions.storage.vault import Vault

Sessions = async_sessionmaker[AsyncSession]
READ_ONLY = "balai_read_only"
STATEMENTS = 500
"""How many statements a connection to PostgreSQL keeps prepared."""
_HELD = "held"
PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "secure_delete=ON")


def make_engine(url: str, vault: Vault, *, power_safe: bool = False) -> AsyncEngine:
    """Connect to `sqlite+aiosqlite:///...` or `postgresql+asyncpg://...`.

    `power_safe` makes SQLite wait for the disk on each commit, for machines without a UPS.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = _sqlite(url, power_safe=power_safe)
    else:
        engine = _postgres(url)
    setattr(engine.dialect, VAULT, vault)
    return engine


def vault_of(bound: AsyncEngine | Engine | Connection) -> Vault:
    """The vault that `make_engine` was given."""
    vault: Vault = getattr(bound.dialect, VAULT)
    return vault


@asynccontextmanager
async def engine_at(url: str, vault: Vault) -> AsyncIterator[AsyncEngine]:
    """An engine as `make_engine` makes it, closed at the end."""
    engine = make_engine(url, vault)
    try:
        yield engine
    finally:
        await engine.dispose()


def _postgres(url: str) -> AsyncEngine:
    """A pool that asks a connection whether it is still open, and not the server each time.

    What was used last is used next, since it has prepared the statements of a turn.
    """
    how = {"prepared_statement_cache_size": STATEMENTS}
    engine = create_async_engine(
        url, pool_size=10, max_overflow=10, pool_use_lifo=True, connect_args=how
    )

    @event.listens_for(engine.sync_engine, "checkout")
    def refuse_closed(connection: Any, _record: Any, _proxy: Any) -> None:
        if connection.driver_connection.is_closed():
            raise DisconnectionError

    return engine


def _sqlite(url: str, *, power_safe: bool) -> AsyncEngine:
    database = make_url(url).database
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    # A commit that waits for the disk belongs into a thread; everything else is quicker without.
    how = {"timeout": 30} if power_safe else {"async_creator_fn": connect}
    engine = create_async_engine(
        url, connect_args={**how, "isolation_level": None}, pool_size=5, max_overflow=5
    )
    engine.sync_engine.dialect.statement_compiler = HintingCompiler
    level = "FULL" if power_safe else "NORMAL"
    lock = WriteLock(engine.sync_engine)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in (*PRAGMAS, f"synchronous={level}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        read_only = connection.get_execution_options().get(READ_ONLY)
        if read_only or power_safe:
            connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
        else:
            lock.begin(connection)

    return engine


def make_sessions(engine: AsyncEngine) -> Sessions:
    """Sessions whose objects stay readable after the commit."""
    return async_sessionmaker(engine, expire_on_commit=False)


@asynccontextmanager
async def reading(sessions: Sessions) -> AsyncIterator[AsyncSession]:
    """A session that looks and does not write, so that on SQLite it waits for nobody."""
    async with sessions() as session:
        await session.connection(execution_options={READ_ONLY: True})
        yield session


def hold(session: AsyncSession, row: object) -> None:
    """Keep a row for as long as the session lives: a session by itself forgets what nobody has.

    Asked for again by its key it is not read, and not opened, a second time.
    """
    session.info.setdefault(_HELD, []).append(row)


def rows_of(done: Result[Any]) -> int:
    """How many rows a statement has changed."""
    assert isinstance(done, CursorResult)  # noqa: S101  of an UPDATE or DELETE it is one
    return done.rowcount
