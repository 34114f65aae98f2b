"""The migrations make just the tables that the models say."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.schema import CreateIndex

from actions.storage.engine import make_engine
from actions.storage.migrate import config
from actions.storage.tables import Base
from actions.storage.vault import Vault
from tests.support.databases import SECRET

OLD_ROWS = """
INSERT INTO staff (id, username, name, role, password_hash, active, failed_logins, created_at)
    VALUES (1, 'rina', 'Rina', 'admin', 'x', true, 3, '2026-11-27 02:00:00');
INSERT INTO staff_sessions (token_hash, staff_id, csrf, created_at, seen_at)
    VALUES ('t', 1, 'c', '2026-11-27 02:00:00', '2026-11-27 02:00:00');
INSERT INTO access_log (id, staff_id, action, at) VALUES (1, 1, 'buka', '2026-11-27 02:00:00')
"""


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found: list[object] = compare_metadata(context, Base.metadata)
    return found


async def test_migrations_and_models_agree(database_url: str) -> None:
    engine = make_engine(database_url, Vault(SECRET))
    async with engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
    await engine.dispose()


async def test_indexes_have_the_conditions_that_lists_repeat(sqlite_database: str) -> None:
    """Word for word: else no list may walk along its index, and nobody is told."""
    engine = make_engine(sqlite_database, Vault(SECRET))
    async with engine.connect() as connection:
        indexes = text("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> ''")
        made = {name: _plain(sql) for name, sql in await connection.execute(indexes)}
    wanted = {
        str(index.name): _plain(str(CreateIndex(index).compile(dialect=engine.dialect)))
        for table in Base.metadata.sorted_tables
        for index in table.indexes
    }
    await engine.dispose()
    assert {name: made.get(name) for name in wanted} == wanted


def _plain(sql: str) -> str:
    return " ".join(sql.replace('"', "").split())


async def test_accounts_outlive_the_change_of_logging_in_and_back(database_url: str) -> None:
    """Other rows refer to accounts, so their table must stay as it is."""
    engine = make_engine(database_url, Vault(SECRET))
    async with engine.begin() as connection:
        await connection.run_sync(_move, command.downgrade, "0005")
        for statement in OLD_ROWS.split(";"):
            await connection.execute(text(statement))
        await connection.run_sync(_move, command.upgrade, "head")
        assert await connection.scalar(text("SELECT username FROM staff")) == "rina"
        assert await connection.scalar(text("SELECT staff_id FROM access_log")) == 1
        assert await connection.scalar(text("SELECT count(*) FROM staff_sessions")) == 0
        await connection.run_sync(_move, command.downgrade, "0005")
        assert await connection.scalar(text("SELECT failed_logins FROM staff")) == 0
        await connection.run_sync(_move, command.upgrade, "head")
        await connection.execute(text("DELETE FROM access_log"))
        await connection.execute(text("DELETE FROM staff"))
    await engine.dispose()


SECRETS = """
INSERT INTO chats (id, state, blocked, updated_at)
    VALUES ('tg:1', '', false, '2026-11-27 02:00:00');
INSERT INTO cases (id, code, kind, slug, unit, chat, status, answers, form, secret, urgent,
                   created_at, updated_at, channel, awaits, version)
    VALUES (1, 'A', 'laporan', 'x', 'satu', 'tg:1', 'diterima', '', '{}', true, false,
            '2026-11-27 02:00:00', '2026-11-27 02:00:00', 'tg', 'petugas', 1);
INSERT INTO staff (id, username, name, role, unit, password_hash, active, created_at) VALUES
    (1, 'ida', 'Ida', 'petugas', 'satu', 'x', true, '2026-11-27 02:00:00'),
    (2, 'rina', 'Rina', 'petugas', 'dua', 'x', true, '2026-11-27 02:00:00'),
    (3, 'loket', 'Loket', 'petugas', NULL, 'x', true, '2026-11-27 02:00:00'),
    (4, 'bos', 'Bos', 'pengawas', 'satu', 'x', true, '2026-11-27 02:00:00'),
    (5, 'it', 'IT', 'admin', NULL, 'x', true, '2026-11-27 02:00:00')
"""


async def test_who_works_on_secret_cases_keeps_them_and_nobody_else(database_url: str) -> None:
    engine = make_engine(database_url, Vault(SECRET))
    async with engine.begin() as connection:
        await connection.run_sync(_move, command.downgrade, "0010")
        for statement in SECRETS.split(";"):
            await connection.execute(text(statement))
        await connection.run_sync(_move, command.upgrade, "head")
        allowed = await connection.execute(text("SELECT username FROM staff WHERE sees_secret"))
        assert allowed.scalars().all() == ["ida"]
        for table in ("cases", "chats", "staff"):
            await connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608
    await engine.dispose()


def _move(connection: Connection, how: Callable[[Config, str], None], revision: str) -> None:
    settings = config()
    settings.attributes["connection"] = connection
    how(settings, revision)
