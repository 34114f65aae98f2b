"""Queues messages in the outbox and keeps the lines of a chat that officers may read."""

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import attachments
from actions.casework.chats import is_reachable
from actions.domain.messages import OutgoingFile, Reply, StoredFile
from actions.storage.batches import SOME, delete_some
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
        _send_and_note(session, chat, reply, now)


def queue_from_officer(
    session: AsyncSession, chat: str, reply: Reply, now: datetime, *, staff_id: int
) -> None:
    """Queue a message that an officer wrote, or the caption of a file that an officer sends."""
    _send_and_note(session, chat, reply, now, staff_id=staff_id, kept=True)


def queue_file(
    session: AsyncSession,
    chat: str,
    file: StoredFile,
    reply: Reply,
    now: datetime,
    *,
    called: str,
    staff_id: int | None = None,
) -> None:
    """Queue a stored file with a reply for its caption; the line of the chat keeps it too.

    `called` is the name that the citizen reads. Nobody is sent nothing.
    """
    if not is_reachable(chat):
        return
    whole = replace(reply, file=OutgoingFile(file.name, called))
    _send_and_note(session, chat, whole, now, staff_id=staff_id, kept=True)


async def keep_file(
    session: AsyncSession,
    chat: str,
    file: StoredFile,
    reply: Reply,
    now: datetime,
    *,
    staff_id: int | None = None,
) -> Message:
    """Keep a file in a line of a chat to which it is not sent yet."""
    sender = Sender.BOT if staff_id is None else Sender.OFFICER
    line = _line(chat, sender, without_markup(reply.text), now, staff_id)
    line.file = file.name
    session.add(line)
    await session.flush()
    return line


async def queue_alert(session: AsyncSession, staff_chat: str, reply: Reply, now: datetime) -> int:
    """Queue a message to the officers' group, of which no line is kept; returns its row's id."""
    row = _send(session, staff_chat, reply, now)
    await session.flush()
    return row.id


def send_again(
    session: AsyncSession, line: Message, reply: Reply, now: datetime, *, called: str
) -> None:
    """Queue a line that was not delivered, with its file, if it had one, by the name `called`.

    The row says that it was queued when the line was written, by which they find each other.
    """
    if line.file is not None:
        reply = replace(reply, file=OutgoingFile(line.file, called))
    line.sent_as = _send(session, line.chat, reply, now)
    line.sent_as.created_at = line.at


def _send(session: AsyncSession, chat: str, reply: Reply, now: datetime) -> Outbox:
    file = reply.file.name if reply.file else None
    row = Outbox(
        chat=chat, payload=reply.to_json(), created_at=now, due_at=now, attempts=0, file=file
    )
    session.add(row)
    return row


def _send_and_note(
    session: AsyncSession,
    chat: str,
    reply: Reply,
    now: datetime,
    *,
    staff_id: int | None = None,
    kept: bool = False,
) -> None:
    """Queue a reply with its line of the chat, which keeps the file too where it is `kept`."""
    row = _send(session, chat, reply, now)
    sender = Sender.BOT if staff_id is None else Sender.OFFICER
    line = _line(chat, sender, without_markup(reply.text), now, staff_id)
    line.file, line.sent_as = row.file if kept else None, row
    session.add(line)


def _line(chat: str, sender: Sender, text: str, now: datetime, staff_id: int | None) -> Message:
    return Message(chat=chat, sender=sender, staff_id=staff_id, text=text, at=now)


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
    session.add(_line(chat, sender, text, now, staff_id))


async def add_file(session: AsyncSession, chat: str, file: StoredFile) -> None:
    """Keep a file with the line that was written last, by which it came."""
    for line in await last_lines(session, chat, 1):
        line.file = file.name


async def last_lines(session: AsyncSession, chat: str, count: int) -> list[Message]:
    """The newest `count` lines of a chat, oldest first."""
    newest = select(Message).where(Message.chat == chat).order_by(Message.id.desc()).limit(count)
    return list(reversed((await session.scalars(newest)).all()))


async def prune_lines(session: AsyncSession, now: datetime, keep: timedelta) -> int:
    """Delete lines older than the retention period; returns how many."""
    oldest = select(Message.id).where(Message.at < now - keep).order_by(Message.at).limit(SOME)
    old = Message.id.in_((await session.scalars(oldest)).all())
    await attachments.let_go_sent(session, old)
    return await delete_some(session, Message, old)
