"""What is made of counts: percentiles, shares, and what needs care first."""

from __future__ import annotations

from fractions import Fraction

from actions.domain.figures import (
    Histogram,
    Priority,
    Standing,
    day_bin,
    histogram,
    percent,
    priority,
)


def test_percentiles_are_days_in_which_that_many_were_done() -> None:
    ten = Histogram(dict.fromkeys(range(1, 11), 1))
    assert (ten.total, ten.median, ten.slow) == (10, 5, 9)
    assert histogram({"0": 3, "2": 1}).median == 0
    assert histogram({"0": 3, "2": 1}).percentile(Fraction(1)) == 2
    assert Histogram({}).median is None


def test_the_last_bin_holds_all_that_took_longer() -> None:
    assert [day_bin(days) for days in (0, 60, 61, 400)] == ["0", "60", "61", "61"]


def test_shares_are_rounded_half_up_and_none_of_nothing() -> None:
    assert [percent(1, 8), percent(1, 3), percent(5, 5), percent(3, 0)] == [13, 33, 100, None]


def test_performance_is_the_mean_of_what_is_known() -> None:
    both = Standing(came=10, open=0, overdue=0, kept=8, broken=2, marks=10, rated=4)
    assert (both.on_time, both.satisfaction, both.performance) == (80, 50, 65)
    unrated = Standing(came=10, open=0, overdue=0, kept=8, broken=2)
    assert (unrated.satisfaction, unrated.performance) == (None, 80)
    assert Standing(came=1, open=1, overdue=0, kept=0, broken=0).performance is None


def test_priority_weighs_lateness_volume_and_dissatisfaction_alike() -> None:
    """Late: (2 + 3) of (5 + 12 + 3); volume: 30 of 60; scores: 8 answers with 20 points."""
    standing = Standing(came=30, open=5, overdue=2, kept=12, broken=3, marks=20, rated=8)
    assert priority(standing, 60) == Priority(urgency=25, relevance=50, impact=50)
    assert priority(standing, 60).score == 42
    assert priority(Standing(0, 0, 0, 0, 0), 0).score == 0
