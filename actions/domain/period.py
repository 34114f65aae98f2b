"""The time that a report is about: a month, a quarter, a year, or any days of a few years.

A period is known by its key, which stands in addresses: "2026-10", "2026-T3", "2026",
"2026-10-05_2026-11-20".
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST_DAYS = 366 * 5
FIRST_YEAR, LAST_YEAR = 2020, 2100
QUARTER_MONTHS, YEAR_MONTHS = 3, 12
_ONE_DAY = timedelta(days=1)
_KEY = re.compile(r"(\d{4})(?:-(\d{2})|-T([1-4]))?", re.ASCII)


class BadPeriodError(ValueError):
    """What was asked for is no period, ends before it begins, or is too long."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included. `months` is 0 unless they are whole months."""

    start: date
    end: date
    months: int = 0

    @property
    def key(self) -> str:
        """How addresses name it; `read_period` reads it back."""
        year, month = self.start.year, self.start.month
        if self.months == YEAR_MONTHS:
            return f"{year}"
        if self.months == QUARTER_MONTHS:
            return f"{year}-T{month // QUARTER_MONTHS + 1}"
        if self.months:
            return f"{year}-{month:02}"
        return f"{self.start.isoformat()}_{self.end.isoformat()}"

    @property
    def before(self) -> "Period":
        """The period of the same kind that ends where this one begins."""
        if self.months:
            return _of_months(shift(self.start, -self.months), self.months)
        length = self.end - self.start + _ONE_DAY
        return Period(self.start - length, self.start - _ONE_DAY)


def shift(first: date, months: int) -> date:
    """The first day of the month that lies `months` later."""
    years, month = divmod(first.year * YEAR_MONTHS + first.month - 1 + months, YEAR_MONTHS)
    return date(years, month + 1, 1)


def _of_months(first: date, months: int) -> Period:
    return Period(first, shift(first, months) - _ONE_DAY, months)


def month_of(day: date) -> Period:
    """The month that a day lies in."""
    return _of_months(day.replace(day=1), 1)


def quarter_of(day: date) -> Period:
    """The quarter that a day lies in."""
    first = (day.month - 1) // QUARTER_MONTHS * QUARTER_MONTHS + 1
    return _of_months(date(day.year, first, 1), QUARTER_MONTHS)


def year_of(day: date) -> Period:
    """The year that a day lies in."""
    return _of_months(date(day.year, 1, 1), YEAR_MONTHS)


def read_period(key: str) -> Period:
    """The period of a key; raises BadPeriodError."""
    first, _, last = key.partition("_")
    if last:
        return read_range(first, last)
    match = _KEY.fullmatch(key)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise BadPeriodError(key)
    year, month, quarter = match.groups()
    if quarter:
        return _of_months(date(int(year), int(quarter) * QUARTER_MONTHS - 2, 1), QUARTER_MONTHS)
    try:
        first_day = date(int(year), int(month or 1), 1)
    except ValueError as error:
        raise BadPeriodError(key) from error
    return _of_months(first_day, 1 if month else YEAR_MONTHS)


def read_range(first: str, last: str) -> Period:
    """The days from one to another, each as "2026-10-05"; raises BadPeriodError."""
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError as error:
        raise BadPeriodError(f"{first}_{last}") from error
    known = start.year >= FIRST_YEAR and end.year <= LAST_YEAR
    if start > end or (end - start).days >= LONGEST_DAYS or not known:
        raise BadPeriodError(f"{first}_{last}")
    return Period(start, end)


def whole_months(period: Period) -> tuple[Period | None, tuple[Period, ...]]:
    """The whole months inside a period as one, and the days that are left at its edges."""
    first = period.start if period.start.day == 1 else shift(period.start, 1)
    after = shift(period.end + _ONE_DAY, 0)
    if first >= after:
        return None, (period,)
    edges = (Period(period.start, first - _ONE_DAY), Period(after, period.end))
    left = tuple(edge for edge in edges if edge.start <= edge.end)
    return Period(first, after - _ONE_DAY), left


def choices(today: date, *, months: int = 14, quarters: int = 6, years: int = 3) -> list[Period]:
    """What to choose from: the newest months, quarters and years, each newest first."""
    month, quarter, year = month_of(today), quarter_of(today), year_of(today)
    found: list[Period] = []
    for newest, count in ((month, months), (quarter, quarters), (year, years)):
        one = newest
        for _ in range(count):
            found.append(one)
            one = one.before
    return [one for one in found if one.start.year >= FIRST_YEAR]
