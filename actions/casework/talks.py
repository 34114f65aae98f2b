"""What conversations with the bot came to, without a word of them: for reports on the bot."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions.domain.memory import ChatMemory
from actions.storage.batches import delete_some
from actions.storage.tables import Talk

PAUSE = timedelta(hours=6)
"""After so long a silence another conversation begins."""

NOT_UNDERSTOOD = frozenset({"umum.tidak_paham", "umum.paham_terbatas", "petugas.tidak_paham"})
WRONG_GUESS = ("none", "not")
"""Buttons by which a citizen says that something else was meant."""


@dataclass(frozen=True, slots=True)
class Said:
    """One turn as far as it counts: the keys of the replies, and the button that was pressed."""

    replies: Collection[str]
    button: str | None

    @property
    def missed(self) -> bool:
        """Whether the bot had to say that it did not understand."""
        keys = {key for reply in self.replies for key in reply.split("+")}
        return not keys.isdisjoint(NOT_UNDERSTOOD)

    @property
    def corrected(self) -> bool:
        """Whether the citizen said that something else was meant."""
        return self.button is not None and self.button.partition(":")[0] in WRONG_GUESS


async def note_turn(
    session: AsyncSession, chat: str, memory: ChatMemory, said: Said, now: datetime
) -> None:
    """Count a turn to the conversation that goes on, or to one that begins with it."""
    talk = await _going_on(session, memory, now)
    if talk is None:
        talk = Talk(chat=chat, begun_at=now, turns=0, missed=0, corrected=0, human=False)
        session.add(talk)
    talk.turns += 1
    talk.missed += said.missed
    talk.corrected += said.corrected
    talk.human = talk.human or memory.with_human or memory.escalation is not None
    talk.stuck = said.missed or memory.draft is not None
    await session.flush()
    memory.talk = talk.id


async def _going_on(session: AsyncSession, memory: ChatMemory, now: datetime) -> Talk | None:
    if memory.talk is None or memory.seconds_since(now) > PAUSE.total_seconds():
        return None
    return await session.get(Talk, memory.talk)


async def prune(session: AsyncSession, now: datetime, keep: timedelta) -> int:
    """Delete conversations that began before the retention period; returns how many."""
    return await delete_some(session, Talk, Talk.begun_at < now - keep)
