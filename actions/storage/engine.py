"""Engines and sessions. SQLite takes its write lock at BEGIN, PostgreSQL locks rows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, CursorResult, Engine, Result, event, make_url, text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from actions.storage.figure_marks import MarkingSession
from actions.storage.sqlite import (
    HintingCompiler,
    WriteLock,
    be_patient,
    connect,
    connect_beside,
)
from actions.storage.types import VAULT
from actions.storage.vault import Vault

Sessions = async_sessionmaker[AsyncSession]
READ_ONLY, PATIENCE = "balai_read_only", "balai_patience"
STATEMENTS = 500
"""How many statements a connection to PostgreSQL keeps prepared."""
_HELD = "held"
PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "secure_delete=ON")
A_PAGE, A_COUNT = 5.0, 60.0
"""Seconds that a statement of a page or a job may take, and one that counts for reports."""
_LOCK = "_balai_write_lock"


def make_engine(url: str, vault: Vault, *, power_safe: bool = False) -> AsyncEngine:
    """Connect to `sqlite+aiosqlite:///...` or `postgresql+asyncpg://...`.

    `power_safe` makes SQLite wait for the disk on each commit, for machines without a UPS.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = _sqlite(parsed, power_safe=power_safe)
    else:
        engine = _postgres(parsed)
    setattr(engine.dialect, VAULT, vault)
    return engine


def engine_beside(
    engine: AsyncEngine, *, power_safe: bool = False, patience: float = A_PAGE
) -> AsyncEngine:
    """Another way to the same database, for pages and jobs: turns never wait for its statements.

    Each of them is ended after so many seconds, unless `reading` says otherwise (see `faults`).
    """
    if engine.dialect.name == "sqlite":
        lock = getattr(engine.dialect, _LOCK)
        beside = _sqlite(engine.url, power_safe=power_safe, lock=lock, patience=patience)
    else:
        limit = {"server_settings": {"statement_timeout": _milliseconds(patience)}}
        beside = create_async_engine(
            engine.url, pool_size=5, max_overflow=5, pool_pre_ping=True, connect_args=limit
        )
        event.listen(beside.sync_engine, "begin", _limit_statements)
    setattr(beside.dialect, VAULT, vault_of(engine))
    return beside


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


def _postgres(url: URL) -> AsyncEngine:
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


def _milliseconds(seconds: float) -> str:
    return str(round(seconds * 1000))


def _limit_statements(connection: Connection) -> None:
    """Let PostgreSQL end what takes longer than this transaction has time for."""
    patience = connection.get_execution_options().get(PATIENCE)
    if patience is not None:
        limit = {"limit": _milliseconds(patience)}
        connection.execute(text("SELECT set_config('statement_timeout', :limit, true)"), limit)


def _sqlite(
    url: URL, *, power_safe: bool, lock: WriteLock | None = None, patience: float = A_PAGE
) -> AsyncEngine:
    """An engine for turns, or one beside it, whose writers queue at the same lock."""
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    # A commit that waits for the disk belongs into a thread; everything else is quicker without.
    waits = power_safe and lock is None
    in_loop = {"async_creator_fn": connect if lock is None else connect_beside}
    how = {"timeout": 30} if waits else in_loop
    engine = create_async_engine(
        url, connect_args={**how, "isolation_level": None}, pool_size=5, max_overflow=5
    )
    engine.sync_engine.dialect.statement_compiler = HintingCompiler
    _set_up_connections(engine, "FULL" if power_safe else "NORMAL")
    lock = lock or WriteLock()
    lock.watch(engine.sync_engine)
    setattr(engine.dialect, _LOCK, lock)

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        options = connection.get_execution_options()
        be_patient(connection, options.get(PATIENCE, patience))
        if options.get(READ_ONLY) or waits:
            connection.exec_driver_sql("BEGIN" if options.get(READ_ONLY) else "BEGIN IMMEDIATE")
        else:
            lock.begin(connection)

    return engine


def _set_up_connections(engine: AsyncEngine, level: str) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in (*PRAGMAS, f"synchronous={level}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def make_sessions(engine: AsyncEngine) -> Sessions:
    """Sessions whose objects stay readable after the commit."""
    return async_sessionmaker(engine, expire_on_commit=False, sync_session_class=MarkingSession)


@asynccontextmanager
async def reading(
    sessions: Sessions, *, patience: float | None = None
) -> AsyncIterator[AsyncSession]:
    """A session that looks and does not write, so that on SQLite it waits for nobody.

    `patience` is how many seconds each statement has, on an `engine_beside` that of turns.
    """
    async with sessions() as session:
        options = {READ_ONLY: True, **({} if patience is None else {PATIENCE: patience})}
        await session.connection(execution_options=options)
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
