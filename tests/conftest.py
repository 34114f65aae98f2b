"""Databases for every test that asks: SQLite, and PostgreSQL where one answers."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from asyncpg import PostgresError

from actions.storage.engine import Sessions, make_engine, make_sessions
from actions.storage.vault import Vault
from bot.nlu.client import RasaAddress
from tests.support import compiled
from tests.support.clock import Clock
from tests.support.database import Database
from tests.support.databases import SECRET, Postgres, migrated, sqlite_url
from tests.support.nlu_inside import serve, trained_model
from tests.support.running_bot import reference_of_tests

compiled.share()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests recorded as `figure`: what was measured, beside what is demanded."""
    figures = [
        str(value)
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        for name, value in report.user_properties
        if name == "figure"
    ]
    if figures:
        terminalreporter.section("figures")
        for figure in figures:
            terminalreporter.write_line(figure)


@pytest.fixture
def clock() -> Clock:
    """09.00 on a working Friday."""
    return Clock()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database as the migrations make it."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    asyncio.run(migrated(sqlite_url(path)))
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL database of this worker; without a server the test is skipped, in CI failed."""
    database = Postgres(f"balai_test_{os.getpid()}")
    try:
        asyncio.run(database.drop_left_behind("balai_test_"))
        asyncio.run(database.create())
    except (OSError, PostgresError) as error:
        reason = f"no PostgreSQL to test on: {type(error).__name__} (set TEST_POSTGRES)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    yield database
    asyncio.run(database.drop())


@pytest.fixture
def sqlite_database(migrated_file: Path, tmp_path: Path) -> str:
    """The address of a fresh SQLite database."""
    path = tmp_path / "balai.db"
    shutil.copyfile(migrated_file, path)
    return sqlite_url(path)


@pytest.fixture
def postgres_database(postgres: Postgres) -> str:
    """The address of an emptied PostgreSQL database."""
    asyncio.run(postgres.empty())
    return postgres.url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database: the test runs on both kinds."""
    url: str = request.getfixturevalue(f"{request.param}_database")
    return url


@pytest.fixture
async def sessions(database_url: str) -> AsyncIterator[Sessions]:
    """Sessions on a fresh database of either kind."""
    engine = make_engine(database_url, Vault(SECRET))
    yield make_sessions(engine)
    await engine.dispose()


@pytest.fixture
def database(sessions: Sessions, clock: Clock, tmp_path: Path) -> Database:
    """Fills that database."""
    return Database(sessions, reference_of_tests(), clock, tmp_path / "files")


@pytest.fixture(scope="session")
def model() -> Path:
    """The model of today's data, trained first where var/models lacks it."""
    return trained_model()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def rasa_model(
    model: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[RasaAddress]:
    """Where that model answers; tests that ask are of the xdist group live_nlu."""
    server = await serve(model, tmp_path_factory.mktemp("nlu"))
    yield server.address
    await server.stop()
