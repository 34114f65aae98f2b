"""Updates that could not be stored or handled: set aside, so that they stop nobody else."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, delete, func, insert, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from actions.casework import inbox
from actions.casework.inbox import Arrival, Received
from actions.storage.batches import delete_some
from actions.storage.engine import rows_of
from actions.storage.tables import Inbox, Quarantined
from actions.storage.types import UtcDateTime

_TABLE = cast(Table, Quarantined.__table__)
_ONCE = {
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing(),
}
_LONGEST_CHAT = 80


async def set_aside(
    session: AsyncSession, source: str, arrived: Arrival, failure: str, now: datetime
) -> None:
    """Keep what cannot be stored as it came; the same update only once."""
    chat = arrived.chat if isinstance(arrived, Received) else ""
    number = arrived.external_id
    row = {
        "source": source,
        "external_id": number if number is not None and abs(number) <= inbox.LARGEST_ID else None,
        "chat": chat if 0 < len(chat) <= _LONGEST_CHAT else None,
        "payload": _as_text(arrived.payload),
        "failure": failure,
        "at": now,
    }
    await session.execute(_ONCE[session.get_bind().dialect.name], [row])


def _as_text(payload: Any) -> str | None:
    """JSON of plain characters, so that any text at all can be sealed; None for what is none."""
    try:
        return json.dumps(payload)
    except (TypeError, ValueError, RecursionError):
        return None


async def set_aside_stored(session: AsyncSession, row: Inbox, failure: str, now: datetime) -> None:
    """Move what a stored update says, as it is sealed, and mark it as handled."""
    columns = ("source", "external_id", "chat", "payload", "failure", "at")
    told = (literal(failure), literal(now, UtcDateTime()))
    said = select(Inbox.source, Inbox.external_id, Inbox.chat, Inbox.payload, *told)
    moved = insert(Quarantined).from_select(columns, said.where(Inbox.id == row.id))
    await session.execute(moved)
    inbox.mark_handled(row, now, failure)


async def said(session: AsyncSession, row: Quarantined) -> Any:
    """The update that a row holds; raises WrongKeyError where it cannot be opened.

    What could not be stored was kept as text.
    """
    payload = await session.scalar(select(Quarantined.payload).where(Quarantined.id == row.id))
    return json.loads(payload) if isinstance(payload, str) else payload


async def everything(session: AsyncSession) -> Sequence[Quarantined]:
    """All that is set aside, oldest first, without what it says."""
    rows = select(Quarantined).order_by(Quarantined.id)
    return (await session.scalars(rows.options(defer(Quarantined.payload, raiseload=True)))).all()


async def count(session: AsyncSession) -> int:
    """How much is set aside."""
    return await session.scalar(select(func.count()).select_from(Quarantined)) or 0


async def drop(session: AsyncSession, ids: Sequence[int]) -> int:
    """Delete what was set aside; returns how much there was."""
    return rows_of(await session.execute(delete(Quarantined).where(Quarantined.id.in_(ids))))


async def prune(session: AsyncSession, now: datetime, keep: timedelta) -> int:
    """Delete what nobody looked at for long: it says what citizens wrote; returns how many."""
    return await delete_some(session, Quarantined, Quarantined.at < now - keep)
