"""Claims and pauses while clocks jump and the database is slow."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.channels import LaterError
from bot.outbox_sender import KEEP_TRYING
from tests.support.processes import SenderProcesses, Wire, next_round


async def test_a_claim_is_renewed_while_the_line_is_slow(post: SenderProcesses) -> None:
    post.wire.gate.clear()
    await post.queue("tg:1", "a")
    slow = post.sender()
    await post.wire.begun.wait()
    other = post.sender(Wire())
    for _ in range(3):
        post.clock.move(timedelta(seconds=5))
        await next_round(slow)
    await next_round(other)
    await other.flush(1)
    post.wire.gate.set()
    await slow.flush(10)

    assert post.wire.sent == [("tg:1", "a")]


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(days=-1)])
async def test_a_clock_that_jumps_doubles_nothing_and_silences_nobody(
    post: SenderProcesses, jump: timedelta
) -> None:
    post.wire.gate.clear()
    await post.queue("tg:1", "on its way")
    holder = post.sender()
    await post.wire.begun.wait()
    other = post.sender(elsewhere := Wire())
    await next_round(other)

    post.clock.jump(jump)
    await post.queue("tg:2", "fresh")
    await next_round(other)
    await other.flush(0.3)
    assert elsewhere.sent == [("tg:2", "fresh")]
    await next_round(holder)
    post.clock.move(timedelta(seconds=8))
    await next_round(holder)
    await next_round(other)
    await other.flush(1)
    post.wire.gate.set()
    await holder.flush(10)

    assert (post.wire.sent, len(elsewhere.sent)) == ([("tg:1", "on its way")], 1)


async def test_what_was_put_off_while_the_clock_was_a_day_ahead_goes_out_when_it_is_right(
    post: SenderProcesses,
) -> None:
    sender = post.sender()
    await next_round(sender)
    post.clock.jump(timedelta(days=1))
    post.wire.trouble["a"] = [LaterError(30)]
    await post.queue("tg:1", "a")
    await sender.flush(10)
    assert post.wire.sent == []

    post.clock.jump(timedelta(days=-1))
    await next_round(sender)
    post.clock.move(timedelta(seconds=8))
    await sender.flush(10)
    assert post.wire.sent == [("tg:1", "a")]


class SlowDatabase:
    """Each statement takes some seconds; the wire takes as long as `under_way` of them."""

    def __init__(self, post: SenderProcesses, seconds: float, under_way: int) -> None:
        self._clock, self._seconds = post.clock, seconds
        self._under_way, self._done = under_way, 0
        self._waiting: list[tuple[int, asyncio.Event]] = []
        post.before_statement = self._statement
        post.wire.delay = self._delay

    def _statement(self) -> None:
        self._done += 1
        self._clock.move(timedelta(seconds=self._seconds))
        for until, event in self._waiting:
            if self._done >= until:
                event.set()

    async def _delay(self) -> None:
        event = asyncio.Event()
        self._waiting.append((self._done + self._under_way, event))
        await event.wait()


@pytest.mark.parametrize("under_way", [1, 2, 3, 4, 5, 8])
async def test_a_slow_database_slows_and_neither_silences_nor_doubles(
    post: SenderProcesses, under_way: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.outbox_sender.ROUND_EVERY", 0.01)
    for number in range(12):
        await post.queue(f"tg:{number % 6}", str(number))
    SlowDatabase(post, 2.0, under_way)
    senders = [post.sender(), post.sender()]
    async with asyncio.timeout(30):
        while any(row.done_at is None for row in await post.rows()):
            await asyncio.gather(*map(next_round, senders))

    assert sorted(int(text) for _, text in post.wire.sent) == list(range(12))


async def test_a_clock_that_is_days_ahead_gives_nothing_up(post: SenderProcesses) -> None:
    post.wire.trouble["a"] = [LaterError()]
    await post.queue("tg:1", "a")
    post.clock.jump(KEEP_TRYING * 2)
    sender = post.sender()
    await sender.flush(10)
    post.clock.move(timedelta(seconds=1))
    sender.wake()
    await sender.flush(10)

    assert post.wire.sent == [("tg:1", "a")]
