"""Queues messages in the outbox and keeps the lines of a chat that officers may read."""

import html
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.chats import is_reachable
from actions.domain.messages import Reply
from actions.storage.engine import rows_of
from actions.storage.tables import Message, Outbox

TAG = re.compile(r"</?(?:b|i|code)>")


class Sender(StrEnum):
    """Who wrote a line of a chat."""

    CITIZEN = "warga"
    BOT = "balai"
    OFFICER = "petugas"


def without_markup(text: str) -> str:
    """The words of a rendered text."""
    return html.unescape(TAG.sub("", text))


def queue(session: AsyncSession, chat: str, replies: Sequence[Reply], now: datetime) -> None:
    """Queue messages of the bot to a citizen's chat, in order; nothing where it leads nowhere."""
    for reply in replies if is_reachable(chat) else ():
        _send(session, chat, reply, now)
        note(session, chat, Sender.BOT, without_markup(reply.text), now)


def queue_from_officer(
    session: AsyncSession, chat: str, reply: Reply, now: datetime, *, staff_id: int
) -> None:
    """Queue a message that an officer wrote."""
    _send(session, chat, reply, now)
    note(session, chat, Sender.OFFICER, without_markup(reply.text), now, staff_id=staff_id)


async def queue_alert(session: AsyncSession, staff_chat: str, reply: Reply, now: datetime) -> int:
    """Queue a message to the officers' group, of which no line is kept; returns its row's id."""
    row = _send(session, staff_chat, reply, now)
    await session.flush()
    return row.id


def _send(session: AsyncSession, chat: str, reply: Reply, now: datetime) -> Outbox:
    row = Outbox(chat=chat, payload=reply.to_json(), created_at=now, due_at=now, attempts=0)
    session.add(row)
    return row


def note(
    session: AsyncSession,
    chat: str,
    sender: Sender,
    text: str,
    now: datetime,
    *,
    staff_id: int | None = None,
) -> None:
    """Keep one line of the chat."""
    session.add(Message(chat=chat, sender=sender, staff_id=staff_id, text=text, at=now))


async def last_lines(session: AsyncSession, chat: str, count: int) -> list[Message]:
    """The newest `count` lines of a chat, oldest first."""
    newest = select(Message).where(Message.chat == chat).order_by(Message.id.desc()).limit(count)
    return list(reversed((await session.scalars(newest)).all()))


async def prune_lines(session: AsyncSession, now: datetime, keep: timedelta) -> int:
    """Delete lines older than the retention period; returns how many."""
    return rows_of(await session.execute(delete(Message).where(Message.at < now - keep)))
