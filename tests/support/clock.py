"""A clock that only tests move."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

FRIDAY_MORNING = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
"""09.00 WIB on a working day."""


class Clock:
    """The time that the bot believes it is. While time passes `ticks` count its seconds."""

    def __init__(self, now: datetime = FRIDAY_MORNING) -> None:
        self._now, self._ticks = now, 0.0

    def __call__(self) -> datetime:
        return self._now

    @property
    def now(self) -> datetime:
        """The time; setting it lets time pass until then."""
        return self._now

    @now.setter
    def now(self, then: datetime) -> None:
        self.move(then - self._now)

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self._now += by
        self._ticks += by.total_seconds()

    def jump(self, by: timedelta) -> None:
        """Set the clock, while no time passes."""
        self._now += by

    def ticks(self) -> float:
        """Seconds that have passed, whatever the clock was set to."""
        return self._ticks
