"""Counting what one chat does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from actions.domain.brakes import SPANS, Brake, Braked, count, is_rushing
from tests.support.clock import FRIDAY_MORNING

START = FRIDAY_MORNING + timedelta(seconds=20)
LIMIT = 3


def counted(*seconds: float, what: Braked = Braked.MESSAGES) -> list[Brake | None]:
    """What comes of each, so many seconds after the start."""
    counts: dict[str, Any] = {}
    brakes = []
    for second in seconds:
        counts, brake = count(counts, what, LIMIT, START + timedelta(seconds=second))
        brakes.append(brake)
    return brakes


def test_as_many_as_the_limit_pass_and_then_it_brakes_until_a_full_minute() -> None:
    *passed, first, second = counted(0, 1, 2, 3, 4)
    until = FRIDAY_MORNING + timedelta(minutes=2)
    assert passed == [None] * LIMIT
    assert (first, second) == (Brake(until, first=True), Brake(until, first=False))


def test_after_that_minute_it_begins_anew() -> None:
    *_, held, free = counted(0, 1, 2, 3, 99, 100)
    assert (held is not None, free) == (True, None)


@pytest.mark.parametrize(
    ("apart", "number", "rushes"), [(0.2, 5, True), (0.2, 4, False), (2.0, 30, False)]
)
def test_who_rushes_writes_faster_than_by_hand(apart: float, number: int, *, rushes: bool) -> None:
    counts: dict[str, Any] = {}
    last = START
    for each in range(number):
        last = START + timedelta(seconds=each * apart)
        counts, _ = count(counts, Braked.MESSAGES, 100, last)
    assert is_rushing(counts, Braked.MESSAGES, last) is rushes


def test_who_goes_slowly_is_never_braked() -> None:
    assert counted(*range(0, 3000, 30)) == [None] * 100


@pytest.mark.parametrize("what", Braked)
@pytest.mark.parametrize("days", [-2, 2])
def test_what_a_wrong_clock_counted_holds_nobody_back(what: Braked, days: int) -> None:
    wrong = [days * 86400.0 + number for number in range(LIMIT + 1)]
    *_, braked, free = counted(*wrong, 0, what=what)
    assert braked is not None
    assert free is None


@pytest.mark.parametrize("what", Braked)
def test_each_thing_has_a_span_of_its_own(what: Braked) -> None:
    *_, brake = counted(0, 0, 0, 0, what=what)
    assert brake is not None
    assert timedelta() <= brake.until - START - SPANS[what] < timedelta(minutes=1)


def test_things_are_counted_apart() -> None:
    counts: dict[str, Any] = {}
    for what in Braked:
        for _ in range(LIMIT):
            counts, brake = count(counts, what, LIMIT, START)
            assert brake is None
