"""The durable outbox: within a chat oldest first, claimed by lease so that processes share it.

The oldest waiting row of a chat is its head, and of the heads the most urgent go first. Whoever
moves the head's `due_at` forward owns the chat until then; a process that dies loses it when the
time has come. `held_at` says when that was done: a hold from a time that is yet to come was made
by a wrong clock, and is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Integer,
    Result,
    Table,
    bindparam,
    case,
    exists,
    func,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import anonymity, unwritten
from actions.casework.unwritten import Letter
from actions.storage.batches import delete_oldest
from actions.storage.tables import Chat, Outbox

# Asked several times a turn, so they are put together once. `prefix` may hold no % and no _.
_BOX, _CHATS = cast(Table, Outbox.__table__), cast(Table, Chat.__table__)
_OLDER = _BOX.alias("older")
_IS_HEAD = ~exists().where(
    _OLDER.c.chat == _BOX.c.chat, _OLDER.c.done_at.is_(None), _OLDER.c.id < _BOX.c.id
)
_UNHELD = _BOX.c.held_at.is_(None)
_DUE = or_(_UNHELD, _BOX.c.due_at <= bindparam("now"), _BOX.c.held_at > bindparam("ahead"))
SKEW = timedelta(seconds=10)
"""By how much the clocks of several machines may differ."""
# Ordered as ix_outbox_due is: by the id alone PostgreSQL may walk through all that was ever sent.
_ALL_HEADS = (
    select(_BOX, _CHATS.c.blocked)
    .outerjoin(_CHATS, _CHATS.c.id == _BOX.c.chat)
    .where(_BOX.c.done_at.is_(None))
    .where(_BOX.c.chat.startswith(bindparam("prefix")))
    .where(_IS_HEAD)
    .order_by(_BOX.c.done_at, _BOX.c.urgency, _BOX.c.id)  # as ix_outbox_due is
    .limit(bindparam("limit", type_=Integer))
)
_HEADS_SEEN = _ALL_HEADS.where(_DUE)
_HEADS = _HEADS_SEEN.with_for_update(of=_BOX, skip_locked=True)
_UNHELD_HEADS = _ALL_HEADS.where(_UNHELD).with_for_update(of=_BOX, skip_locked=True)
BLOCKED, TOLD_LATER = "blocked", "blocked, told later"
"""Why a row was not sent: its chat did not want it, and whether the news was made up for."""
_WAITS = Outbox.done_at.is_(None)
_WAITING = update(_BOX).where(
    _BOX.c.id.in_(bindparam("ids", expanding=True)), _BOX.c.done_at.is_(None)
)
_HELD = _WAITING.values(due_at=bindparam("until"), held_at=bindparam("now"))
_LESS_URGENT = (
    select(_BOX.c.id)
    .where(_BOX.c.chat == bindparam("of"), _BOX.c.done_at.is_(None))
    .where(_BOX.c.urgency > 0)
    .with_for_update(skip_locked=True)  # what is under way already needs no help
)
_FORWARD = update(_BOX).where(_BOX.c.id.in_(_LESS_URGENT)).values(urgency=0)
_SENT = _WAITING.values(done_at=bindparam("now"), payload=null())


class Urgency(IntEnum):
    """What goes out first, where more is due than the other side takes."""

    ANSWER = 0
    """Somebody waits for it: a reply, an officer's words, an alert to officers."""
    NOTICE = 1
    """News of a case."""
    DIGEST = 2
    """What may as well come an hour later: a reminder, a summary."""


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A claimed row; `blocked` says that its chat does not want to hear from us.

    It is sent `to` that chat, or to the one that a pseudonym stands for.
    """

    id: int
    chat: str
    to: str
    payload: dict[str, Any]
    attempts: int
    created_at: datetime
    blocked: bool


def queue_act(
    session: AsyncSession,
    chat: str,
    payload: dict[str, Any],
    now: datetime,
    *,
    file: str | None = None,
    urgency: Urgency = Urgency.ANSWER,
) -> Letter:
    """Queue what a transport does: a message, with a stored file, or something besides."""
    times = {"created_at": now, "due_at": now, "attempts": 0}
    what = {"chat": chat, "payload": payload, "file": file, "urgency": int(urgency)}
    letter = Letter(what | times)
    unwritten.add_letter(session, letter)
    return letter


async def claim(
    session: AsyncSession, prefix: str, *, now: datetime, until: datetime, limit: int
) -> list[OutboxMessage]:
    """Take the heads that are due, of chats that begin with `prefix`; they are ours until then."""
    what = {"prefix": prefix, "now": now, "ahead": now + SKEW, "limit": limit}
    return await _held(session, await session.execute(_HEADS, what), now, until)


async def claim_unheld(
    session: AsyncSession, prefix: str, *, now: datetime, until: datetime, limit: int
) -> list[OutboxMessage]:
    """As `claim`, but only what nobody ever held, whatever the time is."""
    what = {"prefix": prefix, "limit": limit}
    return await _held(session, await session.execute(_UNHELD_HEADS, what), now, until)


async def _held(
    session: AsyncSession, heads: Result[Any], now: datetime, until: datetime
) -> list[OutboxMessage]:
    found = heads.all()
    homes = await anonymity.homes(session, [row.chat for row in found])
    await renew(session, [row.id for row in found], now=now, until=until)
    return [
        OutboxMessage(
            row.id,
            row.chat,
            homes.get(row.chat, row.chat),
            row.payload or {},
            row.attempts,
            row.created_at,
            bool(row.blocked),
        )
        for row in found
    ]


async def renew(
    session: AsyncSession, ids: Sequence[int], *, now: datetime, until: datetime
) -> None:
    """Keep claimed rows for longer."""
    if ids:
        await session.execute(_HELD, {"ids": ids, "now": now, "until": until})


async def mark_sent(session: AsyncSession, ids: Sequence[int], now: datetime) -> None:
    """Never send these again, and forget what they said."""
    if ids:
        await session.execute(_SENT, {"ids": ids, "now": now})


async def keep_progress(session: AsyncSession, message_id: int, payload: dict[str, Any]) -> None:
    """Note which parts of a long message have gone out."""
    await session.execute(_WAITING.values(payload=payload), {"ids": [message_id]})


async def postpone(
    session: AsyncSession, message_id: int, *, now: datetime, until: datetime
) -> None:
    """Try again later; what follows in this chat waits too."""
    later = _WAITING.values(due_at=until, held_at=now, attempts=_BOX.c.attempts + 1)
    await session.execute(later, {"ids": [message_id]})


async def hasten(
    session: AsyncSession, ids: Sequence[int], now: datetime, beyond: datetime
) -> None:
    """Make due what was put off `beyond` the end of any claim, and so is in nobody's hands."""
    put_off = _WAITING.where(_BOX.c.due_at > beyond)
    await session.execute(put_off.values(due_at=now), {"ids": ids})


