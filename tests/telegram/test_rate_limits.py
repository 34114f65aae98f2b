"""How fast Telegram lets a bot write."""

from __future__ import annotations

import pytest

from bot.telegram.rate_limits import CHATS_KEPT, Bucket, Limits


def test_a_burst_goes_at_once_and_then_one_after_the_other() -> None:
    bucket = Bucket(rate=2, burst=3)

    assert [bucket.reserve(10.0) for _ in range(5)] == pytest.approx([0, 0, 0, 0.5, 1.0])


def test_a_pause_fills_it_up_again() -> None:
    bucket = Bucket(rate=2, burst=3)
    for _ in range(5):
        bucket.reserve(10.0)

    assert [bucket.reserve(20.0) for _ in range(4)] == pytest.approx([0, 0, 0, 0.5])


def test_all_chats_together_stay_below_thirty_a_second() -> None:
    limits = Limits()
    waits = [limits.reserve(f"tg:{chat}", 0.0, group=False) for chat in range(90)]

    assert sum(wait <= 1.0 for wait in waits) <= 61
    assert max(waits) == pytest.approx(2.0)


def test_a_group_gets_twenty_a_minute() -> None:
    limits = Limits()
    waits = [limits.reserve("tg:-1", 0.0, group=True) for _ in range(40)]

    assert sum(wait <= 60 for wait in waits) <= 31
    assert waits[-1] == pytest.approx(90)


def test_one_busy_chat_does_not_hold_the_others() -> None:
    limits = Limits()
    for _ in range(20):
        limits.reserve("tg:1", 0.0, group=False)

    assert limits.reserve("tg:2", 0.0, group=False) == 0


def test_a_bot_that_may_write_faster_does() -> None:
    limits = Limits.at_rate(3000)
    waits = [limits.reserve("tg:1", 0.0, group=False) for _ in range(110)]

    assert max(waits) == pytest.approx(1.0)


def test_chats_that_are_quiet_again_are_forgotten() -> None:
    limits = Limits(Bucket(1e9, 1e9))
    for chat in range(CHATS_KEPT + 10):
        limits.reserve(f"tg:{chat}", float(chat), group=False)

    assert len(limits._chats) <= CHATS_KEPT + 1
