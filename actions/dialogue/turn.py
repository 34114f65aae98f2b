"""One turn of the conversation, from what came in to what is answered.

The stages are asked in reading order; the first that has an answer ends the turn.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from random import Random, SystemRandom

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import anonymity, missed, thrift
from actions.casework.chats import lock_chat, remember
from actions.casework.messages import Sender, note, queue
from actions.casework.talks import Said, note_turn
from actions.catalogue.reference import ReferenceData
from actions.dialogue import learning
from actions.dialogue.context import TurnContext
from actions.dialogue.handlers import claiming, emergency, saying_again, secrecy, several
from actions.dialogue.handlers.form import (
    corrections,
    files,
    going_back,
    open_form,
    opening,
    pausing,
    returned,
    similar,
    tray,
)
from actions.dialogue.registry import Replies
from actions.dialogue.stages import early, lines, meaning
from actions.dialogue.wording import length_of
from actions.domain.memory import ChatMemory
from actions.domain.messages import Fetched, Incoming, Reply
from actions.domain.text import LONGEST
from actions.storage.tables import Chat

Stage = Callable[[TurnContext], Awaitable[Replies | None]]

STAGES: tuple[Stage, ...] = (
    early.button,
    early.human_has_the_chat,
    lines.changed,
    lines.passed_along,
    early.word,
    early.awaited_text,
    emergency.stay_calm,
    emergency.still_there,
    going_back.go_back,
    pausing.paused_form,
    returned.shared_for_officer,
    corrections.another_answer,
    opening.meant_another,
    open_form.open_form,
    returned.returned_case,
    saying_again.beside_a_service,
    files.shared_without_form,
    meaning.unreadable,
    meaning.understood,
)


async def converse(
    session: AsyncSession,
    reference: ReferenceData,
    incoming: Incoming,
    fetched: Fetched,
    now: datetime,
    random: Random | None = None,
) -> list[Reply]:
    """Take one turn on the open transaction: memory moves, rows change, replies are queued.

    Raises UnderstandingNeeded, FileNeeded or PageNeeded: roll back, fetch, take it again.
    """
    row, memory = await _remembered(session, reference, incoming.chat, now)
    incoming = replace(incoming, chat=row.id, text=incoming.text and incoming.text[:LONGEST])
    memory.turns += 1
    memory.open_ended = True
    turn = TurnContext(
        session, reference, incoming, memory, fetched, now, random or SystemRandom()
    )
    turn.thrifty = row.thrift is not None
    if not incoming.edited:
        memory.answered = None
    for part in incoming.each:
        note(session, incoming.chat, Sender.CITIZEN, spoken(turn, part), now)
    was_busy = several.busy(memory)
    replies = await _answer(turn)
    await learning.notice(turn, replies)
    replies = merge([*replies, *several.next_one(turn, was_busy=was_busy)])
    await _keep(turn, row, replies)
    queue(session, incoming.chat, replies, now)
    if memory.pseudonym in turn.spoken_of:
        await anonymity.forget_lines(session, incoming.chat, now)
    return replies


async def _keep(turn: TurnContext, row: Chat, replies: list[Reply]) -> None:
    """Remember what was said, and count it."""
    memory, incoming, now = turn.memory, turn.incoming, turn.now
    said = Said([reply.key for reply in replies], incoming.button)
    await note_turn(turn.session, incoming.chat, memory, said, now)
    memory.last_at, memory.line = now.isoformat(), incoming.line
    if replies:
        memory.last_key, memory.ways = replies[-1].key, replies[-1].to_json()["buttons"]
    row.blocked = False
    thrift.count(row, turn.spared(replies))
    remember(row, memory, now)


async def _remembered(
    session: AsyncSession, reference: ReferenceData, chat: str, now: datetime
) -> tuple[Chat, ChatMemory]:
    """The locked row of a chat, or its pseudonym's while an officer talks with that one."""
    row = await lock_chat(session, chat, now)
    memory = ChatMemory.from_json(row.state)
    if memory.pseudonym is None:
        return row, memory
    other = await lock_chat(session, memory.pseudonym, now)
    if other.blocked:
        await missed.tell(session, reference, other.id, now)
        other.blocked = False
    known = ChatMemory.from_json(other.state)
    return (other, known) if known.with_human else (row, memory)


async def _answer(turn: TurnContext) -> Replies:
    kept = turn.incoming.shares and not turn.memory.with_human
    heard = tray.hear(turn) if kept else []
    warning = early.danger(turn)
    await secrecy.heed(turn)
    replies = await (tray.take(turn, _by_stages) if kept else _by_stages(turn))
    replies = await similar.or_support(turn, await tray.lay_out(turn, replies))
    return [*warning, *heard, *replies]


async def _by_stages(turn: TurnContext) -> Replies:
    for stage in STAGES:
        replies = await stage(turn)
        if replies is not None:
            return replies
    raise AssertionError("the last stage always answers")


def spoken(turn: TurnContext, incoming: Incoming) -> str:
    """The line of the chat that officers read for what came in."""
    if incoming.text:
        return _as_written(turn, incoming)
    if incoming.button is not None:
        return turn.word("umum.catatan.tombol", data=incoming.button)
    if incoming.file is not None:
        lasts = length_of(incoming.file.seconds)
        return turn.word(f"umum.catatan.{incoming.file.kind}", lama=lasts)
    if incoming.location is not None:
        where = incoming.location
        return turn.word("umum.catatan.lokasi", lintang=where.latitude, bujur=where.longitude)
    if incoming.contact is not None:
        return turn.word("umum.catatan.kontak", nomor=incoming.contact.phone)
    return turn.word("umum.catatan.lain")


def _as_written(turn: TurnContext, incoming: Incoming) -> str:
    """The words, with how they came; a code that works once is nobody else's matter."""
    text = incoming.text or ""
    if claiming.is_secret(turn, text):
        return turn.word("umum.catatan.kode")
    if incoming.edited:
        return turn.word("umum.catatan.diubah", isi=text)
    return turn.word("umum.catatan.diteruskan", isi=text) if incoming.forwarded else text


def _is_words(reply: Reply) -> bool:
    return reply.file is None and reply.hand_over is None


def merge(replies: Replies) -> list[Reply]:
    """Join what fits into one message, so that one turn is one message on a weak signal."""
    merged: list[Reply] = []
    for reply in replies:
        plain = merged and not merged[-1].buttons and merged[-1].ask is None
        if plain and _is_words(merged[-1]) and _is_words(reply):
            joined = f"{merged[-1].text}\n\n{reply.text}"
            if len(joined) <= LONGEST:
                key = f"{merged[-1].key}+{reply.key}"
                merged[-1] = replace(reply, key=key, text=joined)
                continue
        merged.append(reply)
    return merged
