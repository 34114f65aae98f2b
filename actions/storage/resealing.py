"""Seals everything anew with the current key, while the service runs.

Nothing is locked for long, and nothing that changed meanwhile is overwritten. What still
names an older key is what remains, so that it can be ended at any moment and begun again.
"""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Table,
    Text,
    func,
    literal,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from actions.storage.engine import Sessions, vault_of
from actions.storage.sealing import sealed_columns
from actions.storage.vault import SEPARATOR, Vault, WrongKeyError

BATCH = 200


async def count_older(session: AsyncSession) -> int:
    """How many values an older key of the engine's vault seals still."""
    vault = vault_of(session.get_bind())
    counts = [
        select(func.count()).select_from(table).where(_is_older(column, vault)).scalar_subquery()
        for table, column in sealed_columns()
    ]
    return sum((await session.execute(select(*counts))).one())


def _is_older(column: Column[Any], vault: Vault) -> ColumnElement[bool]:
    """Sealed with another key of this vault, or before sealed values named their key."""
    raw = type_coerce(column, Text)
    others = vault.ids - {vault.current.id}
    named = (raw.like(f"{name}{SEPARATOR}%") for name in sorted(others))
    return or_(raw.not_like(f"%{SEPARATOR}%"), *named)


async def reseal(sessions: Sessions) -> AsyncIterator[int]:
    """Go once through all values; yields, batch by batch, how many were looked at.

    What somebody else holds at that moment, or no key here opens, stays as it is.
    """
    for table, column in sealed_columns():
        after = None
        while True:
            async with sessions.begin() as session:
                found = await _older(session, table, column, after)
                for key, token in found:
                    await _replace(session, table, column, key, token)
            if not found:
                break
            after = found[-1][0]
            yield len(found)


async def _older(
    session: AsyncSession, table: Table, column: Column[Any], after: Any
) -> list[tuple[Any, str]]:
    (key,) = table.primary_key.columns
    vault = vault_of(session.get_bind())
    query = select(key, type_coerce(column, Text)).where(_is_older(column, vault))
    if after is not None:
        query = query.where(key > after)
    # Whoever waits for a row here would keep those that are held already.
    rows = await session.execute(
        query.order_by(key).limit(BATCH).with_for_update(skip_locked=True)
    )
    return [(name, token) for name, token in rows]


async def _replace(
    session: AsyncSession, table: Table, column: Column[Any], key: Any, token: str
) -> None:
    (name,) = table.primary_key.columns
    vault = vault_of(session.get_bind())
    with contextlib.suppress(WrongKeyError):
        anew = literal(vault.seal(vault.open(token)), Text)
        same = type_coerce(column, Text) == token
        await session.execute(update(table).where(name == key, same).values({column: anew}))
