"""A clock that only tests move."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

FRIDAY_MORNING = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
"""09.00 WIB on a working day."""


class Clock:
    """The time that the bot believes it is."""

    def __init__(self, now: datetime = FRIDAY_MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self.now += by
