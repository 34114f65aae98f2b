"""Deletes in batches: a statement that takes long would hold up whoever writes meanwhile."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.storage.engine import rows_of

SOME = 500


async def delete_some(session: AsyncSession, table: Any, *which: ColumnElement[bool]) -> int:
    """Delete at most `SOME` rows; returns how many."""
    return await _delete(session, table, select(table.id).where(*which).limit(SOME))


async def delete_oldest(session: AsyncSession, table: Any, *which: ColumnElement[bool]) -> int:
    """Delete those of the `SOME` oldest rows by number; what comes and goes needs no index so."""
    oldest = select(table.id).order_by(table.id).limit(SOME)
    return await _delete(session, table, select(table.id).where(table.id.in_(oldest), *which))


async def some_before(session: AsyncSession, table: Any, moment: datetime) -> ColumnElement[bool]:
    """Which rows are the `SOME` oldest from before a moment, for what is done before they go."""
    oldest = select(table.id).where(table.at < moment).order_by(table.at).limit(SOME)
    which: ColumnElement[bool] = table.id.in_((await session.scalars(oldest)).all())
    return which


async def _delete(session: AsyncSession, table: Any, ids: Any) -> int:
    gone = delete(table).where(table.id.in_(ids))
    return rows_of(await session.execute(gone, execution_options={"synchronize_session": False}))
