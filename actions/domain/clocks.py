"""By when a case is promised: working days, less the time that waited for the citizen."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from actions.domain.calendar import add_working_days, count_working_days
from actions.domain.status import Status, pauses_clock, stops_clock


@dataclass(frozen=True, slots=True)
class Pause:
    """From when to when a case waited for somebody else; no end while it still waits."""

    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A promise of `days` working days from `start`, in a week of 5 or 6 days."""

    start: date
    days: int
    week: int = 5


def pauses_in(history: Iterable[tuple[date, Status]]) -> tuple[Pause, ...]:
    """The pauses of a case from the days on which it reached its statuses, oldest first."""
    pauses: list[Pause] = []
    since: date | None = None
    for day, status in history:
        if pauses_clock(status):
            since = since or day
        elif since is not None:
            pauses.append(Pause(since, day))
            since = None
    return (*pauses, Pause(since)) if since is not None else tuple(pauses)


def due_date(
    clock: Clock, pauses: Iterable[Pause], *, today: date, holidays: Container[date]
) -> date:
    """The promised date; each pause that began before it moves it by its working days.

    A pause that still lasts counts up to `today`, so the date moves on with every day.
    """
    due = add_working_days(clock.start, clock.days, clock.week, holidays)
    for pause in sorted(pauses, key=lambda pause: pause.start):
        waited = count_working_days(pause.start, pause.end or today, clock.week, holidays)
        if pause.start <= due and waited:
            due = add_working_days(due, waited, clock.week, holidays)
    return due


def days_late(due: date, history: Iterable[tuple[date, Status]], today: date) -> int:
    """Calendar days after the promised date, up to the day on which the clock stopped."""
    stopped: date | None = None
    for day, status in history:
        stopped = day if stops_clock(status) else None
    return max(((stopped or today) - due).days, 0)
