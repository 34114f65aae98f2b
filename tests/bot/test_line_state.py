"""What "slow down" means is told by who else is let through."""

from __future__ import annotations

import pytest

from bot.line_state import ASK_AFTER, AWAY_PATIENCE, TOGETHER, WITHIN, LineState


def room(line: LineState, now: float, *, under_way: bool = False) -> int:
    return line.room(24, under_way=under_way, now=now)


def told(line: LineState, chats: int, *, seconds: float = 3600, now: float = 0.0) -> None:
    for number in range(chats):
        line.told_to_wait(f"tg:{number}", number, seconds, now)


def test_fewer_than_three_chats_keep_nobody_waiting() -> None:
    line = LineState()
    told(line, TOGETHER - 1)
    assert room(line, 0.0) == 24
    assert line.fault(0.0) == ""


def test_after_three_one_more_is_tried_at_once_and_alone() -> None:
    line = LineState()
    told(line, TOGETHER)
    assert room(line, 0.0, under_way=True) == 0
    assert room(line, 0.0) == 1
    assert line.taken(0.5) == [], "each was told for its own sake"
    assert room(line, 0.6) == 24


@pytest.mark.parametrize(("seconds", "until"), [(5, 5), (3600, ASK_AFTER)])
def test_when_the_next_is_told_too_everybody_waits_and_one_asks(
    seconds: float, until: float
) -> None:
    line = LineState()
    told(line, TOGETHER + 1, seconds=seconds)
    assert room(line, until - 0.1) == 0
    assert room(line, until) == 1
    assert "put off" in line.fault(1e6)
    assert line.taken(until + 1) == [0, 1, 2, 3], "it was the bot that was meant"
    assert (room(line, until + 1), line.fault(until + 1)) == (24, "")


def test_a_chat_that_is_told_again_proves_nothing() -> None:
    line = LineState()
    told(line, TOGETHER)
    told(line, TOGETHER, now=4000)
    assert room(line, 4000) == 1


def test_what_was_told_long_ago_does_not_count() -> None:
    line = LineState()
    told(line, TOGETHER - 1)
    line.told_to_wait("tg:9", 9, 5, WITHIN + 1)
    assert room(line, WITHIN + 1) == 24


def test_what_was_on_its_way_before_does_not_count() -> None:
    line = LineState()
    told(line, TOGETHER + 1, now=10)
    assert line.taken(9.9) == []
    assert room(line, 10) == 0


def test_a_line_is_away_when_two_chats_get_no_answer_for_long() -> None:
    line = LineState()
    line.silent("tg:1", 0.0)
    assert line.fault(AWAY_PATIENCE + 1) == "", "it may be that chat"
    line.silent("tg:2", AWAY_PATIENCE)
    assert line.fault(AWAY_PATIENCE + 1) == "no message got an answer for 91 seconds"
    line.answered()
    assert line.fault(AWAY_PATIENCE + 1) == ""
