"""One complaint told in a burst: whatever the order and the timing, it is the same case.

Words, pictures, an album, a place, a voice and a passed-on message come with pauses of which some
end the quiet window. Some are handed in, once what is asked afterwards is answered. Each round is
one burst.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, Self

from sqlalchemy import select

from actions.casework import inbox
from actions.casework.inbox import Received
from actions.casework.returned import form_of_case
from actions.domain.bursts import Piece
from actions.domain.memory import ChatMemory
from actions.domain.messages import FileKind, Incoming, Location, SentFile
from actions.forms import engine
from actions.storage import tables
from actions.storage.engine import Sessions, make_engine, make_sessions
from actions.storage.tables import Attachment, Case
from actions.storage.vault import Vault
from bot.channels import OpenTurn
from bot.inbox_worker import InboxWorker
from tests.fuzz.line import SUFFIXES, Scrubbed, Understands
from tests.fuzz.tally import Fuzzer, Tally
from tests.support.clock import Clock
from tests.support.databases import SECRET, migrated, sqlite_url
from tests.support.running_bot import dependencies

WINDOW = timedelta(seconds=3)
BEGINS_ANEW = 4.0
PAUSES = (0.0, 0.2, 1.0, 2.9, BEGINS_ANEW, 9.0, 40.0)
LINES = ("jalan desa rusak pak", "sudah tiga minggu begini", "anak-anak takut lewat")
PASSED_ON = "dari grup ronda semalam ada yang jatuh"
PLACE = Location(-6.91474, 107.60981)
WHERE = "jalan raya Sindanglaya depan kantor desa"
HANDED_IN = 0.2
"""How many are filled in to the end, which has nothing to do with the burst."""
FINISHED = 12


@dataclass(frozen=True)
class Item:
    """One message, as the inbox keeps it."""

    text: str | None = None
    file: tuple[str, str, str | None] | None = None
    place: bool = False
    forwarded: bool = False
    button: str | None = None

    def payload(self) -> dict[str, Any]:
        """What is stored."""
        return dict(vars(self))


@dataclass
class Told:
    """What a burst says, after which pauses, and whether the worker looks at once."""

    items: list[tuple[float, bool, Item]]
    content: dict[str, Any] = field(default_factory=dict)


class Line:
    """The way in, without any network."""

    name = "tg"

    def piece(self, payload: Mapping[str, Any]) -> Piece | None:
        """A button stands by itself."""
        if payload["button"]:
            return None
        shares = bool(payload["file"] or payload["place"] or payload["forwarded"])
        return Piece(payload["text"] or "", shares)

    async def take(self, turn: OpenTurn, payload: Mapping[str, Any]) -> None:
        """Hand it to the dialogue."""
        said = Incoming(turn.chat, turn.now, "1", text=payload["text"], button=payload["button"])
        if payload["file"]:
            ref, kind, album = payload["file"]
            said = replace(said, file=SentFile(ref, FileKind(kind), 9, album=album))
        where = PLACE if payload["place"] else None
        turn.hear(replace(said, location=where, forwarded=payload["forwarded"]))

    async def apologise(self, turn: OpenTurn, payload: Any) -> None:
        """Nothing fails here that is not told."""

    async def fetch(self, file: SentFile) -> bytes:
        """Bytes like no other's."""
        return file.ref.encode()


