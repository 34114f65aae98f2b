"""Queues messages in the outbox and keeps the lines of a chat that officers may read."""

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import attachments, outbox, unwritten
from actions.casework.chats import is_locked, is_reachable
from actions.casework.outbox import Urgency
from actions.casework.unwritten import Letter
from actions.catalogue.reference import ReferenceData
from actions.domain.messages import OutgoingFile, Reply, StoredFile
from actions.storage.batches import delete_some, some_before
from actions.storage.tables import Message

TAG = re.compile(r"</?(?:b|i|code)>")


class Sender(StrEnum):
    """Who wrote a line of a chat."""

    CITIZEN = "warga"
    BOT = "balai"
    OFFICER = "petugas"


def without_markup(text: str) -> str:
    """The words of a rendered text."""
    return html.unescape(TAG.sub("", text))


def file_name(reference: ReferenceData, stored: str) -> str:
    """What a citizen reads as the name of a stored file that the office sends."""
    return reference.texts.plain("petugas.nama_berkas") + PurePath(stored).suffix


def queue(
    session: AsyncSession,
    chat: str,
    replies: Sequence[Reply],
    now: datetime,
    *,
    urgency: Urgency = Urgency.NOTICE,
) -> None:
    """Queue messages of the bot to a citizen's chat, in order; nothing where it leads nowhere.

    They are an answer where the chat has its turn, however urgent they are elsewhere.
    """
    urgency = Urgency.ANSWER if is_locked(session, chat) else urgency
    for reply in replies if is_reachable(chat) else ():
        _send_and_note(session, chat, reply, now, urgency=urgency)


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
    await unwritten.write(session)  # what was said before it stands before it
    values = _line(chat, sender, without_markup(reply.text), now, staff_id)
    line = Message(**{**values, "file": file.name})
    session.add(line)
    await session.flush()
    return line


async def queue_alert(session: AsyncSession, staff_chat: str, reply: Reply, now: datetime) -> int:
    """Queue a message to the officers' group, of which no line is kept; returns its row's id."""
    letter = _send(session, staff_chat, reply, now)
    await unwritten.write(session)
    assert letter.id is not None  # noqa: S101  it is written
    return letter.id


def send_again(
    session: AsyncSession, line: Message, reply: Reply, now: datetime, *, called: str
) -> None:
    """Queue a line that was not delivered, with its file, if it had one, by the name `called`.

    The row says that it was queued when the line was written, by which they find each other.
    """
    if line.file is not None:
        reply = replace(reply, file=OutgoingFile(line.file, called))
    letter = _send(session, line.chat, reply, now)
    letter.values["created_at"], letter.line = line.at, line


def _send(
    session: AsyncSession,
    chat: str,
    reply: Reply,
    now: datetime,
    urgency: Urgency = Urgency.ANSWER,
) -> Letter:
    file = reply.file.name if reply.file else None
    return outbox.queue_act(session, chat, reply.to_json(), now, file=file, urgency=urgency)


def _send_and_note(
    session: AsyncSession,
    chat: str,
    reply: Reply,
    now: datetime,
    *,
    staff_id: int | None = None,
    kept: bool = False,
    urgency: Urgency = Urgency.ANSWER,
) -> None:
    """Queue a reply with its line of the chat, which keeps the file too where it is `kept`."""
    letter = _send(session, chat, reply, now, urgency)
    sender = Sender.BOT if staff_id is None else Sender.OFFICER
    line = _line(chat, sender, without_markup(reply.text), now, staff_id)
    line["file"] = letter.values["file"] if kept else None
    unwritten.add_line(session, line, letter)


def _line(
    chat: str, sender: Sender, text: str, now: datetime, staff_id: int | None
) -> dict[str, Any]:
    return {
        "chat": chat,
        "sender": sender,
        "staff_id": staff_id,
        "text": text,
        "file": None,
        "at": now,
    }


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
    unwritten.add_line(session, _line(chat, sender, text, now, staff_id), None)


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
    old = await some_before(session, Message, now - keep)
    await attachments.let_go_sent(session, old)
    return await delete_some(session, Message, old)
