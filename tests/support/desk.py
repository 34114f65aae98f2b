"""A channel of the tests, and a process that takes its turns."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from actions.casework.inbox import Received
from actions.casework.outbox import queue_act
from actions.domain.messages import SentFile
from actions.storage.engine import Sessions, make_engine, make_sessions
from actions.storage.tables import Inbox, Outbox
from actions.storage.vault import Vault
from bot.channels import FetchError, OpenTurn
from bot.inbox_worker import InboxWorker
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

    async def take(self, turn: OpenTurn, payload: Any) -> None:
        queue_act(turn.session, turn.chat, {"said": payload}, turn.now)
        await turn.session.flush()
        if self.act is not None:
            await self.act(turn, payload)

    async def apologise(self, turn: OpenTurn, payload: Any) -> None:
        queue_act(turn.session, turn.chat, {"sorry": payload}, turn.now)

    async def fetch(self, file: SentFile) -> bytes:
        self.fetched.append(file.ref)
        if self.content is None:
            raise FetchError
        return self.content


class Desk:
    """Several processes on one database."""

    def __init__(self, url: str, clock: Clock, folder: Path) -> None:
        self.url, self.clock, self.folder = url, clock, folder
        self.nlu = ScriptedNlu()
        self.turns: list[InboxWorker] = []
        self._engines: list[Any] = []
        self.sessions = self._connect()

    def _connect(self) -> Sessions:
        self._engines.append(make_engine(self.url, Vault(SECRET)))
        return make_sessions(self._engines[-1])

    def process(self, source: Notes, nlu: Any = None) -> InboxWorker:
        deps = dependencies(self._connect(), self.clock, self.folder, nlu or self.nlu)
        self.turns.append(InboxWorker(deps, source, lambda: None))
        return self.turns[-1]

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
        for turns in self.turns:
            await turns.stop(5)
        for engine in self._engines:
            await engine.dispose()


def said(number: int, what: Any = None, chat: str = "tg:1") -> Received:
    return Received(number, chat, number if what is None else what)
