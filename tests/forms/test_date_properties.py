"""What holds for every date, every today, and any words."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from actions.forms.context import Unreadable
from actions.forms.dates import Bound, read_date
from actions.forms.show import DAY_NAMES, MONTH_NAMES, show_date

TODAY = date(2026, 11, 24)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
todays = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@given(days, todays)
def test_what_is_shown_is_read(day: date, today: date) -> None:
    assert read_date(show_date(day), today) == day


@given(days, todays, st.sampled_from(["{d}-{m}-{y}", "{d:02}/{m:02}/{y}", "{y}-{m:02}-{d:02}"]))
def test_dates_in_numbers_are_read(day: date, today: date, shape: str) -> None:
    assert read_date(shape.format(d=day.day, m=day.month, y=day.year), today) == day


@given(days, todays, st.sampled_from(["tgl {} {}", "{} {} pak", "kejadiannya {} {} kemarin itu"]))
def test_a_date_without_year_is_the_nearest_on_its_side(
    day: date, today: date, shape: str
) -> None:
    text = shape.format(day.day, MONTH_NAMES[day.month - 1].lower())
    past = read_date(text, today, Bound.PAST)
    coming = read_date(text, today, Bound.COMING)
    assert (past.day, past.month) == (coming.day, coming.month) == (day.day, day.month)
    assert past <= today <= coming
    assert coming - past <= timedelta(days=8 * 366)


@given(st.sampled_from(DAY_NAMES), todays)
def test_a_weekday_is_within_a_week_on_its_side(name: str, today: date) -> None:
    past = read_date(f"hari {name}", today, Bound.PAST)
    coming = read_date(f"hari {name}", today, Bound.COMING)
    assert DAY_NAMES[past.weekday()] == DAY_NAMES[coming.weekday()] == name
    assert timedelta(0) <= today - past < timedelta(days=7)
    assert timedelta(0) <= coming - today < timedelta(days=7)


@given(st.integers(1, 999), todays)
def test_counts_of_days_go_both_ways(count: int, today: date) -> None:
    assert read_date(f"{count} hari lalu", today) == today - timedelta(days=count)
    assert read_date(f"{count} hari lagi", today) == today + timedelta(days=count)


BITS = """tgl 5 31 des senin minggu hari lalu depan akhir awal bulan tahun besok kemarin 2026
    85 17/8 yg dua ini malam atau jam 9 sejak beberapa"""
WORDS = st.sampled_from(BITS.split())


@given(st.lists(WORDS, max_size=8).map(" ".join) | st.text(), st.sampled_from([None, *Bound]))
def test_any_words_give_a_day_within_bounds_or_an_explanation(
    text: str, bound: Bound | None
) -> None:
    try:
        day = read_date(text, TODAY, bound)
    except Unreadable as error:
        assert error.key.startswith("tanggal.")  # noqa: PT017
        return
    assert 1900 <= day.year <= 2100
    assert bound is not Bound.PAST or day <= TODAY
    assert bound is not Bound.COMING or day >= TODAY
    assert read_date(show_date(day), TODAY, bound) == day
