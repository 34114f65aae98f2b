"""Working days and opening hours, with the vectors that were computed by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.domain.calendar import (
    BadHoursError,
    Hours,
    Interval,
    add_working_days,
    add_working_minutes,
    closing,
    count_working_days,
    is_open,
    is_working_day,
    next_opening,
    read_hours,
)
from tests.support.holiday_seed import seed_holidays

HOLIDAYS = frozenset(seed_holidays(2026)) | frozenset(seed_holidays(2027))
HOURS = read_hours(
    {
        **{day: ["08.00-12.00", "13.00-15.30"] for day in ("senin", "selasa", "rabu", "kamis")},
        "jumat": ["08.00-11.30", "13.30-15.00"],
    }
)
days_2026 = st.dates(date(2026, 1, 1), date(2026, 12, 31))
JAKARTA = ZoneInfo("Asia/Jakarta")
moments = st.integers(0, 360 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=JAKARTA) + timedelta(minutes=minutes)
)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-03-13", 3, "2026-03-25"),
        ("2026-03-13", 5, "2026-03-27"),
        ("2026-03-13", 10, "2026-04-06"),
        ("2026-03-13", 14, "2026-04-10"),
        ("2026-03-13", 60, "2026-06-24"),
        ("2026-12-22", 3, "2026-12-29"),
        ("2026-08-14", 3, "2026-08-20"),
        ("2026-05-13", 3, "2026-05-20"),
        ("2026-11-24", 0, "2026-11-24"),
        ("2026-11-28", 0, "2026-11-30"),
    ],
)
def test_working_days_of_a_five_day_week(start: str, days: int, due: str) -> None:
    assert add_working_days(date.fromisoformat(start), days, 5, HOLIDAYS) == date.fromisoformat(
        due
    )


def test_saturday_counts_in_a_six_day_week() -> None:
    assert add_working_days(date(2026, 11, 27), 1, 6, HOLIDAYS) == date(2026, 11, 28)
    assert add_working_days(date(2026, 11, 27), 2, 6, HOLIDAYS) == date(2026, 11, 30)


@given(days_2026, st.integers(0, 60), st.sampled_from([5, 6]))
def test_the_result_is_a_working_day_that_far_away(start: date, days: int, week: int) -> None:
    due = add_working_days(start, days, week, HOLIDAYS)
    assert is_working_day(due, week, HOLIDAYS)
    if days:
        assert count_working_days(start, due, week, HOLIDAYS) == days


@given(days_2026, st.integers(1, 30), st.integers(1, 30))
def test_days_add_up(start: date, first: int, second: int) -> None:
    halfway = add_working_days(start, first, 5, HOLIDAYS)
    assert add_working_days(halfway, second, 5, HOLIDAYS) == add_working_days(
        start, first + second, 5, HOLIDAYS
    )


def test_a_table_that_closes_the_office_for_months_is_an_error() -> None:
    closed = {date(2026, 1, 1) + timedelta(days=n) for n in range(200)}
    with pytest.raises(ValueError, match="table of holidays"):
        add_working_days(date(2026, 1, 1), 1, 5, closed)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


@pytest.mark.parametrize(
    ("now", "opened", "opens_next", "closes"),
    [
        ("2026-11-24T07:59", False, "2026-11-24T08:00", "2026-11-24T15:30"),
        ("2026-11-24T08:00", True, "2026-11-24T13:00", "2026-11-24T15:30"),
        ("2026-11-24T12:30", False, "2026-11-24T13:00", "2026-11-24T15:30"),
        ("2026-11-24T15:30", False, "2026-11-25T08:00", None),
        ("2026-11-27T12:30", False, "2026-11-27T13:30", "2026-11-27T15:00"),
        ("2026-11-27T15:01", False, "2026-11-30T08:00", None),
        ("2026-12-24T09:00", False, "2026-12-28T08:00", None),
    ],
)
def test_the_office_opens_and_closes(
    now: str, opened: bool, opens_next: str, closes: str | None
) -> None:
    assert is_open(at(now), HOURS, HOLIDAYS) is opened
    assert next_opening(at(now), HOURS, HOLIDAYS) == at(opens_next)
    assert closing(at(now), HOURS, HOLIDAYS) == (at(closes) if closes else None)


def test_an_office_without_hours_never_opens() -> None:
    assert next_opening(at("2026-11-24T08:00"), Hours({}), HOLIDAYS) is None
    assert add_working_minutes(at("2026-11-24T08:00"), 5, Hours({}), HOLIDAYS) is None


def test_an_aware_moment_keeps_its_zone() -> None:
    opens = next_opening(datetime(2026, 11, 24, 7, tzinfo=UTC), HOURS, HOLIDAYS)
    assert opens == datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-24T08:00", 390, "2026-11-24T15:30"),
        ("2026-11-24T11:50", 20, "2026-11-24T13:10"),
        ("2026-11-27T11:00", 150, "2026-11-30T08:30"),
        ("2026-12-23T15:00", 45, "2026-12-28T08:15"),
    ],
)
def test_minutes_of_opening_are_added(start: str, minutes: int, end: str) -> None:
    assert add_working_minutes(at(start), minutes, HOURS, HOLIDAYS) == at(end)


def test_hours_are_read_from_data() -> None:
    hours = read_hours({"senin": ["08.00-12.00", "13:00 - 15:30"], "minggu": []})
    assert hours.days == {0: (Interval(time(8), time(12)), Interval(time(13), time(15, 30)))}


@pytest.mark.parametrize(
    "data",
    [
        {"monday": ["08.00-12.00"]},
        {"senin": ["8-12"]},
        {"senin": ["08.00-25.00"]},
        {"senin": ["12.00-08.00"]},
        {"senin": ["13.00-15.00", "08.00-12.00"]},
    ],
)
def test_hours_that_cannot_be_are_refused(data: dict[str, list[str]]) -> None:
    with pytest.raises(BadHoursError):
        read_hours(data)
