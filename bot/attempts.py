"""The tries of one turn: what was gathered for it, and when a failing one is tried again."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from actions.domain.messages import Fetched
from actions.storage.tables import Inbox

# Seconds after its arrival that a failing update is taken for the first, second ... time.
TRY_AFTER = (0.0, 1.0, 4.0, 10.0)


@dataclass
class Attempt:
    """What was gathered for the oldest updates of a chat, until those are other ones."""

    chat: str
    row: int | None = None
    payload: Any = None
    burst: tuple[int, ...] = ()
    fetched: Fetched = field(default_factory=Fetched)

    def hold(self, rows: Sequence[Inbox]) -> None:
        """Drop what belongs to updates that are not the next turn, or not all of it."""
        burst = tuple(row.id for row in rows)
        if self.burst != burst:
            self.row, self.payload, self.burst = rows[0].id, rows[0].payload, burst
            self.fetched = replace(self.fetched, understanding=None, page=None)


def wait_before(row: Inbox, now: datetime) -> float:
    """Seconds until an update that failed before is tried again."""
    if row.attempts == 0:
        return 0.0
    pause = TRY_AFTER[min(row.attempts, len(TRY_AFTER) - 1)]
    wait = pause - (now - row.received_at).total_seconds()
    return wait if 0 < wait <= pause else 0.0  # longer: it came by a wrong clock
