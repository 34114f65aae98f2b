"""With which keys a database is sealed, and whether they are here."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, func, insert, inspect, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from actions.storage.engine import vault_of
from actions.storage.tables import Base, Chat, SealingKey
from actions.storage.types import Sealed
from actions.storage.vault import WrongKeyError


def sealed_columns() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column whose values are sealed, with its table."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Sealed):
                yield table, column


async def holds_nothing(engine: AsyncEngine) -> bool:
    """Whether the database holds no row of ours; it may be migrated."""
    async with engine.connect() as connection:
        return await connection.run_sync(_has_no_rows)


def _has_no_rows(connection: Connection) -> bool:
    there = set(inspect(connection).get_table_names()) - {SealingKey.__tablename__}
    ours = (table for table in Base.metadata.sorted_tables if table.name in there)
    # One column alone: a database of an older version may lack others.
    firsts = (select(next(iter(table.primary_key))).limit(1) for table in ours)
    return all(connection.execute(first).first() is None for first in firsts)


async def refuse_wrong_key(engine: AsyncEngine) -> None:
    """Raise WrongKeyError unless the engine's vault has every key of the database."""
    async with engine.connect() as connection:
        await connection.run_sync(_refuse_wrong_key)


def _refuse_wrong_key(connection: Connection) -> None:
    if _notes_keys(connection):
        noted = set(connection.scalars(select(SealingKey.id)))
        if not noted <= vault_of(connection).ids:
            raise WrongKeyError
    elif inspect(connection).has_table(Chat.__tablename__):  # of before keys were noted
        connection.execute(select(Chat.state).limit(1)).all()


async def forget_keys(engine: AsyncEngine) -> None:
    """Take back what was noted of keys, in a database that holds nothing sealed."""
    async with engine.begin() as connection:
        if await connection.run_sync(_notes_keys):
            await connection.execute(delete(SealingKey))


def _notes_keys(connection: Connection) -> bool:
    return inspect(connection).has_table(SealingKey.__tablename__)


def note_key(connection: Connection) -> None:
    """Write down that the database is sealed with the current key from now on."""
    name = vault_of(connection).current.id
    if connection.scalar(select(SealingKey.id).where(SealingKey.id == name)) is None:
        connection.execute(insert(SealingKey).values(id=name, since=func.now()))


async def since(session: AsyncSession) -> datetime | None:
    """Since when the current key seals; None when nothing was noted of it."""
    name = vault_of(session.get_bind()).current.id
    return await session.scalar(select(SealingKey.since).where(SealingKey.id == name))


async def forget_older_keys(session: AsyncSession) -> None:
    """Take back that older keys are needed."""
    name = vault_of(session.get_bind()).current.id
    await session.execute(delete(SealingKey).where(SealingKey.id != name))
