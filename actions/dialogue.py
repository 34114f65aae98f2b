"""One turn of the conversation, from what came in to what is answered.

The stages are asked in reading order; the first that has an answer ends the turn.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from random import Random, SystemRandom

from sqlalchemy.ext.asyncio import AsyncSession

from actions import handlers, stages
from actions.casework.chats import lock_chat, remember
from actions.casework.outgoing import Sender, note, queue
from actions.conversation import Conversation
from actions.hall import Hall
from actions.registry import Replies
from actions.scene import Scene
from actions.talk import wishes
from actions.turn import Gathered, Incoming, Reply

Stage = Callable[[Scene], Awaitable[Replies | None]]

STAGES: tuple[Stage, ...] = (
    stages.button,
    stages.human_has_the_chat,
    stages.global_word,
    stages.expected_text,
    stages.paused_form,
    stages.open_form,
    stages.returned_case,
    stages.file_without_form,
    stages.unreadable,
    stages.understood,
)

assert handlers.ALL, "importing the package registers every handler"  # noqa: S101
MAX_TEXT = 4096


async def converse(
    session: AsyncSession, hall: Hall, incoming: Incoming, gathered: Gathered, now: datetime,
    random: Random | None = None,
) -> list[Reply]:  # fmt: skip
    """Take one turn on the open transaction: memory moves, rows change, replies are queued.

    Raises UnderstandingNeeded or FileNeeded: roll back, fetch, and take the turn again.
    """
    row = await lock_chat(session, incoming.chat, now)
    memory = Conversation.from_json(row.state)
    memory.turns += 1
    scene = Scene(session, hall, incoming, memory, gathered, now, random or SystemRandom())
    note(session, incoming.chat, Sender.CITIZEN, spoken(scene), now)
    was_busy = wishes.busy(memory)
    replies = await _answer(scene)
    replies = merge([*replies, *wishes.next_one(scene, was_busy=was_busy)])
    memory.last_at = now.isoformat()
    memory.last_key = replies[-1].key if replies else memory.last_key
    row.blocked = False
    remember(row, memory, now)
    queue(session, incoming.chat, replies, now)
    return replies


async def _answer(scene: Scene) -> Replies:
    warning = stages.danger(scene)
    for stage in STAGES:
        replies = await stage(scene)
        if replies is not None:
            return [*warning, *replies]
    raise AssertionError("the last stage always answers")


def spoken(scene: Scene) -> str:
    """The line of the chat that officers read for what came in."""
    incoming = scene.incoming
    if incoming.text:
        return incoming.text
    if incoming.button is not None:
        return scene.word("umum.catatan.tombol", data=incoming.button)
    if incoming.file is not None:
        return scene.word(f"umum.catatan.{incoming.file.kind}")
    if incoming.location is not None:
        where = incoming.location
        return scene.word("umum.catatan.lokasi", lintang=where.latitude, bujur=where.longitude)
    return scene.word("umum.catatan.kontak" if incoming.contact else "umum.catatan.lain")


def merge(replies: Replies) -> list[Reply]:
    """Join what fits into one message, so that one turn is one message on a weak signal."""
    merged: list[Reply] = []
    for reply in replies:
        if merged and not merged[-1].buttons and merged[-1].ask is None:
            joined = f"{merged[-1].text}\n\n{reply.text}"
            if len(joined) <= MAX_TEXT:
                key = f"{merged[-1].key}+{reply.key}"
                merged[-1] = replace(reply, key=key, text=joined)
                continue
        merged.append(reply)
    return merged
