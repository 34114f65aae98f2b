"""How long something may take: so many working days, days of the calendar, or working hours."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from actions.domain.calendar import (
    Hours,
    add_working_days,
    add_working_minutes,
    count_working_days,
    working_minutes,
)

HOUR = 60


class Measure(StrEnum):
    """What a term is counted in; working hours are those in which the unit is open."""

    WORKING_DAYS = "hari_kerja"
    DAYS = "hari"
    WORKING_HOURS = "jam_kerja"


@dataclass(frozen=True, slots=True)
class Term:
    """So many working days, days or working hours."""

    length: int
    measure: Measure = Measure.WORKING_DAYS


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day with which a term is over, or the moment of that day where hours are counted."""

    on: date
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days and hours on which a unit works. Moments are on the office's clock.

    Time that has passed is told in whole days, and in minutes where hours are counted.
    """

    hours: Hours
    week: int
    holidays: Container[date]

    def after(self, start: datetime, term: Term) -> Deadline:
        """When a term ends that begins at `start`; a first day does not count."""
        if term.measure is Measure.WORKING_HOURS:
            return self._in_minutes(start, term.length * HOUR)
        if term.measure is Measure.DAYS:
            return Deadline(start.date() + timedelta(days=term.length))
        return Deadline(add_working_days(start.date(), term.length, self.week, self.holidays))

    def put_off(self, deadline: Deadline, passed: int, measure: Measure) -> Deadline:
        """The deadline later by time that has `passed` without counting."""
        if measure is Measure.WORKING_HOURS and deadline.at is not None:
            return self._in_minutes(deadline.at, passed)
        if measure is Measure.DAYS:
            return Deadline(deadline.on + timedelta(days=passed))
        return Deadline(add_working_days(deadline.on, passed, self.week, self.holidays))

    def passed(self, start: datetime, end: datetime, measure: Measure) -> int:
        """How much lies between two moments; 0 when `end` is earlier."""
        if measure is Measure.WORKING_HOURS:
            return working_minutes(start, end, self.hours, self.holidays)
        if measure is Measure.DAYS:
            return max((end.date() - start.date()).days, 0)
        return count_working_days(start.date(), end.date(), self.week, self.holidays)

    def _in_minutes(self, start: datetime, minutes: int) -> Deadline:
        moment = add_working_minutes(start, minutes, self.hours, self.holidays)
        if moment is None:
            raise ValueError("the office is never open: check its hours")
        return Deadline(moment.date(), moment)


def term_of(passed: int, measure: Measure) -> Term:
    """Time as people say it: of an hour that is begun nothing."""
    return Term(passed // HOUR if measure is Measure.WORKING_HOURS else passed, measure)
