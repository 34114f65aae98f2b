"""Brings a database to the newest migration, and says whether it is there.

    python -m actions.storage.migrate NAME

writes the migration that leads from the newest one to today's tables.
"""

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.ext.asyncio import AsyncEngine

from actions.storage.sealing import note_key

MIGRATION_LOCK = 5_214_771  # any number that no other program on this database uses


def config() -> Config:
    """Alembic's settings; there is no alembic.ini."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return settings


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")
    note_key(connection)


async def migrate(engine: AsyncEngine) -> None:
    """Run the missing migrations, and note the key; two processes may start at once."""
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


async def revision(engine: AsyncEngine) -> str | None:
    """The migration that the database stands at."""
    async with engine.connect() as connection:
        return await connection.run_sync(_revision)


async def is_current(engine: AsyncEngine) -> bool:
    """Whether the database stands at the newest migration."""
    return await revision(engine) == ScriptDirectory.from_config(config()).get_current_head()


def is_known(name: str) -> bool:
    """Whether a migration is one of ours, not of a newer version."""
    return name in {
        step.revision for step in ScriptDirectory.from_config(config()).walk_revisions()
    }


def write_migration(name: str) -> None:
    """Write what changed in the tables as the next numbered file; read it before it is used."""
    settings = config()
    steps = ScriptDirectory.from_config(settings).walk_revisions()
    following = max((int(step.revision) for step in steps), default=0) + 1
    with create_engine("sqlite://").begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
        command.revision(settings, message=name, autogenerate=True, rev_id=f"{following:04}")


if __name__ == "__main__":
    write_migration(" ".join(sys.argv[1:]))
