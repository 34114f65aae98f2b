"""The durable inbox: stored before it is acknowledged, taken oldest first within a chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Integer, Table, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from actions.storage.tables import Chat, Inbox

# Used for every update, so they are put together once.
_CHATS, _UPDATES = cast(Table, Chat.__table__), cast(Table, Inbox.__table__)
_KEEP = {
    "sqlite": (
        sqlite.insert(_CHATS).on_conflict_do_nothing(),
        sqlite.insert(_UPDATES).on_conflict_do_nothing(),
    ),
    "postgresql": (
        postgresql.insert(_CHATS).on_conflict_do_nothing(),
        postgresql.insert(_UPDATES).on_conflict_do_nothing(),
    ),
}
_UNHANDLED = (
    select(Inbox)
    .where(Inbox.source == bindparam("source"), Inbox.chat == bindparam("chat"))
    .where(Inbox.handled_at.is_(None))
    .order_by(Inbox.external_id)
    .limit(bindparam("limit", type_=Integer))
)

_WAITS = Inbox.handled_at.is_(None)


@dataclass(frozen=True, slots=True)
class Received:
    """What a transport was given: its own number, the chat, and the update as it came."""

    external_id: int
    chat: str
    payload: Any


async def store(
    session: AsyncSession, source: str, received: Sequence[Received], now: datetime
) -> None:
    """Keep updates; one whose number this source already stored changes nothing."""
    if not received:
        return
    keep_chat, keep_update = _KEEP[session.get_bind().dialect.name]
    chats = [
        {"id": chat, "state": {}, "blocked": False, "updated_at": now}
        for chat in sorted({one.chat for one in received})
    ]
    await session.execute(keep_chat, chats)
    rows = [
        {
            "source": source,
            "external_id": one.external_id,
            "chat": one.chat,
            "payload": one.payload,
            "received_at": now,
            "attempts": 0,
        }
        for one in received
    ]
    await session.execute(keep_update, rows)


async def waiting(session: AsyncSession, source: str, chat: str, *, limit: int) -> Sequence[Inbox]:
    """The next updates of a chat whose row the caller has locked, in the order they happened."""
    what = {"source": source, "chat": chat, "limit": limit}
    return (await session.scalars(_UNHANDLED, what)).all()


async def oldest(session: AsyncSession, source: str, chat: str) -> Inbox | None:
    """The next update of a chat whose row the caller has locked."""
    return next(iter(await waiting(session, source, chat, limit=1)), None)


async def waiting_chats(
    session: AsyncSession, source: str, *, before: datetime, limit: int
) -> Sequence[str]:
    """Chats with updates that came before a moment and were not handled, longest first."""
    waiting = select(Inbox.chat).where(
        Inbox.source == source, Inbox.handled_at.is_(None), Inbox.received_at <= before
    )
    longest_first = waiting.group_by(Inbox.chat).order_by(func.min(Inbox.id)).limit(limit)
    return (await session.scalars(longest_first)).all()


async def oldest_waiting(session: AsyncSession) -> datetime | None:
    """When the update arrived that has waited longest; None when nothing waits."""
    return await session.scalar(select(func.min(Inbox.received_at)).where(_WAITS))


async def count_waiting(session: AsyncSession) -> int:
    """How many updates wait."""
    return await session.scalar(select(func.count(Inbox.id)).where(_WAITS)) or 0


def mark_handled(row: Inbox, now: datetime, failure: str | None = None) -> None:
    """Never take this update again, and forget what it said."""
    row.handled_at, row.payload, row.failure = now, None, failure


async def prune_handled(session: AsyncSession, now: datetime, keep: timedelta) -> None:
    """Delete handled rows; the transport no longer repeats updates this old."""
    await session.execute(delete(Inbox).where(Inbox.handled_at < now - keep))


async def newest(session: AsyncSession, source: str) -> int:
    """The highest number that a source has stored; 0 before the first."""
    return (
        await session.scalar(select(func.max(Inbox.external_id)).where(Inbox.source == source))
        or 0
    )
