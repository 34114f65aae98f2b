"""Looks at a database as a doctor does: does it take a write, does the key fit, is it whole."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from actions.storage.engine import Sessions
from actions.storage.sealing import sealed_columns
from actions.storage.tables import Chat

LOOKED_AT = 200
"""Rows of a table: where a column is empty everywhere, one would look through all of them."""


async def try_to_write(sessions: Sessions, now: datetime) -> None:
    """Commit a row that comes and goes in one transaction; raises what the database says."""
    key = f"probe:{uuid4()}"
    async with sessions.begin() as session:
        session.add(Chat(id=key, state={}, updated_at=now))
        await session.flush()
        await session.execute(delete(Chat).where(Chat.id == key))


async def open_samples(session: AsyncSession, each: int) -> None:
    """Open some sealed values of every kind, of the newest rows; raises WrongKeyError."""
    for table, column in sealed_columns():
        keys = (key.desc() for key in table.primary_key)
        newest = select(column.label("sealed")).order_by(*keys).limit(LOOKED_AT).subquery()
        some = select(newest).where(newest.c.sealed.is_not(None)).limit(each)
        (await session.execute(some)).all()


async def damage(engine: AsyncEngine) -> str:
    """What SQLite finds wrong with its file, by name; empty when nothing, or on PostgreSQL."""
    path = engine.url.database if engine.dialect.name == "sqlite" else None
    return await asyncio.to_thread(quick_check, Path(path)) if path else ""


def quick_check(path: Path) -> str:
    """Read every page of a database file beside whoever uses it."""
    address = f"file:{quote(str(path.resolve()))}?mode=rw"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        return error.sqlite_errorname
    return "" if answer == "ok" else "quick_check failed"
