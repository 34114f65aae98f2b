"""Terms in working days, days and working hours, across holidays, weekends and standstills."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.domain.calendar import is_open, read_hours
from actions.domain.terms import HOUR, Calendar, Deadline, Measure, Term, term_of
from tests.support.holiday_seed import seed_holidays

HOLIDAYS = frozenset(seed_holidays(2026)) | frozenset(seed_holidays(2027))
HOURS = read_hours(
    {
        **{day: ["08.00-12.00", "13.00-15.30"] for day in ("senin", "selasa", "rabu", "kamis")},
        "jumat": ["08.00-11.30", "13.30-15.00"],
    }
)
CALENDAR = Calendar(HOURS, 5, HOLIDAYS)
JAKARTA = ZoneInfo("Asia/Jakarta")
moments = st.integers(0, 360 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=JAKARTA) + timedelta(minutes=minutes)
)
measures = st.sampled_from(Measure)
lengths = st.integers(1, 60)


def at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=JAKARTA)


def end(deadline: Deadline) -> datetime:
    """The last moment of a term."""
    return deadline.at or datetime.combine(deadline.on, datetime.max.time(), JAKARTA)


@pytest.mark.parametrize(
    ("start", "term", "on", "moment"),
    [
        ("2026-11-27T14:00", Term(3), "2026-12-02", None),
        ("2026-11-27T14:00", Term(3, Measure.DAYS), "2026-11-30", None),
        ("2026-11-27T14:00", Term(0, Measure.DAYS), "2026-11-27", None),
        ("2026-11-27T14:00", Term(1, Measure.WORKING_HOURS), "2026-11-27", "2026-11-27T15:00"),
        ("2026-11-27T14:30", Term(1, Measure.WORKING_HOURS), "2026-11-30", "2026-11-30T08:30"),
        ("2026-11-28T20:00", Term(6, Measure.WORKING_HOURS), "2026-11-30", "2026-11-30T15:00"),
        ("2026-12-24T15:00", Term(2, Measure.WORKING_HOURS), "2026-12-28", "2026-12-28T10:00"),
    ],
)
def test_terms_worked_out_by_hand(start: str, term: Term, on: str, moment: str | None) -> None:
    found = CALENDAR.after(at(start), term)
    assert found == Deadline(date.fromisoformat(on), at(moment) if moment else None)


@given(moments, measures, lengths)
def test_a_term_lasts_as_long_as_it_says(start: datetime, measure: Measure, length: int) -> None:
    deadline = CALENDAR.after(start, Term(length, measure))
    assert term_of(CALENDAR.passed(start, end(deadline), measure), measure) == Term(
        length, measure
    )
    assert end(deadline) > start
    assert deadline.on == end(deadline).date()


@given(moments, lengths)
def test_hours_end_while_the_office_is_open(start: datetime, length: int) -> None:
    deadline = CALENDAR.after(start, Term(length, Measure.WORKING_HOURS))
    assert deadline.at is not None
    assert is_open(deadline.at - timedelta(minutes=1), HOURS, HOLIDAYS)


@given(st.lists(moments, min_size=3, max_size=3).map(sorted), measures)
def test_time_adds_up(times: list[datetime], measure: Measure) -> None:
    parts = [CALENDAR.passed(*pair, measure) for pair in pairwise(times)]
    assert sum(parts) == CALENDAR.passed(times[0], times[-1], measure)
    assert CALENDAR.passed(times[-1], times[0], measure) == 0


@given(moments, measures, lengths, st.integers(0, 40 * 24 * 60), st.integers(0, 40 * 24 * 60))
def test_a_standstill_takes_nothing_of_a_term(
    start: datetime, measure: Measure, length: int, wait: int, standstill: int
) -> None:
    """What was left when it began is left when it is over."""
    deadline = CALENDAR.after(start, Term(length, measure))
    stopped = min(start + timedelta(minutes=wait), end(deadline))
    again = stopped + timedelta(minutes=standstill)
    left = CALENDAR.passed(stopped, end(deadline), measure)
    lost = CALENDAR.passed(stopped, again, measure)
    later = CALENDAR.put_off(deadline, lost, measure)
    assert CALENDAR.passed(again, end(later), measure) == left
    assert CALENDAR.passed(end(deadline), end(later), measure) == lost


@given(moments, lengths, lengths)
def test_a_longer_term_ends_later(start: datetime, one: int, other: int) -> None:
    for measure in Measure:
        ends = [end(CALENDAR.after(start, Term(n, measure))) for n in sorted({one, other})]
        assert ends == sorted(set(ends))


def test_an_hour_that_is_begun_is_not_said() -> None:
    assert term_of(2 * HOUR - 1, Measure.WORKING_HOURS) == Term(1, Measure.WORKING_HOURS)
    assert term_of(5, Measure.DAYS) == Term(5, Measure.DAYS)
