"""The migrations make just the tables that the models say."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from actions.storage.engine import make_engine
from actions.storage.tables import Base
from actions.storage.vault import Vault
from tests.support.databases import SECRET


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found: list[object] = compare_metadata(context, Base.metadata)
    return found


async def test_migrations_and_models_agree(database_url: str) -> None:
    engine = make_engine(database_url, Vault(SECRET))
    async with engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
    await engine.dispose()
