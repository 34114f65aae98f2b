"""Databases made by the migrations: a fresh SQLite file, and a PostgreSQL database a worker."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import delete, text

from actions.storage.engine import make_engine
from actions.storage.migrate import migrate
from actions.storage.tables import Base
from actions.storage.vault import Vault

SECRET = "a secret that only the tests know, 42"
SERVER = os.environ.get("TEST_POSTGRES", "postgresql://127.0.0.1:5432/postgres")
FROM_ONE = "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"
ON_BOTH = pytest.mark.parametrize(
    "database_url",
    ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
    indirect=True,
)


def sqlite_or_asked(request: pytest.FixtureRequest) -> str:
    """The address of a fresh SQLite database, or of both kinds where a test asks `ON_BOTH`."""
    kind: str = getattr(request, "param", "sqlite")
    url: str = request.getfixturevalue(f"{kind}_database")
    return url


@dataclass(frozen=True, slots=True)
class Postgres:
    """A database of its own on the test server."""

    name: str

    @property
    def url(self) -> str:
        """As SQLAlchemy writes it."""
        server = SERVER.rpartition("/")[0].replace("postgresql://", "postgresql+asyncpg://")
        return f"{server}/{self.name}"

    async def make(self) -> None:
        """Make it, without tables; raises OSError or PostgresError when nobody answers."""
        await self._on_server(f'CREATE DATABASE "{self.name}"')

    async def create(self) -> None:
        """Make it and migrate it; raises as `make`."""
        await self.make()
        await migrated(self.url)

    @staticmethod
    async def drop_left_behind(prefix: str) -> None:
        """Remove databases `prefix` + process number of processes that are no more."""
        connection = await asyncpg.connect(SERVER, timeout=5)
        try:
            names = await connection.fetch("SELECT datname FROM pg_database")
            for (name,) in names:
                if name.startswith(prefix) and _has_ended(name.removeprefix(prefix)):
                    await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        finally:
            await connection.close()

    async def drop(self) -> None:
        """Remove it, whoever is still connected."""
        await self._on_server(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    async def empty(self) -> None:
        """Remove all rows, and count their ids from 1 again."""
        engine = make_engine(self.url, Vault(SECRET))
        async with engine.begin() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                await connection.execute(delete(table))
            await connection.execute(text(FROM_ONE))
        await engine.dispose()

    async def _on_server(self, statement: str) -> None:
        connection = await asyncpg.connect(SERVER, timeout=5)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


def _has_ended(process: str) -> bool:
    return process.isdigit() and not Path(f"/proc/{process}").exists()


async def migrated(url: str) -> None:
    """Bring a database to the newest migration."""
    engine = make_engine(url, Vault(SECRET))
    await migrate(engine)
    await engine.dispose()


def sqlite_url(path: Path) -> str:
    """The address of a SQLite file."""
    return f"sqlite+aiosqlite:///{path}"


@asynccontextmanager
async def fresh(kind: str, folder: Path, name: str) -> AsyncIterator[str]:
    """The address of a database for one trial: a file in `folder`, or one on the test server."""
    if kind == "sqlite":
        yield sqlite_url(folder / "balai.db")
        return
    server = Postgres(f"{name}_{os.getpid()}")
    await server.create()
    try:
        yield server.url
    finally:
        await server.drop()
