"""Says one message in a chat of its own and sees what came of it; nothing is kept."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import SystemRandom
from tempfile import TemporaryDirectory
from typing import Any

from ruamel.yaml import YAML

from actions.casework import cases
from actions.casework.chats import lock_chat, remember
from actions.catalogue.reference import ReferenceData
from actions.dialogue.handlers.form.build import form_of
from actions.dialogue.turn import converse
from actions.domain.memory import ChatMemory
from actions.domain.messages import Fetched, Incoming, Reply, UnderstandingNeeded
from actions.domain.understanding import Understands
from actions.forms.form import Json
from actions.storage.engine import Sessions, engine_at, make_sessions
from actions.storage.migrate import migrate
from actions.storage.tables import Case
from actions.storage.vault import Vault

WHEN = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
A_LITTLE = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Happened:
    """What a message came to: the replies, the memory after it, and the open form."""

    replies: list[Reply]
    memory: ChatMemory
    slug: str | None
    answers: Mapping[str, Json] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        """The keys of all texts."""
        return [key for reply in self.replies for key in reply.key.split("+")]

    @property
    def buttons(self) -> list[str]:
        """The data of all buttons."""
        return [b.data for reply in self.replies for row in reply.buttons for b in row]


@dataclass(frozen=True, slots=True)
class State:
    """Where a chat stands: an open form at a question (at its summary where `key` is None)."""

    slug: str
    key: str | None
    sent: bool = False
    hours: float = 0.0

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> "State":
        """Read an entry of tests/nlu/states.yml."""
        sent, hours = bool(entry.get("terkirim")), float(entry.get("jam", 0))
        return cls(entry["hal"], entry.get("isian"), sent, hours)


class Rehearsal:
    """Chats that nobody wrote, in a database that is thrown away."""

    def __init__(self, sessions: Sessions, reference: ReferenceData, nlu: Understands) -> None:
        self._sessions, self.reference, self._nlu = sessions, reference, nlu
        self._chats = 0

    def chat(self) -> "RehearsedChat":
        """A chat that nothing was said in."""
        self._chats += 1
        return RehearsedChat(self, f"term:{self._chats}")

    async def turn(self, incoming: Incoming, now: datetime) -> list[Reply]:
        """Take one turn; the NLU is asked as the bot asks it."""
        fetched = Fetched()
        while True:
            try:
                async with self._sessions.begin() as session:
                    return await converse(session, self.reference, incoming, fetched, now)
            except UnderstandingNeeded as need:
                known = await self._nlu.understand(need.text)
                fetched = replace(fetched, understanding=known)

    async def enter(self, chat: str, state: State, now: datetime) -> None:
        """Open a form in a chat, with the questions before the one of the state passed over."""
        item = self.reference.catalogue.item(state.slug)
        form = form_of(state.slug, item, self.reference.texts)
        keys = [field.key for field in form.fields]
        passed = keys[: keys.index(state.key)] if state.key else keys
        async with self._sessions.begin() as session:
            row = await lock_chat(session, chat, now)
            case = await cases.open_draft(
                session,
                chat=chat,
                slug=state.slug,
                item=item,
                form=form,
                answers=dict.fromkeys(passed),
                now=now,
                urgent=False,
            )
            if state.sent:
                await cases.submit(session, self.reference, case, now, SystemRandom())
            memory = ChatMemory(turns=1, noticed=True, draft=None if state.sent else case.id)
            memory.last_at = now.isoformat()
            remember(row, memory, now)

    async def memory(self, chat: str) -> tuple[ChatMemory, Case | None]:
        """What the chat remembers, and the case of its open form."""
        async with self._sessions.begin() as session:
            memory = ChatMemory.from_json((await lock_chat(session, chat, WHEN)).state)
            case = await session.get(Case, memory.draft) if memory.draft else None
            return memory, case


class RehearsedChat:
    """One chat; time passes a little between its messages."""

    def __init__(self, rehearsal: Rehearsal, chat: str) -> None:
        self._rehearsal, self._chat, self._now = rehearsal, chat, WHEN

    async def say(self, text: str) -> Happened:
        """Write something."""
        return await self._take(Incoming(self._chat, self._now, "1", text=text))

    async def enter(self, state: State) -> None:
        """Be in a state, and let its time pass."""
        await self._rehearsal.enter(self._chat, state, self._now)
        self._now += timedelta(hours=state.hours)

    async def _take(self, incoming: Incoming) -> Happened:
        self._now += A_LITTLE
        replies = await self._rehearsal.turn(replace(incoming, at=self._now), self._now)
        memory, case = await self._rehearsal.memory(self._chat)
        if case is None:
            return Happened(replies, memory, None)
        return Happened(replies, memory, case.slug, dict(case.answers))


@asynccontextmanager
async def rehearsal(reference: ReferenceData, nlu: Understands) -> AsyncIterator[Rehearsal]:
    """A database made by the migrations, for as long as it is needed."""
    with TemporaryDirectory(prefix="balai-") as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'chats.db'}"
        async with engine_at(url, Vault("rehearsal")) as engine:
            await migrate(engine)
            yield Rehearsal(make_sessions(engine), reference, nlu)


def read_list(path: Path) -> list[dict[str, Any]]:
    """A file of entries; raises FileNotFoundError."""
    entries: list[dict[str, Any]] = YAML(typ="safe").load(path)
    return entries
