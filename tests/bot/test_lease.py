"""How long a claim holds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.lease import RENEW_AFTER, SHORTEST, Lease
from tests.support.clock import Clock


def round_of(lease: Lease, clock: Clock, seconds: float) -> bool:
    """A round that takes so long; returns whether its claims hold."""
    lease.begin()
    clock.move(timedelta(seconds=seconds))
    return lease.end()


@pytest.fixture
def lease(clock: Clock) -> Lease:
    return Lease(clock, clock.ticks)


def test_a_quick_database_gives_short_claims(lease: Lease, clock: Clock) -> None:
    assert round_of(lease, clock, 0.01)
    now, until = lease.begin()
    assert (now, until - now) == (clock(), timedelta(seconds=SHORTEST))


def test_a_slow_one_gives_longer_claims_after_the_first(lease: Lease, clock: Clock) -> None:
    assert [round_of(lease, clock, 12) for _ in range(3)] == [False, True, True]
    assert lease.span == timedelta(seconds=48)
    assert round_of(lease, clock, 0.01)
    assert lease.span == timedelta(seconds=24), "once it is quick again they shrink"


def test_a_claim_counts_from_before_the_database_was_asked(lease: Lease, clock: Clock) -> None:
    round_of(lease, clock, RENEW_AFTER + 0.1)
    held = lease.begun
    lease.begin()
    assert lease.is_old(held)
    assert not lease.is_old(lease.begun)


@pytest.mark.parametrize("seconds", [-86400, -3, 3, 86400])
def test_after_a_jump_a_claim_of_others_is_left_alone_for_its_time(
    lease: Lease, clock: Clock, seconds: float
) -> None:
    round_of(lease, clock, 1)
    assert not lease.shaken
    clock.jump(timedelta(seconds=seconds))
    round_of(lease, clock, 1)
    assert lease.shaken
    clock.move(timedelta(seconds=SHORTEST))
    lease.begin()
    assert not lease.shaken


def test_time_that_passes_is_no_jump(lease: Lease, clock: Clock) -> None:
    round_of(lease, clock, 3600)
    clock.move(timedelta(days=1))
    lease.begin()
    assert not lease.shaken