async def give_up(session: AsyncSession, message_id: int, failure: str, now: datetime) -> None:
    """Stop trying to send a row."""
    over = _WAITING.values(done_at=now, payload=None, failure=failure)
    await session.execute(over, {"ids": [message_id]})


async def bring_forward(session: AsyncSession, chat: str) -> None:
    """Let what waits for a chat go out with the answer that it is about to get, and before it."""
    await session.execute(_FORWARD, {"of": chat})


async def block(session: AsyncSession, chat: str, now: datetime) -> None:
    """Stop writing to a chat that does not want it, until its citizen writes again."""
    await session.execute(update(Chat).where(Chat.id == chat).values(blocked=True))
    waiting = update(Outbox).where(Outbox.chat == chat, Outbox.done_at.is_(None))
    await session.execute(waiting.values(done_at=now, payload=None, failure=BLOCKED))


def missed(chat: str) -> tuple[ColumnElement[bool], ...]:
    """What makes a row one that a chat never got because it was blocked."""
    return (Outbox.chat == chat, Outbox.failure == BLOCKED)


async def blocked_since(session: AsyncSession, chat: str) -> datetime | None:
    """When the first message was queued that a chat never got because it was blocked."""
    first = select(Outbox.created_at).where(*missed(chat)).order_by(Outbox.id).limit(1)
    return await session.scalar(first)


async def forget_blocked(session: AsyncSession, chat: str) -> None:
    """Note that a chat was told what it missed."""
    await session.execute(update(Outbox).where(*missed(chat)).values(failure=TOLD_LATER))


async def is_quiet(session: AsyncSession, prefix: str, now: datetime) -> bool:
    """Whether nothing is due."""
    what = {"prefix": prefix, "now": now, "ahead": now + SKEW, "limit": 1}
    return (await session.execute(_HEADS_SEEN, what)).first() is None


async def oldest_waiting(session: AsyncSession) -> datetime | None:
    """When the message was queued that has waited longest; None when nothing waits."""
    return await session.scalar(select(func.min(Outbox.created_at)).where(_WAITS))


@dataclass(frozen=True, slots=True)
class Late:
    """Heads that have waited for long: of how many chats, since when, how many nobody takes."""

    chats: int
    since: datetime | None
    untaken: int


async def late(session: AsyncSession, before: datetime) -> Late:
    """The heads from before a moment. A head that is put off or claimed is due after it."""
    untaken = func.sum(case((or_(_UNHELD, _BOX.c.due_at <= before), 1), else_=0))
    asked = select(func.count(), func.min(_BOX.c.created_at), untaken)
    waiting = (_BOX.c.done_at.is_(None), _BOX.c.created_at <= before, _IS_HEAD)
    chats, since, idle = (await session.execute(asked.where(*waiting))).one()
    return Late(chats, since, idle or 0)


async def count_waiting(session: AsyncSession) -> int:
    """How many messages wait."""
    return await session.scalar(select(func.count(Outbox.id)).where(_WAITS)) or 0


async def prune_done(session: AsyncSession, now: datetime, keep: timedelta) -> int:
    """Delete rows that went out long ago; returns how many."""
    return await delete_oldest(session, Outbox, Outbox.done_at < now - keep)
