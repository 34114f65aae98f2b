"""Makes one date of what was said, or says what is missing.

What is left open (year, month, which Monday) is taken from the side that the field wants:
the latest such day that has passed, or the next one to come; without a side, the nearest.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import product

from actions.forms.context import Unreadable
from actions.forms.dates.clues import Clues, Edge, Shift, find_clues
from actions.forms.dates.plain import plain
from actions.forms.dates.vocabulary import WHILE
from actions.forms.show import DAY_NAMES, MONTH_NAMES, show_date

EARLIEST, LATEST = 1900, 2100
_WEEK = 7
_MONTHS = 12
_LEAP = 8
_CENTURY = 100
_SHORT_YEARS_AHEAD = 10
_MIDDLE = 15
_DAYS_OF_WEEK = {Edge.START: 0, Edge.MIDDLE: 2, Edge.END: 5}


class Bound(StrEnum):
    """On which side of today a date must lie; today fits both."""

    PAST = "lampau"
    COMING = "mendatang"


@dataclass(frozen=True, slots=True)
class _Aim:
    """Today, the side on which the date is expected (-1, 1, or 0), whether it is a birth."""

    today: date
    side: int
    birth: bool

    def accepts(self, day: date) -> bool:
        return (day - self.today).days * self.side >= 0


def read_date(text: str, today: date, bound: Bound | None = None, *, birth: bool = False) -> date:
    """The one date that `text` names.

    A date of `birth` needs its year. Raises `Unreadable` with a key below "tanggal.": kosong
    (no date), hari (which day?), tahun, arah (past or to come?), banyak (several), tidak_ada
    (31 February), hari_beda (the weekday does not fit), lampau or mendatang (the wrong side
    of today), jauh (beyond 1900 to 2100).
    """
    clues = find_clues(plain(text))
    side = clues.side if bound is None else _side_of(bound)
    day = _resolve(clues, _Aim(today, side, birth))
    if not EARLIEST <= day.year <= LATEST:
        raise Unreadable("tanggal.jauh", tanggal=show_date(day))
    if bound is Bound.PAST and day > today:
        raise Unreadable("tanggal.lampau", tanggal=show_date(day))
    if bound is Bound.COMING and day < today:
        raise Unreadable("tanggal.mendatang", tanggal=show_date(day))
    return day


def is_rough(text: str, bound: Bound | None) -> bool:
    """Whether `text` tells hardly more than a time without its day: "minggu lalu", "sejak mei".

    Not where it says that the time is on the other side of today than `bound`.
    """
    clues = find_clues(plain(text))
    named = clues.event or clues.offsets or clues.months or clues.years or clues.shifts
    sides = {*clues.offsets.values(), *(shift.side for shift in clues.shifts)}
    if bound is not None and any(side * _side_of(bound) < 0 for side in sides):
        return False
    return clues.strangers <= 1 if named else clues.vague and not clues.strangers


def tells_when(text: str) -> bool:
    """Whether `text` says what happened then, though no date: "waktu hujan besar"."""
    said = text.lower().split()
    return any(word in WHILE for word in said[:-1])


def _side_of(bound: Bound) -> int:
    return -1 if bound is Bound.PAST else 1


def _resolve(clues: Clues, aim: _Aim) -> date:
    _refuse_several(clues)
    if clues.days:
        return _calendar_day(clues, aim)
    if clues.event:
        raise Unreadable("tanggal.hari")
    if clues.edge:
        return _edge(clues, clues.edge, aim)
    if clues.weekdays:
        return _weekday(clues, aim)
    if clues.shifts and not clues.vague:
        return _shifted(next(iter(clues.shifts)), clues.side or aim.side, aim.today)
    if clues.steps and not _tells_otherwise(clues):
        return aim.today + timedelta(days=max(clues.steps, key=abs))
    if clues.vague or clues.offsets or clues.months or clues.years:
        raise Unreadable("tanggal.hari")
    raise Unreadable("tanggal.kosong")


def _tells_otherwise(clues: Clues) -> bool:
    """Whether "kemarin" or "nanti" stand beside another time: "nanti tahun depan"."""
    other = clues.offsets or clues.months or clues.years
    return bool(other) or (clues.steps == {0} and clues.vague)


def _refuse_several(clues: Clues) -> None:
    found = (clues.days, clues.months, clues.years, clues.weekdays, clues.shifts)
    steps = clues.steps - {0} if not clues.days else set()
    if any(len(values) > 1 for values in (*found, steps)):
        raise Unreadable("tanggal.banyak")


def _calendar_day(clues: Clues, aim: _Aim) -> date:
    """Day with month and year, as far as they were said."""
    if aim.birth:
        clues.years |= clues.doubts
    elif clues.doubts and not clues.years:
        raise Unreadable("tanggal.tahun")
    if aim.birth and not clues.years and not clues.offsets:
        raise Unreadable("tanggal.tahun")
    if not clues.months and (clues.years or "tahun" in clues.offsets):
        raise Unreadable("tanggal.hari")
    options = list(_days(next(iter(clues.days)), clues, aim))
    if not options:
        raise Unreadable("tanggal.tidak_ada", tanggal=_spelt(clues))
    expected = [option for option in options if aim.accepts(option)] or options
    for day in (expected[0], options[0]):
        if not clues.weekdays or day.weekday() in clues.weekdays:
            return day
    weekday = DAY_NAMES[next(iter(clues.weekdays))]
    raise Unreadable("tanggal.hari_beda", tanggal=show_date(expected[0]), hari=weekday)


def _days(day: int, clues: Clues, aim: _Aim) -> Iterator[date]:
    """The dates that can be meant, nearest first."""
    found = (
        date(year, month, day)
        for year, month in _months(clues, aim.today)
        if year and 1 <= month <= _MONTHS and 1 <= day <= monthrange(year, month)[1]
    )
    yield from sorted(
        (option for option in found if aim.birth or _is_likely(option, clues, aim.today)),
        key=lambda option: abs(option - aim.today),
    )


def _is_likely(day: date, clues: Clues, today: date) -> bool:
    """Whether two digits of a year mean this one: up to ten years ahead, else the past."""
    latest = today.year + _SHORT_YEARS_AHEAD
    return not _is_short_year(clues) or latest - _CENTURY < day.year <= latest


def _months(clues: Clues, today: date) -> Iterable[tuple[int, int]]:
    if clues.months:
        return product(_years(clues, today), clues.months)
    offsets = [clues.offsets["bulan"]] if "bulan" in clues.offsets else [-2, -1, 0, 1, 2]
    return (_month_after(today, offset) for offset in offsets)


def _years(clues: Clues, today: date) -> Iterable[int]:
    if clues.years:
        said = int(next(iter(clues.years)))
        century = today.year // _CENTURY * _CENTURY
        return (century + said, century - _CENTURY + said) if _is_short_year(clues) else (said,)
    if "tahun" in clues.offsets:
        return (today.year + clues.offsets["tahun"],)
    return range(today.year - _LEAP, today.year + _LEAP + 1)


def _is_short_year(clues: Clues) -> bool:
    return any(len(year) < len("2026") for year in clues.years)


def _spelt(clues: Clues) -> str:
    months = [MONTH_NAMES[month - 1] for month in clues.months if 1 <= month <= _MONTHS]
    return " ".join([str(next(iter(clues.days))), *months, *clues.years])


def _edge(clues: Clues, edge: Edge, aim: _Aim) -> date:
    """Beginning, middle or end of a month, year or week."""
    if clues.edge_of in {"minggu", "pekan"}:
        return _edge_of_week(edge, clues, aim)
    if clues.edge_of == "tahun":
        return _edge_of_year(edge, clues, aim.today)
    if clues.months:
        first = _calendar_day(replace(clues, days={1}, weekdays=set()), replace(aim, birth=False))
        return _edge_of_month(edge, first.year, first.month)
    return _edge_of_month(edge, *_month_after(aim.today, clues.offsets.get("bulan", 0)))


def _edge_of_week(edge: Edge, clues: Clues, aim: _Aim) -> date:
    day = _monday(aim.today, clues.offsets.get("minggu", 0)) + timedelta(days=_DAYS_OF_WEEK[edge])
    if "minggu" in clues.offsets or aim.accepts(day):
        return day
    return day + timedelta(days=aim.side * _WEEK)


def _edge_of_year(edge: Edge, clues: Clues, today: date) -> date:
    if edge is Edge.MIDDLE or _is_short_year(clues):
        raise Unreadable("tanggal.hari")
    year = int(next(iter(clues.years))) if clues.years else today.year
    year += clues.offsets.get("tahun", 0)
    return date(year, 1, 1) if edge is Edge.START else date(year, 12, 31)


def _edge_of_month(edge: Edge, year: int, month: int) -> date:
    days = {Edge.START: 1, Edge.MIDDLE: _MIDDLE, Edge.END: monthrange(year, month)[1]}
    return date(year, month, days[edge])


def _weekday(clues: Clues, aim: _Aim) -> date:
    """A Monday: of a week that was named, else by the word beside it, else by its side."""
    weekday = next(iter(clues.weekdays))
    week = _named_week(clues)
    if week is not None:
        return _monday(aim.today, week) + timedelta(days=weekday)
    to_come = timedelta(days=(weekday - aim.today.weekday() - 1) % _WEEK + 1)
    passed = timedelta(days=(aim.today.weekday() - weekday - 1) % _WEEK + 1)
    if clues.weekday_word in {"besok", "nanti"}:
        return aim.today + to_come
    if clues.weekday_word in {"lalu", "kemarin"}:
        return aim.today - passed
    return _nearest_weekday(weekday, aim, clues.side or aim.side)


def _named_week(clues: Clues) -> int | None:
    """How many weeks from now: "Jumat depan" is that of next week."""
    if clues.weekday_word in {"ini", "depan"}:
        return int(clues.weekday_word == "depan")
    if "minggu" in clues.offsets:
        return clues.offsets["minggu"]
    weeks = [shift for shift in clues.shifts if shift.unit in {"minggu", "pekan"} and shift.side]
    return weeks[0].count * weeks[0].side if weeks else None


def _nearest_weekday(weekday: int, aim: _Aim, side: int) -> date:
    if side == 0:
        raise Unreadable("tanggal.arah")
    return aim.today + timedelta(days=side * (side * (weekday - aim.today.weekday()) % _WEEK))


def _monday(today: date, week: int) -> date:
    return today + timedelta(days=week * _WEEK - today.weekday())


def _shifted(shift: Shift, side: int, today: date) -> date:
    """Count from today: "3 hari lalu", "sebulan lagi"; years are too vague for a day."""
    if shift.unit == "tahun":
        raise Unreadable("tanggal.hari")
    side = shift.side or side
    if side == 0:
        raise Unreadable("tanggal.arah")
    if shift.unit == "bulan":
        year, month = _month_after(today, side * shift.count)
        return date(year, month, min(today.day, monthrange(year, month)[1]))
    days = shift.count * (1 if shift.unit == "hari" else _WEEK)
    return today + timedelta(days=side * days)


def _month_after(today: date, months: int) -> tuple[int, int]:
    year, month = divmod(today.year * _MONTHS + today.month - 1 + months, _MONTHS)
    return year, month + 1
