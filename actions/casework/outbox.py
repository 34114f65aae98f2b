"""The durable outbox: within a chat oldest first, claimed by lease so that processes share it.

The oldest waiting row of a chat is its head. Whoever moves the head's `due_at` forward owns
the chat until then; a process that dies loses it when the time has come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVarTuple

from sqlalchemy import CursorResult, Select, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.storage.tables import Chat, Outbox

Row = TypeVarTuple("Row")


@dataclass(frozen=True, slots=True)
class Letter:
    """A claimed row; `blocked` says that its chat does not want to hear from us."""

    id: int
    chat: str
    payload: dict[str, Any]
    attempts: int
    created_at: datetime
    blocked: bool


def queue_act(session: AsyncSession, chat: str, payload: dict[str, Any], now: datetime) -> None:
    """Queue something that a transport does besides sending a message."""
    session.add(Outbox(chat=chat, payload=payload, created_at=now, due_at=now, attempts=0))


async def claim(
    session: AsyncSession, prefix: str, *, now: datetime, until: datetime, limit: int
) -> list[Letter]:
    """Take the heads that are due, of chats that begin with `prefix`; they are ours until then."""
    heads = (
        _due(select(Outbox, Chat.blocked).outerjoin(Chat, Chat.id == Outbox.chat), prefix, now)
        .order_by(Outbox.id)
        .limit(limit)
        .with_for_update(of=Outbox, skip_locked=True)
    )
    found = (await session.execute(heads)).all()
    await renew(session, [row.id for row, _ in found], until)
    return [
        Letter(row.id, row.chat, row.payload or {}, row.attempts, row.created_at, bool(blocked))
        for row, blocked in found
    ]


def _due(query: Select[*Row], prefix: str, now: datetime) -> Select[*Row]:
    """Only heads whose time has come."""
    older = aliased(Outbox)
    has_older = exists().where(
        older.chat == Outbox.chat, older.done_at.is_(None), older.id < Outbox.id
    )
    mine = Outbox.chat.startswith(prefix, autoescape=True)
    return query.where(Outbox.done_at.is_(None), Outbox.due_at <= now, mine, ~has_older)


async def renew(session: AsyncSession, ids: Sequence[int], until: datetime) -> None:
    """Keep claimed rows for longer."""
    if ids:
        await _change(session, ids, due_at=until)


async def mark_sent(session: AsyncSession, ids: Sequence[int], now: datetime) -> None:
    """Never send these again, and forget what they said."""
    if ids:
        await _change(session, ids, done_at=now, payload=None)


async def keep_progress(session: AsyncSession, letter_id: int, payload: dict[str, Any]) -> None:
    """Note which parts of a long message have gone out."""
    await _change(session, [letter_id], payload=payload)


async def postpone(session: AsyncSession, letter_id: int, until: datetime) -> None:
    """Try again later; what follows in this chat waits too."""
    await _change(session, [letter_id], due_at=until, attempts=Outbox.attempts + 1)


async def give_up(session: AsyncSession, letter_id: int, failure: str, now: datetime) -> None:
    """Stop trying to send a row."""
    await _change(session, [letter_id], done_at=now, payload=None, failure=failure)


async def _change(session: AsyncSession, ids: Sequence[int], **values: Any) -> None:
    waiting = update(Outbox).where(Outbox.id.in_(ids), Outbox.done_at.is_(None))
    quiet = waiting.execution_options(synchronize_session=False)
    await session.execute(quiet.values(**values))


async def block(session: AsyncSession, chat: str, now: datetime) -> None:
    """Stop writing to a chat that does not want it, until its citizen writes again."""
    await session.execute(update(Chat).where(Chat.id == chat).values(blocked=True))
    waiting = update(Outbox).where(Outbox.chat == chat, Outbox.done_at.is_(None))
    await session.execute(waiting.values(done_at=now, payload=None, failure="blocked"))


async def is_quiet(session: AsyncSession, prefix: str, now: datetime) -> bool:
    """Whether nothing is due."""
    return await session.scalar(_due(select(Outbox.id), prefix, now).limit(1)) is None


async def prune_done(session: AsyncSession, now: datetime, keep: timedelta) -> int:
    """Delete rows that went out long ago; returns how many."""
    gone = await session.execute(delete(Outbox).where(Outbox.done_at < now - keep))
    assert isinstance(gone, CursorResult)  # noqa: S101
    return gone.rowcount
