"""The durable inbox: stored before it is acknowledged, taken oldest first within a chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, bindparam, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, defer

from actions.casework import outbox
from actions.casework.chats import lock_chat, note_locked
from actions.storage.batches import delete_oldest
from actions.storage.tables import Chat, Inbox, Outbox

# Used for every update, so they are put together once.
_UPDATES = cast(Table, Inbox.__table__)
_KEEP = {
    "sqlite": sqlite.insert(_UPDATES).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_UPDATES).on_conflict_do_nothing(),
}
LARGEST_ID = 2**63 - 1
"""What a number in the database can be."""
_WAITS = Inbox.handled_at.is_(None)
_LATER = aliased(Inbox)
_IN_CHAT = (Inbox.source == bindparam("source"), Inbox.chat == bindparam("chat"))
_FOLLOWED = exists().where(
    _LATER.source == Inbox.source,
    _LATER.chat == Inbox.chat,
    _LATER.handled_at.is_(None),
    _LATER.external_id > Inbox.external_id,
)
_FIRST = select(Inbox).where(*_IN_CHAT, _WAITS).order_by(Inbox.external_id).limit(1)
_UNHANDLED = _FIRST.add_columns(_FOLLOWED)
_TOLD_LATER = exists().where(
    Outbox.chat == Inbox.chat, Outbox.done_at.is_(None), Outbox.urgency > 0
)
# Both rows are locked: what another process has handled while this one waited for the chat's
# row is not taken again.
_WITH_CHAT = (
    select(Chat, Inbox, _FOLLOWED, _TOLD_LATER)
    .join(Inbox, Inbox.chat == Chat.id)
    .where(*_IN_CHAT, _WAITS)
    .order_by(Inbox.external_id)
    .limit(1)
    .with_for_update(of=(Chat, Inbox))
    .execution_options(populate_existing=True)
)
# Without what was said, which may be what cannot be read.
_HEAD = _FIRST.options(defer(Inbox.payload, raiseload=True))


@dataclass(frozen=True, slots=True)
class Received:
    """What a transport was given: its own number, the chat, and the update as it came."""

    external_id: int
    chat: str
    payload: Any


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What a transport was given and cannot place; its number too may be missing."""

    external_id: int | None
    payload: Any


Arrival = Received | Unreadable


async def store(
    session: AsyncSession, source: str, received: Sequence[Received], now: datetime
) -> None:
    """Keep updates; one whose number this source already stored changes nothing."""
    if not received:
        return
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
    await session.execute(_KEEP[session.get_bind().dialect.name], rows)


async def take(
    session: AsyncSession, source: str, chat: str, now: datetime
) -> tuple[Inbox | None, bool]:
    """Lock a chat and return its next update, and whether more follow."""
    found = (await session.execute(_WITH_CHAT, {"source": source, "chat": chat})).first()
    if found is not None:
        note_locked(session, found[0])
        if found[3]:
            await outbox.bring_forward(session, chat)
        return found[1], bool(found[2])
    # Nothing waits, the chat is new, or somebody else was faster.
    if (await oldest(session, source, chat))[0] is None:
        return None, False
    await lock_chat(session, chat, now)
    await outbox.bring_forward(session, chat)
    return await oldest(session, source, chat)


async def oldest(session: AsyncSession, source: str, chat: str) -> tuple[Inbox | None, bool]:
    """The next update of a chat whose row the caller has locked, and whether more follow."""
    found = (await session.execute(_UNHANDLED, {"source": source, "chat": chat})).first()
    return (None, False) if found is None else (found[0], bool(found[1]))


async def behind(session: AsyncSession, first: Inbox, limit: int) -> Sequence[Inbox]:
    """The next updates of the same chat, oldest first."""
    same = (Inbox.source == first.source, Inbox.chat == first.chat)
    later = select(Inbox).where(*same, _WAITS, Inbox.external_id > first.external_id)
    return (await session.scalars(later.order_by(Inbox.external_id).limit(limit))).all()


async def head(session: AsyncSession, source: str, chat: str) -> Inbox | None:
    """The next update of a chat without what it says."""
    found: Inbox | None = await session.scalar(_HEAD, {"source": source, "chat": chat})
    return found


async def put_back(session: AsyncSession, source: str, again: Received, now: datetime) -> None:
    """Let an update be taken once more, as if it had just come."""
    await store(session, source, [again], now)
    same = (Inbox.source == source, Inbox.external_id == again.external_id)
    fresh = {"payload": again.payload, "handled_at": None, "failure": None, "attempts": 0}
    await session.execute(update(Inbox).where(*same).values(**fresh))


async def waiting_chats(
    session: AsyncSession, source: str, *, now: datetime, older_than: timedelta, limit: int
) -> Sequence[str]:
    """Chats with updates that came so long ago and were not handled, longest first.

    What came after now was stored by a wrong clock, and waits too.
    """
    came = or_(Inbox.received_at <= now - older_than, Inbox.received_at > now)
    waiting = select(Inbox.chat).where(Inbox.source == source, _WAITS, came)
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


async def prune_handled(session: AsyncSession, now: datetime, keep: timedelta) -> int:
    """Delete handled rows, which no transport repeats any more; returns how many."""
    return await delete_oldest(session, Inbox, Inbox.handled_at < now - keep)


async def newest(session: AsyncSession, source: str) -> int:
    """The highest number that a source has stored; 0 before the first."""
    return (
        await session.scalar(select(func.max(Inbox.external_id)).where(Inbox.source == source))
        or 0
    )
