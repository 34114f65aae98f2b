"""Citizens who save data: short texts, no pictures unasked, and what can wait once a day.

What that saves is counted from the messages themselves, each as it would have gone and as it
went: its words, its buttons, its picture.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.chats import lock_chat
from actions.casework.messages import queue
from actions.casework.outbox import Urgency
from actions.catalogue.reference import ReferenceData
from actions.domain.codes import read_code
from actions.domain.messages import Reply
from actions.storage.tables import Chat, HeldNews

HOUR = 17
"""When the digest of the day goes out, by the office's clock."""
AT_ONCE = 50
SINCE, BYTES, MESSAGES = "sejak", "bita", "pesan"
Counted = Mapping[str, Any]


def begin(chat: Chat, now: datetime) -> None:
    """Save from now on, and count from nothing."""
    chat.thrift = {SINCE: now.isoformat(), BYTES: 0, MESSAGES: 0}


async def end(
    session: AsyncSession, reference: ReferenceData, chat: Chat, now: datetime
) -> Counted:
    """Save no more; what was held goes out now. Returns what was counted."""
    await _send(session, reference, chat, None, now)
    counted, chat.thrift = chat.thrift or {}, None
    return counted


async def is_on(session: AsyncSession, chat: str) -> bool:
    """Whether the citizen of a chat saves data."""
    saving = select(Chat.id).where(Chat.id == chat, Chat.thrift.is_not(None))
    return await session.scalar(saving) is not None


def count(chat: Chat, saved: int, messages: int = 0) -> None:
    """Note what was not sent, or more than was thought: then it is below zero."""
    if chat.thrift is not None and (saved or messages):
        so_far = chat.thrift
        sums = {BYTES: so_far[BYTES] + saved, MESSAGES: so_far[MESSAGES] + messages}
        chat.thrift = {**so_far, **sums}


def weight(reply: Reply) -> int:
    """What a message takes on its way, in bytes: its words and its buttons, without a file."""
    said = {key: value for key, value in reply.to_json().items() if key in {"text", "buttons"}}
    return len(json.dumps(said, ensure_ascii=False).encode())


def hold(session: AsyncSession, chat: str, replies: Sequence[Reply], now: datetime) -> None:
    """Keep messages for the digest."""
    session.add_all(HeldNews(chat=chat, payload=reply.to_json(), at=now) for reply in replies)


async def send_digests(session: AsyncSession, reference: ReferenceData, now: datetime) -> int:
    """Send what was held before the last hour of digests, one message a chat; returns how many.

    A chat that is busy waits for the next time.
    """
    before = _last_hour(reference, now)
    waiting = select(HeldNews.chat).where(HeldNews.at < before).distinct().limit(AT_ONCE)
    chats = select(Chat).where(Chat.id.in_((await session.scalars(waiting)).all()))
    found = (await session.scalars(chats.with_for_update(skip_locked=True))).all()
    for chat in found:
        await _send(session, reference, chat, before, now)
    return len(found)


def _last_hour(reference: ReferenceData, now: datetime) -> datetime:
    today = datetime.combine(reference.today(now), time(HOUR), reference.zone)
    return today if now >= today else today - timedelta(days=1)


async def _send(
    session: AsyncSession,
    reference: ReferenceData,
    chat: Chat,
    before: datetime | None,
    now: datetime,
) -> None:
    """Queue what was held, before a moment or ever, as one message."""
    mine = select(HeldNews).where(HeldNews.chat == chat.id).order_by(HeldNews.id)
    until = mine if before is None else mine.where(HeldNews.at < before)
    rows = (await session.scalars(until)).all()
    if not rows:
        return
    held = [Reply.from_json(row.payload) for row in rows]
    whole = digest(reference, held)
    queue(session, chat.id, [whole], now, urgency=Urgency.DIGEST)
    count(chat, sum(map(weight, held)) - weight(whole), len(held) - 1)
    await session.execute(delete(HeldNews).where(HeldNews.id.in_([row.id for row in rows])))


def digest(reference: ReferenceData, held: Sequence[Reply]) -> Reply:
    """Several messages as one; a single one stays as it is."""
    if len(held) == 1:
        return held[0]
    told = "\n\n".join([reference.texts.html("hemat.rangkuman"), *(one.text for one in held)])
    asking = [reply for reply in held if reply.buttons]
    named = asking if len(asking) == 1 else [_named(reference, reply) for reply in asking]
    return Reply("hemat.rangkuman", told, tuple(row for reply in named for row in reply.buttons))


def _named(reference: ReferenceData, reply: Reply) -> Reply:
    """The code of the case on each button, where other cases have the same ones."""
    code = read_code(reply.text, *reference.catalogue.office.code_prefixes)
    rows = (
        tuple(replace(one, label=f"{code} {one.label}" if code else one.label) for one in row)
        for row in reply.buttons
    )
    return replace(reply, buttons=tuple(rows))


async def forget(session: AsyncSession, chat: str) -> None:
    """Drop what is held for a chat."""
    await session.execute(delete(HeldNews).where(HeldNews.chat == chat))


async def locked(session: AsyncSession, chat: str, now: datetime) -> Chat | None:
    """The row of a chat that saves data; None for others."""
    return await lock_chat(session, chat, now) if await is_on(session, chat) else None
