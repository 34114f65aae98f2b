"""The sender, with a way out that does what the test says."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from actions.casework.outbox import queue_act
from actions.storage.engine import Sessions, make_engine, make_sessions
from actions.storage.tables import Chat, Outbox
from actions.storage.vault import Vault
from bot.channels import BlockedError, LaterError, Part, RefusedError
from bot.outbox_sender import KEEP_TRYING, OutboxSender
from bot.telegram.rate_limits import Bucket, Limits
from tests.support.clock import Clock
from tests.support.databases import SECRET

PRIVATE = "kata-kata rahasia"


class Wire:
    """A way out: `trouble` holds what happens to the next sends of a text."""

    name = "tg"

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self.sent: list[tuple[str, str]] = []
        self.trouble: dict[str, list[Exception]] = {}
        self.begun = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()

    def parts(self, chat: str, payload: dict[str, Any]) -> Sequence[Part]:
        return [partial(self._send, chat, text) for text in payload["texts"]]

    def pause(self, chat: str, payload: dict[str, Any]) -> float:  # noqa: ARG002  the protocol
        now = asyncio.get_running_loop().time()
        return self._limits.reserve(chat, now, group=False)

    async def _send(self, chat: str, text: str) -> None:
        self.begun.set()
        await self.gate.wait()
        if self.trouble.get(text):
            raise self.trouble[text].pop(0)
        self.sent.append((chat, text))


class Post:
    """Senders on one database."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.clock, self.wire = clock, Wire()
        self._url = url
        self._engines: list[Any] = []
        self._running: list[tuple[OutboxSender, asyncio.Task[None]]] = []
        self.sessions = self._connect()

    def _connect(self) -> Sessions:
        self._engines.append(make_engine(self._url, Vault(SECRET)))
        return make_sessions(self._engines[-1])

    def sender(self, wire: Wire | None = None) -> OutboxSender:
        sender = OutboxSender(self._connect(), wire or self.wire, self.clock)
        self._running.append((sender, asyncio.create_task(sender.run())))
        return sender

    async def queue(self, chat: str, *texts: str) -> None:
        """One message; several texts are its parts."""
        async with self.sessions.begin() as session:
            queue_act(session, chat, {"texts": texts}, self.clock())

    async def rows(self) -> list[Outbox]:
        async with self.sessions() as session:
            return list((await session.scalars(select(Outbox).order_by(Outbox.id))).all())

    async def kill(self) -> None:
        """End all senders at once, as a kill would: nothing more is marked."""
        for sender, task in self._running:
            sending = [f.task for f in sender._in_flight.values() if f.task]
            for each in (task, *sending):
                each.cancel()
            await asyncio.gather(task, *sending, return_exceptions=True)
        self._running.clear()

    async def close(self) -> None:
        self.wire.gate.set()
        for sender, task in self._running:
            sender.stop()
            await task
        for engine in self._engines:
            await engine.dispose()


@pytest.fixture
async def post(database_url: str, clock: Clock) -> AsyncIterator[Post]:
    post = Post(database_url, clock)
    yield post
    await post.close()


async def test_messages_go_out_in_order_and_are_forgotten(post: Post) -> None:
    for text in "abc":
        await post.queue("tg:1", text)
    await post.queue("tg:2", "d")

    await post.sender().flush(10)

    assert [text for chat, text in post.wire.sent if chat == "tg:1"] == ["a", "b", "c"]
    assert ("tg:2", "d") in post.wire.sent
    assert all(
        row.done_at and row.payload is None and not row.failure for row in await post.rows()
    )


async def test_two_senders_share_the_work_and_double_nothing(post: Post) -> None:
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


async def test_who_is_asked_to_wait_waits_and_keeps_the_order(post: Post) -> None:
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


async def test_when_two_chats_are_told_to_wait_everybody_waits(post: Post) -> None:
    post.wire.trouble = {"a": [LaterError(30)], "b": [LaterError(30)]}
    await post.queue("tg:1", "a")
    await post.queue("tg:2", "b")
    sender = post.sender()
    await sender.flush(10)

    await post.queue("tg:3", "c")
    sender.wake()
    await sender.flush(0.3)

    assert post.wire.sent == []


async def test_a_server_that_is_away_is_tried_less_and_less(post: Post) -> None:
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


async def test_a_message_nobody_takes_for_days_is_given_up(post: Post) -> None:
    post.wire.trouble["a"] = [LaterError(), LaterError()]
    await post.queue("tg:1", "a")
    sender = post.sender()
    await sender.flush(10)
    post.clock.move(KEEP_TRYING + timedelta(minutes=1))
    await post.queue("tg:1", "b")
    sender.wake()
    await sender.flush(10)

    assert [row.failure for row in await post.rows()] == ["expired", None]
    assert post.wire.sent == [("tg:1", "b")]


async def test_who_blocks_the_bot_hears_nothing_more(post: Post) -> None:
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
    post: Post, trouble: Exception, caplog: pytest.LogCaptureFixture
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


async def test_a_long_message_goes_on_with_the_part_that_failed(post: Post) -> None:
    post.wire.trouble["b"] = [LaterError(5)]
    await post.queue("tg:1", "a", "b", "c")
    sender = post.sender()
    await sender.flush(10)
    post.clock.move(timedelta(seconds=5))
    sender.wake()
    await sender.flush(10)

    assert [text for _, text in post.wire.sent] == ["a", "b", "c"]


async def test_a_killed_sender_loses_nothing(post: Post) -> None:
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


async def test_a_claim_is_renewed_while_the_line_is_slow(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.outbox_sender.RENEW_AFTER", 0.0)
    post.wire.gate.clear()
    await post.queue("tg:1", "a")
    slow = post.sender()
    await post.wire.begun.wait()
    other = post.sender(Wire())
    for _ in range(3):
        post.clock.move(timedelta(seconds=5))
        await slow.next_round()
    await other.next_round()
    await other.flush(1)
    post.wire.gate.set()
    await slow.flush(10)

    assert post.wire.sent == [("tg:1", "a")]


async def test_a_stop_sends_what_is_on_its_way_and_leaves_the_rest(post: Post) -> None:
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