class Bursts(Fuzzer):
    """All bursts share a database; each has a chat of its own."""

    async def __aenter__(self) -> Self:
        """Make the database and its worker."""
        url = sqlite_url(self._folder / "bursts.db")
        await migrated(url)
        self._engine = make_engine(url, Vault(SECRET))
        self._numbers = count(1)
        self._clock, self._sessions = Clock(), make_sessions(self._engine)
        deps = dependencies(self._sessions, self._clock, Path(self._folder), Understands())
        deps.files = Scrubbed(self._folder, Vault(SECRET))
        deps.quiet_window = WINDOW
        self._worker = InboxWorker(deps, Line(), lambda: None)  # type: ignore[arg-type]
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the database."""
        await self._worker.stop(5)
        await self._engine.dispose()

    async def round(self, random: Random, tally: Tally) -> None:
        """One burst, and the rest of its form."""
        told = burst(random)
        with tally.one("burst"):
            chat = Chat(
                f"tg:{tally.round + 1}", self._worker, self._sessions, self._clock, self._numbers
            )
            await chat.tell(told)
            case = await chat.case()
            if random.random() < HANDED_IN:
                case = await chat.finish()
            found = await chat.content(case)
            wanted = told.content
            assert found == wanted, f"{found} is not {wanted}"
            tally.outcomes[f"{len(told.items)} messages, {await chat.turns()} turns"] += 1
        for line in self._watch.take():
            tally.fault("burst", line)


def burst(random: Random) -> Told:
    """Some of what belongs to a complaint, in any order, with any pauses."""
    lines = list(LINES[: random.randint(1, 3)])
    random.shuffle(lines)
    others = _shared(random)
    passed_on = [Item(text=PASSED_ON, forwarded=True)] if random.random() < 0.3 else []
    # Words answer what is asked, so those that open the form come within one window, and what
    # was passed on comes before them.
    opening = [*passed_on, *(Item(text=line) for line in lines)]
    at = sorted(random.choices(range(len(others) + 1), k=len(opening)))
    if len(lines) > 1:
        at = at[: len(passed_on)] + [at[-1]] * len(lines)
    order = list(others)
    for place, item in reversed(list(zip(at, opening, strict=True))):
        order.insert(place, item)
    return Told(_timed(random, order), _content([*opening, *others]))


def _shared(random: Random) -> list[Item]:
    one = random.randrange(1 << 30)
    photos = [Item(file=(f"foto {one} {n}", "foto", None)) for n in range(random.randrange(4))]
    album = [
        Item(file=(f"album {one} {n}", "foto", f"a{one}")) for n in range(random.choice((0, 2, 3)))
    ]
    rest = [Item(place=True), Item(file=(f"suara {one}", "suara", None))]
    found = [*photos, *album, *(item for item in rest if random.random() < 0.6)]
    random.shuffle(found)
    return found


def _timed(random: Random, order: Sequence[Item]) -> list[tuple[float, bool, Item]]:
    """Pauses before each; words that belong to one sentence follow closely."""
    timed: list[tuple[float, bool, Item]] = []
    said, lasts, window = False, 0.0, WINDOW.total_seconds()
    for item in order:
        own = item.text is not None and not item.forwarded
        pause = random.choice(PAUSES[:4] if own and said else PAUSES)
        if own and not said and lasts + pause > window:
            pause = BEGINS_ANEW  # or what is said then may come after the longest window
        said = said or own
        lasts = 0.0 if pause > window else lasts + pause
        timed.append((pause, random.random() < 0.3, item))
    return timed


def _content(items: Sequence[Item]) -> dict[str, Any]:
    files = [item.file for item in items if item.file]
    return {
        "cases": 1,
        "story": sorted(str(item.text) for item in items if item.text),
        "pictures": sorted(_name(ref, kind) for ref, kind, _ in files if kind == "foto"),
        "voices": sorted(_name(ref, kind) for ref, kind, _ in files if kind == "suara"),
        "count": max(sum(kind == "foto" for _, kind, _ in files), 1),
        "on the map": any(item.place for item in items),
    }


def _name(ref: str, kind: str) -> str:
    return hashlib.sha256(ref.encode()).hexdigest() + SUFFIXES[FileKind(kind)][0]


class Chat:
    """A citizen, who waits as long as it takes."""

    def __init__(
        self,
        chat: str,
        worker: InboxWorker,
        sessions: Sessions,
        clock: Clock,
        numbers: Iterator[int],
    ) -> None:
        self._chat, self._worker, self._sessions, self._clock = chat, worker, sessions, clock
        self._numbers = numbers

    async def tell(self, told: Told) -> None:
        """Send everything, with its pauses."""
        for pause, at_once, item in told.items:
            self._clock.move(timedelta(seconds=pause))
            if at_once or pause > WINDOW.total_seconds():
                await self._send(item)
            else:
                async with self._sessions.begin() as session:
                    await inbox.store(session, Line.name, [self._update(item)], self._clock())
        await self._quiet()

    def _update(self, item: Item) -> Received:
        return Received(next(self._numbers), self._chat, item.payload())

    async def _send(self, item: Item) -> None:
        await self._worker.receive([self._update(item)])
        await self._worker.idle()

    async def _quiet(self) -> None:
        self._clock.move(3 * WINDOW)
        self._worker.wake(self._chat)
        await self._worker.idle()

    async def finish(self) -> Case:
        """Answer what is asked until the case is handed in."""
        for _ in range(FINISHED):
            case = await self.case()
            if case.code is not None:
                return case
            asked = engine.next_field(form_of_case(case), case.answers)
            if asked is None:
                await self._send(Item(button=f"send:{case.id}"))
            elif asked.kind == "lokasi":
                await self._send(Item(text=WHERE))
                await self._quiet()
            elif asked.choices:
                key = asked.choices[0].key
                await self._send(Item(button=f"pick:{case.id}:{asked.key}:{key}"))
            else:
                await self._send(Item(button=f"skip:{case.id}:{asked.key}"))
        raise AssertionError("the form has no end")

    async def turns(self) -> int:
        """How many turns all of it took."""
        async with self._sessions() as session:
            row = await session.get_one(tables.Chat, self._chat)
            return ChatMemory.from_json(row.state).turns

    async def case(self) -> Case:
        """The one case that came of it."""
        async with self._sessions() as session:
            found = select(Case).where(Case.chat == self._chat)
            return (await session.scalars(found)).one()

    async def content(self, case: Case) -> dict[str, Any]:
        """What the case holds."""
        async with self._sessions() as session:
            of_chat = select(Attachment).where(Attachment.chat == self._chat)
            files = (await session.scalars(of_chat)).all()
        kept = [file for file in files if file.case_id == case.id]
        place = case.answers.get("lokasi") or {}
        photo = case.answers.get("foto") or {}
        return {
            "cases": 1,
            "story": sorted(str(case.answers.get("cerita") or "").splitlines()),
            "pictures": sorted(file.name for file in kept if file.field == "foto"),
            "voices": sorted(file.name for file in kept if file.field == "suara"),
            "count": photo.get("jumlah", 1),
            "on the map": "lat" in place,
        }
