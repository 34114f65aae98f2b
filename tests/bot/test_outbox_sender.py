"""The sender, with a way out that does what the test says."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import update

from actions.storage.tables import Chat, Outbox
from bot.channels import BlockedError, LaterError, RefusedError
from bot.outbox_sender import KEEP_TRYING, LEAST_TRIES, OutboxSender
from bot.telegram.rate_limits import Bucket, Limits
from tests.support.clock import Clock
from tests.support.processes import PRIVATE, SenderProcesses, Wire


@pytest.fixture
async def post(database_url: str, clock: Clock) -> AsyncIterator[SenderProcesses]:
    post = SenderProcesses(database_url, clock)
    yield post
    await post.close()


async def test_messages_go_out_in_order_and_are_forgotten(post: SenderProcesses) -> None:
    for text in "abc":
        await post.queue("tg:1", text)
    await post.queue("tg:2", "d")

    await post.sender().flush(10)

    assert [text for chat, text in post.wire.sent if chat == "tg:1"] == ["a", "b", "c"]
    assert ("tg:2", "d") in post.wire.sent
    assert all(
        row.done_at and row.payload is None and not row.failure for row in await post.rows()
    )


async def test_two_senders_share_the_work_and_double_nothing(post: SenderProcesses) -> None:
    for number in range(30):
        await post.queue(f"tg:{number % 6}", str(number))
    senders = [post.sender(), post.sender()]
    for sender in senders:
        await sender.flush(20)
    for sender in senders:
        await sender.flush(20)

    assert sorted(int(text) for _, text in post.wire.sent) == list(range(30))
    for chat in range(6):
        mine = [int(text) for c, text in post.wire.sent if c == f"tg:{chat}"]
        assert mine == sorted(mine)


async def test_who_is_asked_to_wait_waits_and_keeps_the_order(post: SenderProcesses) -> None:
    await post.queue("tg:1", "a")
    await post.queue("tg:1", "b")
    await post.queue("tg:2", "c")
    post.wire.trouble["a"] = [LaterError(30)]
    sender = post.sender()

    await sender.flush(10)
    assert post.wire.sent == [("tg:2", "c")]

    post.clock.move(timedelta(seconds=30))
    sender.wake()
    await sender.flush(10)
    assert post.wire.sent[1:] == [("tg:1", "a"), ("tg:1", "b")]


async def test_two_chats_that_are_told_to_wait_keep_nobody_else_waiting(
    post: SenderProcesses,
) -> None:
    post.wire.trouble = {"a": [LaterError(30)], "b": [LaterError(30)]}
    await post.queue("tg:1", "a")
    await post.queue("tg:2", "b")
    sender = post.sender()
    await sender.flush(10)

    await post.queue("tg:3", "c")
    sender.wake()
    await sender.flush(10)

    assert post.wire.sent == [("tg:3", "c")]


async def test_when_all_are_told_to_wait_one_asks_and_then_all_go(
    post: SenderProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.line_state.ASK_AFTER", 0.0)
    texts = "abcdef"
    post.wire.trouble = {text: [LaterError(600)] for text in "abcd"}
    for number, text in enumerate(texts):
        await post.queue(f"tg:{number}", text)
    sender = post.sender()
    await sender.flush(10)

    assert sorted(text for _, text in post.wire.sent) == list(texts), "nobody waits ten minutes"
    assert sender.fault() == ""


async def test_a_server_that_is_away_is_tried_less_and_less(post: SenderProcesses) -> None:
    post.wire.trouble["a"] = [LaterError() for _ in range(4)]
    await post.queue("tg:1", "a")
    sender = post.sender()
    pauses = []
    await sender.flush(10)
    while not post.wire.sent:
        row = (await post.rows())[0]
        pauses.append((row.due_at - post.clock()).total_seconds())
        post.clock.now = row.due_at
        sender.wake()
        await sender.flush(10)

    assert pauses == [1, 2, 4, 8]


async def test_a_message_nobody_takes_for_days_is_given_up(post: SenderProcesses) -> None:
    post.wire.trouble["a"] = [LaterError(), LaterError()]
    await post.queue("tg:1", "a")
    sender = post.sender()
    await sender.flush(10)
    async with post.sessions.begin() as session:
        await session.execute(update(Outbox).values(attempts=LEAST_TRIES))
    post.clock.move(KEEP_TRYING + timedelta(minutes=1))
    await post.queue("tg:1", "b")
    sender.wake()
    await sender.flush(10)

    assert [row.failure for row in await post.rows()] == ["expired", None]
    assert post.wire.sent == [("tg:1", "b")]


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


async def test_who_blocks_the_bot_hears_nothing_more(post: SenderProcesses) -> None:
    async with post.sessions.begin() as session:
        session.add(Chat(id="tg:1", state={}, blocked=False, updated_at=post.clock()))
    post.wire.trouble["a"] = [BlockedError()]
    for text in ("a", "b"):
        await post.queue("tg:1", text)
    sender = post.sender()
    await sender.flush(10)
    await post.queue("tg:1", "c")
    sender.wake()
    await sender.flush(10)

    assert post.wire.sent == []
    assert [row.failure for row in await post.rows()] == ["blocked"] * 3
    async with post.sessions() as session:
        chat = await session.get(Chat, "tg:1")
        assert chat is not None
        assert chat.blocked


@pytest.mark.parametrize("trouble", [RefusedError("BadRequest"), KeyError(PRIVATE)])
async def test_what_will_never_be_taken_is_given_up(
    post: SenderProcesses, trouble: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    post.wire.trouble[PRIVATE] = [trouble]
    await post.queue("tg:1", PRIVATE)
    await post.queue("tg:1", "b")

    await post.sender().flush(10)

    assert post.wire.sent == [("tg:1", "b")]
    assert [row.failure for row in await post.rows()] == [
        "BadRequest" if isinstance(trouble, RefusedError) else "KeyError",
        None,
    ]
    assert PRIVATE not in caplog.text + str([vars(record) for record in caplog.records])


async def test_a_long_message_goes_on_with_the_part_that_failed(post: SenderProcesses) -> None:
    post.wire.trouble["b"] = [LaterError(5)]
    await post.queue("tg:1", "a", "b", "c")
    sender = post.sender()
    await sender.flush(10)
    post.clock.move(timedelta(seconds=5))
    sender.wake()
    await sender.flush(10)

    assert [text for _, text in post.wire.sent] == ["a", "b", "c"]


async def test_a_killed_sender_loses_nothing(post: SenderProcesses) -> None:
    post.wire.gate.clear()
    for text in "ab":
        await post.queue("tg:1", text)
    post.sender()
    await post.wire.begun.wait()
    await post.kill()
    post.wire.gate.set()

    successor = post.sender()
    await successor.flush(10)
    assert post.wire.sent == [], "the claim of the dead still holds"
    post.clock.move(timedelta(seconds=8))
    successor.wake()
    await successor.flush(10)
    assert [text for _, text in post.wire.sent] == ["a", "b"]


async def next_round(sender: OutboxSender) -> None:
    """Wait until a round that begins after this call is over."""
    for _ in range(2 if sender._in_round else 1):
        sender.wake()
        sender._round_over.clear()
        await sender._round_over.wait()


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


async def test_a_stop_sends_what_is_on_its_way_and_leaves_the_rest(post: SenderProcesses) -> None:
    post.wire = Wire(Limits(Bucket(0.01, 1)))
    await post.queue("tg:1", "a")
    await post.queue("tg:2", "b")
    sender = post.sender()
    await post.wire.begun.wait()
    await post.close()

    rows = {row.chat: row for row in await post.rows()}
    waiting = [chat for chat, row in rows.items() if row.done_at is None]
    assert len(post.wire.sent) == 1
    assert len(waiting) == 1
    assert rows[waiting[0]].due_at <= post.clock(), "the next start sends it at once"
    del sender
