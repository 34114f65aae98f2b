"""Periods: their keys, what lies before them, and the whole months inside."""

from __future__ import annotations

from datetime import date

import pytest

from actions.domain.period import (
    BadPeriodError,
    Period,
    choices,
    month_of,
    quarter_of,
    read_period,
    whole_months,
    year_of,
)

DAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-T1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-T4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-10-05_2026-11-20", date(2026, 10, 5), date(2026, 11, 20)),
    ],
)
def test_a_key_is_read_and_written_back(key: str, start: date, end: date) -> None:
    period = read_period(key)
    assert (period.start, period.end, period.key) == (start, end, key)


@pytest.mark.parametrize(
    "key",
    [
        *("", "okt", "2026-13", "2026-00", "2026-T5", "1999-01", "2026-1", "2026-10-05", "a_b"),
        *("2026-11-20_2026-10-05", "2020-01-01_2026-01-01", "2026-02-30_2026-03-01"),
        *("２０２６", "9999-12", "9999-12-01_9999-12-31"),
    ],
)
def test_what_is_no_period_is_refused(key: str) -> None:
    with pytest.raises(BadPeriodError):
        read_period(key)


def test_what_lies_before_is_of_the_same_kind() -> None:
    assert month_of(date(2026, 1, 9)).before.key == "2025-12"
    assert quarter_of(DAY).before.key == "2026-T3"
    assert year_of(DAY).before.key == "2025"
    assert read_period("2026-11-08_2026-11-14").before.key == "2026-11-01_2026-11-07"


@pytest.mark.parametrize(
    ("key", "months", "edges"),
    [
        ("2026-10", "2026-10-01_2026-10-31", []),
        ("2026", "2026-01-01_2026-12-31", []),
        ("2026-10-05_2026-10-20", None, ["2026-10-05_2026-10-20"]),
        ("2026-10-05_2026-11-20", None, ["2026-10-05_2026-11-20"]),
        (
            "2026-09-05_2026-11-20",
            "2026-10-01_2026-10-31",
            ["2026-09-05_2026-09-30", "2026-11-01_2026-11-20"],
        ),
        ("2026-10-01_2026-11-01", "2026-10-01_2026-10-31", ["2026-11-01_2026-11-01"]),
    ],
)
def test_whole_months_are_taken_out(key: str, months: str | None, edges: list[str]) -> None:
    whole, left = whole_months(read_period(key))
    assert (whole and Period(whole.start, whole.end).key) == months
    assert [edge.key for edge in left] == edges


def test_choices_are_newest_first() -> None:
    keys = [period.key for period in choices(DAY, months=3, quarters=2, years=1)]
    assert keys == ["2026-11", "2026-10", "2026-09", "2026-T4", "2026-T3", "2026"]
