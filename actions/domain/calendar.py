"""Working days and opening hours of the office.

Moments are office-local (the caller converts from UTC; an aware one keeps its zone).
Holidays are the dates on which the office is closed, joint leave included.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

DAY_KEYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
"""Keys of the days in data files, Monday first, as `date.weekday()` counts."""

_ONE_DAY = timedelta(days=1)
_LONGEST_CLOSURE = 60
_INTERVAL = re.compile(r"(\d{1,2})[.:](\d{2})\s*[-–]\s*(\d{1,2})[.:](\d{2})")


class BadHoursError(ValueError):
    """Opening hours in a data file cannot be read; the message says which part."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From when to when the office is open on one day, without a break."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours of a week: the intervals of each weekday, Monday is 0."""

    days: Mapping[int, tuple[Interval, ...]]

    def on(self, day: date) -> tuple[Interval, ...]:
        """Intervals of that weekday, holidays not considered."""
        return self.days.get(day.weekday(), ())


def read_hours(data: Mapping[str, Sequence[str]]) -> Hours:
    """Make `Hours` from `{"senin": ["08.00-12.00", "13.00-15.30"], ...}`.

    Raises `BadHoursError` for an unknown day, an unreadable time, or intervals out of order.
    """
    unknown = [day for day in data if day not in DAY_KEYS]
    if unknown:
        raise BadHoursError(unknown[0])
    days = {DAY_KEYS.index(day): _read_day(texts) for day, texts in data.items()}
    return Hours({weekday: intervals for weekday, intervals in days.items() if intervals})


USUAL_HOURS = Hours({day: (Interval(time(8), time(16)),) for day in range(5)})
"""Of an office that says none."""


def _read_day(texts: Sequence[str]) -> tuple[Interval, ...]:
    intervals = tuple(_read_interval(text) for text in texts)
    edges = [edge for interval in intervals for edge in (interval.start, interval.end)]
    if any(later <= earlier for earlier, later in pairwise(edges)):
        raise BadHoursError(", ".join(texts))
    return intervals


def _read_interval(text: str) -> Interval:
    match = _INTERVAL.fullmatch(text.strip())
    if match is None:
        raise BadHoursError(text)
    hour, minute, end_hour, end_minute = map(int, match.groups())
    try:
        return Interval(time(hour, minute), time(end_hour, end_minute))
    except ValueError as error:
        raise BadHoursError(text) from error


def is_working_day(day: date, week: int, holidays: Container[date]) -> bool:
    """Whether offices with a week of 5 (Monday-Friday) or 6 days work on `day`."""
    return day.weekday() < week and day not in holidays


def add_working_days(start: date, days: int, week: int, holidays: Container[date]) -> date:
    """The working day that is `days` working days after `start`, which does not count.

    With 0 it is `start` itself, or the first working day after it.
    """
    day = start if days else start - _ONE_DAY
    for _ in range(max(days, 1)):
        day = _next_working_day(day, week, holidays)
    return day


def _next_working_day(day: date, week: int, holidays: Container[date]) -> date:
    for _ in range(_LONGEST_CLOSURE):
        day += _ONE_DAY
        if is_working_day(day, week, holidays):
            return day
    raise ValueError("no working day within two months: check the table of holidays")


def count_working_days(start: date, end: date, week: int, holidays: Container[date]) -> int:
    """How many working days lie after `start` up to and with `end`; 0 when `end` is earlier."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, week, holidays) for day in days)


def working_day_before(day: date, days: int, week: int, holidays: Container[date]) -> date:
    """The working day that lies `days` working days before `day`."""
    for _ in range(days):
        day -= _ONE_DAY
        while not is_working_day(day, week, holidays):
            day -= _ONE_DAY
    return day


def working_minutes(
    start: datetime, end: datetime, hours: Hours, holidays: Container[date]
) -> int:
    """For how many minutes the office is open from `start` to `end`; 0 when `end` is earlier."""
    days = max((end.date() - start.date()).days, 0)
    pieces = _openings(start, days, hours, holidays)
    spans = (min(end, closes) - max(start, opens) for opens, closes in pieces)
    return sum(max(span, timedelta(0)) // timedelta(minutes=1) for span in spans)


def add_working_minutes(
    start: datetime, minutes: int, hours: Hours, holidays: Container[date]
) -> datetime | None:
    """The moment when the office has been open for `minutes` since `start`; None if never."""
    left = timedelta(minutes=minutes)
    for opens, closes in _openings(start, _LONGEST_CLOSURE + minutes, hours, holidays):
        begin = max(start, opens)
        if begin <= closes and closes - begin >= left:
            return begin + left
        left -= max(closes - begin, timedelta(0))
    return None


def is_open(now: datetime, hours: Hours, holidays: Container[date]) -> bool:
    """Whether the office is open at this moment."""
    return any(opens <= now < closes for opens, closes in _openings(now, 0, hours, holidays))


def next_opening(now: datetime, hours: Hours, holidays: Container[date]) -> datetime | None:
    """When the office opens next after `now`; None when it never does."""
    openings = _openings(now, _LONGEST_CLOSURE, hours, holidays)
    return next((opens for opens, _ in openings if opens > now), None)


def closing(now: datetime, hours: Hours, holidays: Container[date]) -> datetime | None:
    """When the office closes for good today; None when it has closed or stays closed."""
    ends = [closes for _, closes in _openings(now, 0, hours, holidays) if closes > now]
    return ends[-1] if ends else None


def _openings(
    start: datetime, days: int, hours: Hours, holidays: Container[date]
) -> Iterator[tuple[datetime, datetime]]:
    """Opening and closing moments from the day of `start` to `days` days later."""
    for offset in range(days + 1):
        day = start.date() + timedelta(days=offset)
        if day in holidays:
            continue
        for interval in hours.on(day):
            yield (
                datetime.combine(day, interval.start, start.tzinfo),
                datetime.combine(day, interval.end, start.tzinfo),
            )
