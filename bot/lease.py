"""How long a claim on a message holds, though clocks jump and databases are slow.

Processes agree by the wall clock, since they share nothing else. Each of them also counts by a
clock that never jumps: after a jump nobody takes what another may hold, until whoever lives has
renewed it. A claim holds for several times as long as the database takes to answer.
"""

import logging
from datetime import datetime, timedelta

from bot.dependencies import Clock, Ticks

log = logging.getLogger(__name__)

SHORTEST = 8.0
RENEW_AFTER = 2.5
ROUNDS = 4
"""A claim holds for so many rounds with the database."""
JUMP = 2.0
"""Seconds by which two clocks differ after a jump."""


class Lease:
    """The view of one process; `begin` and `end` enclose a round with the database."""

    def __init__(self, clock: Clock, ticks: Ticks) -> None:
        self._clock, self._ticks = clock, ticks
        self._seconds = SHORTEST
        self._seen: tuple[datetime, float] | None = None
        self._jumped_at: float | None = None
        self.begun = 0.0

    def begin(self) -> tuple[datetime, datetime]:
        """Now, and until when a claim that is made or renewed now will hold."""
        now, ticks = self._clock(), self._ticks()
        if self._seen is not None:
            off = (now - self._seen[0]).total_seconds() - (ticks - self._seen[1])
            if abs(off) > JUMP:
                log.warning("the clock has jumped", extra={"seconds": round(off)})
                self._jumped_at = ticks
        self._seen, self.begun = (now, ticks), ticks
        return now, now + self.span

    @property
    def span(self) -> timedelta:
        """How long a claim holds."""
        return timedelta(seconds=self._seconds)

    def end(self) -> bool:
        """Whether the round was quick enough for its claims to be surely held until the next."""
        took = self._ticks() - self.begun
        holds = 2 * took < self._seconds
        self._seconds = max(SHORTEST, ROUNDS * took, self._seconds / 2)
        return holds

    @property
    def shaken(self) -> bool:
        """Whether the clock has jumped, and not everybody may have renewed what they hold."""
        return self._jumped_at is not None and self.begun - self._jumped_at < self._seconds

    def is_old(self, held: float) -> bool:
        """Whether a claim made or renewed then is to be renewed in this round."""
        return self.begun - held > RENEW_AFTER
