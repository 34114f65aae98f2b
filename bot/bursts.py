"""The updates of a chat that are taken as one turn: see `actions.domain.bursts`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import inbox
from actions.catalogue.reference import ReferenceData
from actions.dialogue.stages.early import stands_alone
from actions.domain.brakes import Braked, is_rushing
from actions.domain.bursts import Piece, Quiet, Waiting, next_burst
from actions.domain.danger import find_danger
from actions.domain.memory import ChatMemory
from actions.storage.tables import Chat, Inbox
from bot.channels import Channel
from bot.dependencies import Dependencies


@dataclass(frozen=True, slots=True)
class Gathering:
    """Gathers for one channel; a window of no length keeps each message a turn."""

    deps: Dependencies
    channel: Channel

    async def gather(
        self,
        session: AsyncSession,
        chat: Chat,
        first: Inbox,
        now: datetime,
        *,
        alone: bool,
    ) -> tuple[Sequence[Inbox], float]:
        """The updates of the turn that begins with `first`, and the seconds until it may begin.

        `alone` says that none waits behind it. What failed once is taken by itself, so that one
        update that cannot be handled is set aside without the others.
        """
        reference, window = self.deps.reference, self.deps.quiet_window
        memory = ChatMemory.from_json(chat.state)
        piece = self._piece(reference, first.payload)
        if not window or piece is None or first.attempts or memory.with_human:
            return [first], 0.0
        # One more than the brake lets through: a flood is one turn, one answer and its word.
        most = reference.limits.messages + 1
        rows = [first]
        if not alone:
            rows += await inbox.behind(session, first, most)
        waiting = [Waiting(self._piece(reference, row.payload), row.received_at) for row in rows]
        rushed = is_rushing(chat.brakes or {}, Braked.MESSAGES, now)
        open_ended = memory.open_ended and memory.awaited is None
        quiet = Quiet(window, open_ended or rushed, most)
        burst = next_burst(waiting, quiet, now)
        hurries = _is_danger(reference, waiting[: burst.size])
        return rows[: burst.size], 0.0 if hurries else burst.wait

    def _piece(self, reference: ReferenceData, payload: Any) -> Piece | None:
        """A word that always works, or a command, is a turn by itself."""
        piece = self.channel.piece(payload)
        if piece is None or not piece.words or not stands_alone(reference, piece.words):
            return piece
        return None


def _is_danger(reference: ReferenceData, waiting: Sequence[Waiting]) -> bool:
    """Whether somebody tells of danger, and does not wait for anything."""
    words = "\n".join(one.piece.words for one in waiting if one.piece)
    return bool(words) and find_danger(words, reference.danger) is not None
