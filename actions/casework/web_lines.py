"""What a web chat shows: replies as they left the outbox, and what its citizen sent."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import attachments
from actions.casework.outbox import OutboxMessage
from actions.domain.messages import Button, Reply
from actions.storage.batches import some_before
from actions.storage.engine import rows_of
from actions.storage.tables import Inbox, Outbox, WebLine

AT_ONCE = 40
"""How many lines one page shows."""
COPY_KEPT = timedelta(days=3)
"""How long a page that we made for somebody, such as a copy of their data, waits to be fetched."""
PAGE = ".html"

_TABLE = cast(Table, WebLine.__table__)
_KEEP = {
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing(),
}


async def note_sent(
    session: AsyncSession, chat: str, nonce: str, payload: dict[str, Any], now: datetime
) -> int | None:
    """Keep what the citizen sent in a chat whose row is locked; None where it came before."""
    same = select(WebLine.id).where(WebLine.chat == chat, WebLine.nonce == nonce)
    if await session.scalar(same) is not None:
        return None
    line = WebLine(chat=chat, nonce=nonce, payload=payload, at=now)
    session.add(line)
    await session.flush()
    return line.id


async def deliver(session: AsyncSession, message: OutboxMessage, now: datetime) -> None:
    """Show a reply; the same row of the outbox shows it once, however often it is sent.

    The file of somebody who stays unnamed is kept for the line of their pseudonym alone.
    """
    file, hidden = message.payload.get("file"), message.to != message.chat
    shown = {
        "chat": message.to,
        "payload": {k: v for k, v in message.payload.items() if k != "key"},
        "sent_as": f"{message.id}|{message.created_at.isoformat()}",
        "file": file[0] if file and not hidden else None,
        "at": now.replace(second=0, microsecond=0),
    }
    await session.execute(_KEEP[session.get_bind().dialect.name].values(**shown))


def file_of(line: WebLine) -> str | None:
    """The stored file that came with a reply; it may be gone by now."""
    file = line.payload.get("file") if line.nonce is None else None
    return str(file[0]) if file else None


def reply_of(line: WebLine) -> Reply | None:
    """The reply that a line shows; None for what the citizen sent."""
    return Reply.from_json({"key": "", **line.payload}) if line.nonce is None else None


def buttons_of(line: WebLine) -> list[Button]:
    """The buttons of a line, in reading order."""
    reply = reply_of(line)
    return [button for row in reply.buttons for button in row] if reply else []


async def pressed(session: AsyncSession, chat: str, line_id: int, index: int) -> Button | None:
    """The button of a line of this chat, by its place; None where there is none."""
    line = await of_chat(session, chat, line_id)
    buttons = buttons_of(line) if line else []
    found = buttons[index] if 0 <= index < len(buttons) else None
    return found if found and not found.url else None


async def mark_chosen(session: AsyncSession, chat: str, line_id: int, index: int) -> None:
    """Remember which button of a line was pressed."""
    mine = (WebLine.chat == chat, WebLine.id == line_id)
    await session.execute(update(WebLine).where(*mine).values(chosen=index))


async def of_chat(session: AsyncSession, chat: str, line_id: int) -> WebLine | None:
    """A line, where it belongs to this chat."""
    line = await session.get(WebLine, line_id)
    return line if line is not None and line.chat == chat else None


async def newest(
    session: AsyncSession, chat: str, before: int | None = None
) -> tuple[Sequence[WebLine], bool]:
    """The last lines, oldest first, and whether there are older ones."""
    mine = select(WebLine).where(WebLine.chat == chat)
    mine = mine if before is None else mine.where(WebLine.id < before)
    found = await session.scalars(mine.order_by(WebLine.id.desc()).limit(AT_ONCE + 1))
    lines = found.all()
    return list(reversed(lines[:AT_ONCE])), len(lines) > AT_ONCE


async def after(session: AsyncSession, chat: str, line_id: int) -> Sequence[WebLine]:
    """What came after a line."""
    mine = select(WebLine).where(WebLine.chat == chat, WebLine.id > line_id)
    return (await session.scalars(mine.order_by(WebLine.id).limit(AT_ONCE))).all()


async def oldest_id(session: AsyncSession, chat: str) -> int:
    """The first line that is still kept; 0 where there is none."""
    first = select(func.min(WebLine.id)).where(WebLine.chat == chat)
    return await session.scalar(first) or 0


async def newest_id(session: AsyncSession) -> int:
    """The newest line of all chats."""
    return await session.scalar(select(func.max(WebLine.id))) or 0


async def chats_after(session: AsyncSession, line_id: int) -> Collection[str]:
    """The chats that have got something after a line of any chat."""
    grown = select(WebLine.chat).where(WebLine.id > line_id)
    return frozenset((await session.scalars(grown)).all())


async def waiting(session: AsyncSession, chat: str) -> list[dict[str, Any]]:
    """What was sent and is not read yet, oldest first."""
    mine = (Inbox.source == chat.partition(":")[0], Inbox.chat == chat)
    unread = select(Inbox.payload).where(*mine, Inbox.handled_at.is_(None))
    return list((await session.scalars(unread.order_by(Inbox.external_id))).all())


async def is_settled(session: AsyncSession, chat: str) -> bool:
    """Whether everything that was sent is read, and everything that was answered is shown."""
    mine = (Inbox.source == chat.partition(":")[0], Inbox.chat == chat)
    unread = select(Inbox.id).where(*mine, Inbox.handled_at.is_(None))
    if await session.scalar(unread.limit(1)) is not None:
        return False
    unsent = select(Outbox.id).where(Outbox.chat == chat, Outbox.done_at.is_(None))
    return await session.scalar(unsent.limit(1)) is None


async def erase_chat(session: AsyncSession, chat: str) -> None:
    """Forget everything that a chat shows, and let go of its files."""
    await attachments.let_go_named(session, WebLine.file, WebLine.chat == chat)
    await session.execute(delete(WebLine).where(WebLine.chat == chat))


async def prune(session: AsyncSession, now: datetime, keep: timedelta) -> int:
    """Forget old lines, and files that we made for somebody who did not fetch them."""
    since, until = now - 10 * COPY_KEPT, now - COPY_KEPT
    copies = (WebLine.file.endswith(PAGE), WebLine.at.between(since, until))
    await attachments.let_go_named(session, WebLine.file, *copies)
    await session.execute(update(WebLine).where(*copies).values(file=None))
    old = await some_before(session, WebLine, now - keep)
    await attachments.let_go_named(session, WebLine.file, old)
    return rows_of(await session.execute(delete(WebLine).where(old)))
