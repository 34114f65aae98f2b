"""How each kind of database is copied while it is written to, and how a copy is put back."""

import asyncio
import os
import shutil
import sqlite3
from asyncio.subprocess import DEVNULL, PIPE
from contextlib import closing
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncEngine

from actions.casework.attachments import in_use
from actions.storage.engine import engine_at, make_sessions
from actions.storage.health import open_samples
from actions.storage.migrate import is_current
from actions.storage.tables import Base
from actions.storage.vault import Vault
from bot.backup.archive import BackupError

PATIENCE = 60.0
SAMPLES = 50
NOT_SOUND = "The copy of the database is not sound ({fault}). Check the disk; the backup is void."


class Copied(Protocol):
    """One kind of database."""

    member: str
    """What its copy is called in the archive."""

    async def dump(self, target: Path) -> frozenset[str]:
        """Copy it as it is at one moment; returns the names of the files that it needs then."""
        ...

    async def verify(self, dump: Path) -> None:
        """Open a copy and read it through; raises BackupError when it is not sound."""
        ...

    async def load(self, dump: Path) -> None:
        """Fill the empty database from a copy."""
        ...


def copied(engine: AsyncEngine, vault: Vault) -> Copied:
    """How to copy the database of an engine."""
    kind = engine.dialect.name
    return Sqlite(engine.url, vault) if kind == "sqlite" else Postgres(engine)


async def refuse_outdated(engine: AsyncEngine) -> None:
    """Raise BackupError where there is no database yet, or one of another version."""
    path = engine.url.database if engine.dialect.name == "sqlite" else None
    if path and not await asyncio.to_thread(Path(path).exists):
        raise BackupError(f"There is no database at {path}.")
    if not await is_current(engine):
        raise BackupError("The database is of another version. Run: python -m bot migrate")


class Sqlite:
    """Copied by SQLite itself, in one step: who writes meanwhile does so beside it."""

    member = "database.sqlite3"

    def __init__(self, url: URL, vault: Vault) -> None:
        assert url.database  # noqa: S101  an installation has a file
        self._path, self._vault = Path(url.database), vault

    async def dump(self, target: Path) -> frozenset[str]:
        """Copy the file; what the copy needs is read from it."""
        await asyncio.to_thread(_copy_out, self._path, target)
        try:
            async with (
                engine_at(f"sqlite+aiosqlite:///{target}", self._vault) as engine,
                make_sessions(engine)() as session,
            ):
                await open_samples(session, SAMPLES)
                return await in_use(session)
        finally:
            await asyncio.to_thread(_close_journal, target)

    async def verify(self, dump: Path) -> None:
        """Let SQLite check every page, index and reference."""
        fault = await asyncio.to_thread(_fault, dump)
        if fault:
            raise BackupError(NOT_SOUND.format(fault=fault))

    async def load(self, dump: Path) -> None:
        """Copy it the other way, as one transaction."""
        await asyncio.to_thread(_copy, dump, self._path)


def _copy(source: Path, target: Path) -> None:
    address = f"file:{quote(str(source.resolve()))}?mode=rw"
    with (
        closing(sqlite3.connect(address, uri=True, timeout=PATIENCE)) as origin,
        closing(sqlite3.connect(target, timeout=PATIENCE)) as copy,
    ):
        origin.backup(copy)


def _copy_out(source: Path, target: Path) -> None:
    try:
        _copy(source, target)
    except sqlite3.DatabaseError as error:
        fault = f"SQLite cannot read {source} to its end ({error.sqlite_errorname})."
        raise BackupError(fault) from None


def _close_journal(path: Path) -> None:
    """Make one file of it again; opening it has made three."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _fault(path: Path) -> str:
    try:
        with closing(sqlite3.connect(path)) as connection:
            (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            loose = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        return error.sqlite_errorname
    if answer != "ok":
        return "integrity_check"
    return "foreign_key_check" if loose else ""


class Postgres:
    """Copied by PostgreSQL's own programs."""

    member = "database.pgdump"

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def dump(self, target: Path) -> frozenset[str]:
        """Dump the moment that this transaction sees."""
        seen = self._engine.execution_options(isolation_level="REPEATABLE READ")
        async with make_sessions(seen)() as session:
            moment = await session.scalar(text("SELECT pg_export_snapshot()"))
            await open_samples(session, SAMPLES)
            names = await in_use(session)
            shape = ("--format=custom", "--no-owner", "--no-privileges")
            await self._run("pg_dump", *shape, f"--snapshot={moment}", f"--file={target}")
            return names

    async def verify(self, dump: Path) -> None:
        """Unpack all of it, to nowhere."""
        await self._run("pg_restore", f"--file={os.devnull}", str(dump))

    async def load(self, dump: Path) -> None:
        """Put it back as one transaction, in place of the empty tables."""
        async with self._engine.begin() as connection:
            await connection.run_sync(Base.metadata.drop_all)
            await connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        how = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges")
        await self._run("pg_restore", *how, f"--dbname={self._engine.url.database}", str(dump))

    async def _run(self, tool: str, *arguments: str) -> None:
        """Run one of its programs; the password does not stand in the command line."""
        program = shutil.which(tool)
        if program is None:
            raise BackupError(
                f"{tool} is missing. Install PostgreSQL's client programs, as new as the server "
                "or newer (on Debian: apt-get install postgresql-client), and run this again."
            )
        environment = {**os.environ, **_access(self._engine.url)}
        process = await asyncio.create_subprocess_exec(
            program, *arguments, env=environment, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE
        )
        _, told = await process.communicate()
        if process.returncode != 0:
            raise BackupError(f"{tool} failed: {_reason(told)}")


def _access(url: URL) -> dict[str, str]:
    """An address in the words of PostgreSQL's own programs."""
    query = {key: value for key, value in url.query.items() if isinstance(value, str)}
    given = {
        "PGHOST": url.host or query.get("host"),
        "PGPORT": str(url.port) if url.port else query.get("port"),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": query.get("ssl") or query.get("sslmode"),
    }
    return {name: value for name, value in given.items() if value}


def _reason(told: bytes) -> str:
    """The first line that says what was wrong; the rest may quote rows."""
    lines = told.decode(errors="replace").splitlines()
    return next((line for line in lines if "error:" in line), "it did not say why")
