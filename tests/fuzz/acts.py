"""Citizens who say, press and send anything, in any state, while officers do their part."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from random import Random
from shutil import copyfile
from typing import Self

from sqlalchemy import select

from actions.casework import escalations
from actions.dialogue.registry import ON_BUTTON
from actions.domain.memory import ChatMemory
from actions.domain.messages import Button, Contact, FileKind, Location
from actions.domain.status import Actor, CaseKind, Meaning, moves, status_of
from actions.storage.engine import make_engine, make_sessions
from actions.storage.tables import Case, Outbox, Staff
from actions.storage.vault import Vault
from bot.jobs import Jobs
from tests.fuzz import odd
from tests.fuzz.tally import Fuzzer, Tally
from tests.support.clock import Clock
from tests.support.database import KTP, LAMP, Database
from tests.support.databases import SECRET, migrated, sqlite_url
from tests.support.dialogue_client import DialogueClient
from tests.support.running_bot import dependencies, reference_of_tests

TURNS = 40
MAX_TEXT, MAX_DATA = 4096, 64
ITEMS = (("ktp_hilang", KTP), ("lampu_jalan", LAMP))
REASONS = ("kurang jelas", "3", "SKM-222-222", "x" * 900)
ODD_ARGUMENTS = ("9" * 19, "9" * 40, "0", "-1", "", "x", "1e9", "٣", "\0", "nan", "1", "2", "4")
Act = Callable[["Visit"], Awaitable[object]]


class Acts(Fuzzer):
    """Each round is a citizen on an empty database."""

    async def __aenter__(self) -> Self:
        """Make the empty database."""
        self._empty = self._folder / "empty.db"
        await migrated(sqlite_url(self._empty))
        return self

    async def round(self, random: Random, tally: Tally) -> None:
        """One citizen's visit."""
        async with self._database() as database:
            visit = Visit(database, await database.account(), random)
            await visit.begin()
            for _ in range(TURNS):
                await self._act(visit, tally)
                if tally.is_done:
                    break

    @asynccontextmanager
    async def _database(self) -> AsyncIterator[Database]:
        copyfile(self._empty, self._folder / "acts.db")
        engine = make_engine(sqlite_url(self._folder / "acts.db"), Vault(SECRET))
        reference, files = reference_of_tests(), self._folder / "files"
        try:
            yield Database(make_sessions(engine), reference, Clock(), files)
        finally:
            await engine.dispose()
            for path in self._folder.glob("acts.db*"):
                path.unlink()

    async def _act(self, visit: Visit, tally: Tally) -> None:
        act = visit.random.choices(ACTS, SHARES)[0]
        with tally.one(act.__name__):
            await act(visit)
            visit.check(await visit.client.memory())
        tally.outcomes[visit.client.replies[0].key if visit.client.replies else "silence"] += 1
        for line in self._watch.take():
            tally.fault(act.__name__, line)


class Visit:
    """A chat, and what an officer does with it."""

    def __init__(self, database: Database, officer: Staff, random: Random) -> None:
        self.database, self.officer, self.random = database, officer, random
        self.client = DialogueClient(database.sessions, database.clock)

    async def begin(self) -> None:
        """Some come for the first time, some have a case that is going on, or is done."""
        await self.client.open()
        for slug, answers in ITEMS:
            if self.random.random() < 0.5:
                await self.database.file(slug, answers, chat=self.client.chat)
                for _ in range(self.random.randrange(5)):
                    await moved(self)

    def check(self, memory: ChatMemory) -> None:
        """The last turn was answered, unless a human listens, with what can be sent."""
        assert self.client.replies or memory.with_human, "silence"
        for reply in self.client.replies:
            assert reply.text.strip(), "an empty message"
            assert odd.cut(reply.text, 2 * MAX_TEXT) == reply.text, "a very long message"
            buttons = [button for row in reply.buttons for button in row]
            assert all(one.label and len(one.data.encode()) <= MAX_DATA for one in buttons)


async def said(visit: Visit) -> None:
    """Words of any kind."""
    await visit.client.say(odd.text(visit.random))


