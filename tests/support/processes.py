"""Processes on one database that take turns or send, and the channels that they work for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncEngine

from actions.casework.inbox import Received
from actions.casework.outbox import OutboxMessage, queue_act
from actions.domain.bursts import Piece
from actions.domain.messages import SentFile
from actions.storage.engine import Sessions, make_engine, make_sessions
from actions.storage.tables import Inbox, Outbox
from actions.storage.vault import Vault
from bot.channels import FetchError, OpenTurn, Part
from bot.inbox_worker import InboxWorker
from bot.outbox_sender import OutboxSender
from bot.telegram.rate_limits import Limits
from tests.storage.pictures import jpeg
from tests.support.clock import Clock
from tests.support.databases import SECRET
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import dependencies

PRIVATE = "kata-kata rahasia"
Act = Callable[[OpenTurn, Any], Awaitable[None]]


class Notes:
    """A channel whose dialogue queues what it was given, after `act` had its say."""

    name = "tg"

    def __init__(self, act: Act | None = None) -> None:
        self.act = act
        self.fetched: list[str] = []
        self.content: bytes | None = jpeg((20, 20))
        self.begun: asyncio.Queue[str] = asyncio.Queue()
        self.line = asyncio.Event()
        self.line.set()

    def piece(self, payload: Any) -> Piece | None:
        return Piece(str(payload))

    async def take(self, turn: OpenTurn, payload: Any) -> None:
        queue_act(turn.session, turn.chat, {"said": payload}, turn.now)
        await turn.session.flush()
        if self.act is not None:
            await self.act(turn, payload)

    async def apologise(self, turn: OpenTurn, payload: Any) -> None:
        queue_act(turn.session, turn.chat, {"sorry": payload}, turn.now)

    async def fetch(self, file: SentFile) -> bytes:
        self.fetched.append(file.ref)
        self.begun.put_nowait(file.ref)
        await self.line.wait()
        if self.content is None:
            raise FetchError
        return self.content


class Connections:
    """One database, with a connection of its own for each process."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engines: list[AsyncEngine] = []
        self.before_statement: Callable[[], None] = lambda: None
        self.sessions = self.connect()

    def connect(self) -> Sessions:
        engine = make_engine(self.url, Vault(SECRET))
        self._engines.append(engine)
        event.listen(
            engine.sync_engine, "before_cursor_execute", lambda *_: self.before_statement()
        )
        return make_sessions(engine)

    async def close(self) -> None:
        for engine in self._engines:
            await engine.dispose()


class WorkerProcesses(Connections):
    """Several processes that take turns."""

    def __init__(self, url: str, clock: Clock, folder: Path) -> None:
        super().__init__(url)
        self.clock, self.folder = clock, folder
        self.nlu = ScriptedNlu()
        self.workers: list[InboxWorker] = []

    def process(self, channel: Notes, nlu: Any = None) -> InboxWorker:
        deps = dependencies(self.connect(), self.clock, self.folder, nlu or self.nlu)
        self.workers.append(InboxWorker(deps, channel, lambda: None))
        return self.workers[-1]

    async def said(self, chat: str = "tg:1") -> list[Any]:
        async with self.sessions() as session:
            rows = select(Outbox).where(Outbox.chat == chat).order_by(Outbox.id)
            payloads = [row.payload or {} for row in (await session.scalars(rows)).all()]
        return [payload.get("said") or f"sorry: {payload['sorry']}" for payload in payloads]

    async def update(self, number: int = 1) -> Inbox:
        async with self.sessions() as session:
            found = await session.scalar(select(Inbox).where(Inbox.external_id == number))
            assert found is not None
            return found

    async def close(self) -> None:
        for worker in self.workers:
            await worker.stop(5)
        await super().close()


class Wire:
    """A channel that sends; `trouble` holds what happens to the next sends of a text."""

    name = "tg"

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self.sent: list[tuple[str, str]] = []
        self.trouble: dict[str, list[Exception]] = {}
        self.begun = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()
        self.delay: Callable[[], Awaitable[object]] = self.gate.wait

    def parts(self, message: OutboxMessage) -> Sequence[Part]:
        return [partial(self._send, message.to, text) for text in message.payload["texts"]]

    def pause(self, chat: str, payload: dict[str, Any]) -> float:  # noqa: ARG002  the protocol
        now = asyncio.get_running_loop().time()
        return self._limits.reserve(chat, now, group=False)

    async def _send(self, chat: str, text: str) -> None:
        self.begun.set()
        await self.delay()
        if self.trouble.get(text):
            raise self.trouble[text].pop(0)
        self.sent.append((chat, text))


class SenderProcesses(Connections):
    """Several processes that send."""

    def __init__(self, url: str, clock: Clock) -> None:
        super().__init__(url)
        self.clock, self.wire = clock, Wire()
        self._running: list[tuple[OutboxSender, asyncio.Task[None]]] = []

    def sender(self, wire: Wire | None = None) -> OutboxSender:
        sender = OutboxSender(self.connect(), wire or self.wire, self.clock, self.clock.ticks)
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
        await super().close()


def said(number: int, what: Any = None, chat: str = "tg:1") -> Received:
    return Received(number, chat, number if what is None else what)


async def next_round(sender: OutboxSender) -> None:
    """Wait until a round that begins after this call is over."""
    for _ in range(2 if sender._in_round else 1):
        sender.wake()
        sender._round_over.clear()
        await sender._round_over.wait()
