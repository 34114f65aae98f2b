"""The sender, with a way out that does what the test says."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from sqlalchemy import update

from actions.storage.tables import Chat, Outbox
from bot.channels import BlockedError, LaterError, RefusedError
from bot.outbox_sender import KEEP_TRYING, LEAST_TRIES
from bot.telegram.rate_limits import Bucket, Limits
from tests.support.processes import PRIVATE, SenderProcesses, Wire


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