async def pressed(visit: Visit) -> None:
    """A button that was offered, now or earlier."""
    offered = visit.client.offered
    if offered:
        await visit.client.press(visit.random.choice(offered))
    else:
        await visit.client.say("menu")


async def forged(visit: Visit) -> None:
    """A button that nobody offered."""
    random = visit.random
    if visit.client.offered and random.random() < 0.5:
        data = odd.twisted(random, random.choice(visit.client.offered).data)
    else:
        arguments = random.choices(ODD_ARGUMENTS, k=random.randrange(4))
        data = ":".join((random.choice(sorted(ON_BUTTON)), *arguments))
    await visit.client.press(Button("?", data))


async def sent(visit: Visit) -> None:
    """A file, perhaps with words."""
    await visit.client.send(visit.random.choice(list(FileKind)))


async def placed(visit: Visit) -> None:
    """A place anywhere."""
    sides = (-6.9, 0.0, 90.0, -91.0, 1e9, float("nan"), float("inf"))
    where = Location(visit.random.choice(sides), visit.random.choice(sides))
    await visit.client.give(location=where)


async def called(visit: Visit) -> None:
    """A phone number."""
    numbers = ("+628123456789", "0", "", "x" * 200, "+" * 50, "٠٨١٢٣٤٥٦٧٨٩")
    number = Contact(visit.random.choice(numbers), own=visit.random.random() < 0.5)
    await visit.client.give(contact=number)


async def waited(visit: Visit) -> None:
    """Time passes, and the jobs of the clock run."""
    visit.database.clock.move(timedelta(hours=visit.random.choice((1, 5, 30, 80, 400))))
    database = visit.database
    await Jobs(
        dependencies(database.sessions, database.clock, database.folder), lambda: None
    ).run_due()
    await offered_since(visit)
    await visit.client.say(odd.text(visit.random))


async def worked(visit: Visit) -> None:
    """An officer moves the newest case; the citizen presses what that brought, or writes."""
    await moved(visit)
    await offered_since(visit)
    await (pressed(visit) if visit.random.random() < 0.6 else said(visit))


async def moved(visit: Visit) -> None:
    """To any state that the table of moves allows, rather towards the end."""
    random, database = visit.random, visit.database
    async with database.sessions() as session:
        mine = select(Case).where(Case.chat == visit.client.chat, Case.code.is_not(None))
        case = await session.scalar(mine.order_by(Case.id.desc()).limit(1))
    targets = moves(CaseKind(case.kind), status_of(case.status), Actor.OFFICER) if case else ()
    if case is None or not targets:
        return
    done = [target for target in targets if target.meaning is Meaning.DONE]
    target = random.choice(done if done and random.random() < 0.5 else targets)
    reason = random.choice((*REASONS, odd.cut(odd.text(random), 900))).strip() or "kurang"
    await database.move(case, target, reason, by=visit.officer)


async def answered(visit: Visit) -> None:
    """An officer takes the chat, writes, and perhaps gives it back; the citizen writes on."""
    database, random = visit.database, visit.random
    async with database.sessions.begin() as session:
        waiting = await escalations.open_of_chat(session, visit.client.chat)
        if waiting is not None:
            words = odd.text(random)
            now = database.clock.now
            await escalations.say(session, database.reference, waiting, visit.officer, words, now)
            if random.random() < 0.6:
                await escalations.close(
                    session, database.reference, waiting, now, key="petugas.selesai"
                )
    await said(visit)


async def offered_since(visit: Visit) -> None:
    """What was sent to the chat outside its turns has buttons, too."""
    async with visit.database.sessions() as session:
        mine = select(Outbox).where(Outbox.chat == visit.client.chat)
        newest = (await session.scalars(mine.order_by(Outbox.id.desc()).limit(3))).all()
    rows = [row for sent in newest for row in (sent.payload or {}).get("buttons", ())]
    brought = [Button(*pair) for row in rows for pair in row]
    visit.client.offered = brought or visit.client.offered


WEIGHTED: dict[Act, float] = {
    said: 40,
    pressed: 30,
    forged: 8,
    sent: 5,
    placed: 3,
    called: 2,
    waited: 4,
    worked: 6,
    answered: 4,
}
ACTS, SHARES = tuple(WEIGHTED), tuple(WEIGHTED.values())
