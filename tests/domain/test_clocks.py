"""The promised date moves by the time that a case waited for its citizen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.domain.calendar import add_working_days, is_working_day
from actions.domain.clocks import Clock, Pause, days_late, due_date, pauses_in
from actions.domain.holiday_seed import seed_holidays
from actions.domain.status import Status

HOLIDAYS = frozenset(seed_holidays(2026)) | frozenset(seed_holidays(2027))
MONDAY = date(2026, 11, 23)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def nov(day: int) -> date:
    return date(2026, 11, day)


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        ([], nov(26)),
        ([Pause(nov(24), nov(26))], nov(30)),
        ([Pause(nov(24), nov(24))], nov(26)),
        ([Pause(nov(24), nov(25)), Pause(nov(26), nov(27))], nov(30)),
        ([Pause(nov(27), nov(30))], nov(26)),
        ([Pause(nov(26), nov(27)), Pause(nov(24), nov(25))], nov(30)),
        ([Pause(nov(25))], nov(30)),
    ],
)
def test_three_working_days_with_pauses(pauses: list[Pause], due: date) -> None:
    clock = Clock(MONDAY, 3)
    assert due_date(clock, pauses, today=nov(27), holidays=HOLIDAYS) == due


def test_a_pause_that_lasts_moves_the_date_every_working_day() -> None:
    clock = Clock(MONDAY, 3)
    dues = [
        due_date(clock, [Pause(nov(24))], today=nov(day), holidays=HOLIDAYS)
        for day in (24, 25, 26)
    ]
    assert dues == [nov(26), nov(27), nov(30)]


def test_pauses_are_read_from_the_history() -> None:
    history = [
        (nov(23), Status.SUBMITTED),
        (nov(24), Status.INCOMPLETE),
        (nov(26), Status.SUBMITTED),
        (nov(27), Status.IN_REVIEW),
        (nov(30), Status.INCOMPLETE),
    ]
    assert pauses_in(history) == (Pause(nov(24), nov(26)), Pause(nov(30)))
    assert pauses_in(history[:1]) == ()


def test_two_paused_statuses_in_a_row_are_one_pause() -> None:
    history = [(nov(24), Status.FORWARDED), (nov(25), Status.AWAITING_REPLY)]
    assert pauses_in([*history, (nov(27), Status.RESOLVED)]) == (Pause(nov(24), nov(27)),)


def test_lateness_ends_when_the_paper_is_ready() -> None:
    history = [(nov(23), Status.SUBMITTED), (nov(28), Status.READY), (nov(30), Status.HANDED_OVER)]
    assert days_late(nov(26), history[:1], today=nov(27)) == 1
    assert days_late(nov(26), history[:2], today=nov(30)) == 2
    assert days_late(nov(26), history[:1], today=nov(25)) == 0


def test_lateness_goes_on_when_a_finished_paper_was_wrong() -> None:
    history = [(nov(25), Status.READY), (nov(26), Status.IN_REVIEW)]
    assert days_late(nov(26), history, today=nov(29)) == 3


@given(days, st.integers(0, 30), st.lists(st.tuples(days, st.integers(0, 20)), max_size=4))
def test_pauses_only_ever_move_the_date_back(
    start: date, promised: int, waits: list[tuple[date, int]]
) -> None:
    clock = Clock(start, promised)
    pauses = [Pause(begin, begin + timedelta(days=length)) for begin, length in waits]
    due = due_date(clock, pauses, today=start, holidays=HOLIDAYS)
    assert due >= add_working_days(start, promised, 5, HOLIDAYS)
    assert is_working_day(due, 5, HOLIDAYS)
