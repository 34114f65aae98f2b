"""What conversations with the bot came to, without a word of them: for reports on the bot."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, bindparam, insert, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.domain.memory import ChatMemory
from actions.storage.batches import delete_some
from actions.storage.engine import rows_of
from actions.storage.tables import Talk

PAUSE = timedelta(hours=6)
"""After so long a silence another conversation begins."""

NOT_UNDERSTOOD = frozenset({"umum.tidak_paham", "umum.paham_terbatas", "petugas.tidak_paham"})
WRONG_GUESS = ("none", "not")
"""Buttons by which a citizen says that something else was meant."""

_TALKS = cast(Table, Talk.__table__)
_BEGIN = insert(_TALKS).returning(_TALKS.c.id)
_COUNT = (
    update(_TALKS)
    .where(_TALKS.c.id == bindparam("talk"))
    .values(
        turns=_TALKS.c.turns + 1,
        missed=_TALKS.c.missed + bindparam("new_missed"),
        corrected=_TALKS.c.corrected + bindparam("new_corrected"),
        human=or_(_TALKS.c.human, bindparam("new_human")),
        stuck=bindparam("new_stuck"),
    )
)


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
    counts = {
        "missed": int(said.missed),
        "corrected": int(said.corrected),
        "human": memory.with_human or memory.escalation is not None,
        "stuck": said.missed or memory.draft is not None,
    }
    if not await _goes_on(session, memory, counts, now):
        begun = {"chat": chat, "begun_at": now, "turns": 1, **counts}
        memory.talk = await session.scalar(_BEGIN, begun)


async def _goes_on(
    session: AsyncSession, memory: ChatMemory, counts: dict[str, int], now: datetime
) -> bool:
    """Count to the conversation that was remembered, unless it is over or was deleted."""
    if memory.talk is None or memory.seconds_since(now) > PAUSE.total_seconds():
        return False
    told = {f"new_{name}": value for name, value in counts.items()}
    counted = await session.execute(_COUNT, {"talk": memory.talk, **told})
    return rows_of(counted) > 0


async def prune(session: AsyncSession, now: datetime, keep: timedelta) -> int:
    """Delete conversations that began before the retention period; returns how many."""
    return await delete_some(session, Talk, Talk.begun_at < now - keep)
