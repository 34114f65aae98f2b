"""Fills a database with a demo: refuses where there is anything real, then writes in batches."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from sqlalchemy import Connection, delete, func, insert, inspect, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from actions.casework import figure_counting, figure_keeping, search_terms, staff
from actions.casework.passwords import make_hash
from actions.casework.security_log import Origin
from actions.casework.staff import Rights, Role
from actions.catalogue.reference import ReferenceData
from actions.domain.messages import FileKind, StoredFile
from actions.storage.engine import make_sessions, vault_of
from actions.storage.files import Files
from actions.storage.migrate import migrate
from actions.storage.tables import Base, Case, Chat, Staff
from actions.storage.vault import Key, Vault
from bot.demo.answers import Forms
from bot.demo.chats import Chats
from bot.demo.copies import NUMBERED, Copies, how_often
from bot.demo.paths import Office
from bot.demo.people import PREFIX
from bot.demo.scribe import TABLES, Bodies, Rows, Scribe
from bot.demo.words import Words

UNFINISHED = f"{PREFIX}unfinished"
KEYBOARD = "term:"
BATCH = 4000
REMEMBERED = 20_000
A_MONTH = 31


class NotEmptyError(Exception):
    """The database holds something; `key` says what: real, demo, unfinished or accounts."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class RememberingVault(Vault):
    """Seals a text that comes again, as most lines of a demo's chats do, only once."""

    def __init__(self, vault: Vault) -> None:
        self._vault, self._again = vault, lru_cache(REMEMBERED)(vault.seal)

    @property
    def current(self) -> Key:
        """The key that seals."""
        return self._vault.current

    def seal(self, value: object) -> str:
        """Encrypt a JSON value."""
        return self._again(value) if isinstance(value, str) else self._vault.seal(value)

    def open(self, sealed: str) -> object:
        """Decrypt what was sealed."""
        return self._vault.open(sealed)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can log in to the demo's console; the password is seen only here."""

    username: str
    name: str
    role: Role
    unit: str | None
    password: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How many cases, from which chance, for whom, and what time it is."""

    people: list[Account]
    total: int
    seed: int
    present: datetime


def accounts(reference: ReferenceData, words: Words) -> list[Account]:
    """One account a role, and officers of the two units that have most to do."""
    items = (*reference.catalogue.services.values(), *reference.catalogue.complaints.values())
    busy = sorted(
        {item.unit for item in items}, key=lambda unit: -sum(i.unit == unit for i in items)
    )
    jobs = [(Role.OFFICER, unit) for unit in (*busy[:2], None)]
    jobs += [(Role.SUPERVISOR, None), (Role.ADMIN, None)]
    names = words.people["petugas"]
    return [
        Account(
            f"demo.{unit or role}", names[n % len(names)], role, unit, secrets.token_urlsafe(9)
        )
        for n, (role, unit) in enumerate(jobs)
    ]


async def refuse_unless_empty(engine: AsyncEngine, people: list[Account]) -> None:
    """Raise NotEmptyError where a demo does not belong; nothing is changed."""
    async with engine.connect() as connection:
        if not await connection.run_sync(lambda c: inspect(c).has_table("chats")):
            return
        ours, here = Chat.id.startswith(PREFIX), Chat.id.startswith(KEYBOARD)
        if await _some(connection, select(Chat.id).where(~or_(ours, here))) or await _some(
            connection, select(Case.id).where(~Case.chat.startswith(PREFIX))
        ):
            raise NotEmptyError("real")
        if await _some(connection, select(Chat.id).where(Chat.id == UNFINISHED)):
            raise NotEmptyError("unfinished")
        if await _some(connection, select(Chat.id).where(ours)):
            raise NotEmptyError("demo")
        names = [account.username for account in people]
        if await _some(connection, select(Staff.id).where(Staff.username.in_(names))):
            raise NotEmptyError("accounts")


async def _some(connection: AsyncConnection, query: Any) -> bool:
    return (await connection.execute(query.limit(1))).first() is not None


async def fill(
    engine: AsyncEngine,
    reference: ReferenceData,
    words: Words,
    plan: Plan,
    *,
    files: Path,
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Migrate the database and write a demo; raises NotEmptyError. Returns how many cases it has.

    `progress` is told how many cases were written since it was last told.
    """
    await refuse_unless_empty(engine, plan.people)
    await migrate(engine)
    async with engine.begin() as connection:
        row = {"id": UNFINISHED, "state": {}, "blocked": True, "updated_at": plan.present}
        await connection.execute(insert(TABLES[Chat]), [row])
    staff_ids = await _hire(engine, reference, plan)
    picture = await _picture(Files(files, vault_of(engine)))
    scribe = _scribe(reference, words, plan, staff_ids, picture)
    scribe.key = search_terms.stamp(vault_of(engine).current.id)
    await _number_from(engine, scribe)
    firsts, times = dict(scribe.newest), how_often(plan.total)
    chats = Chats(scribe, total=-(-plan.total // times), seed=plan.seed)
    await _invent(engine, scribe, chats, progress)
    if times > 1:
        await _count(engine, reference, plan.present)
        made = scribe.newest[Case] - firsts[Case]
        prefix = reference.catalogue.office.code_prefix
        copies = Copies(engine, prefix, scribe.codes, firsts, dict(scribe.newest))
        async for _ in copies.write(times):
            progress(made)
        for table in NUMBERED:
            scribe.newest[table] += (times - 1) * (scribe.newest[table] - firsts[table])
    chats.write_waiting(plan.present)
    await _flush(engine, scribe.rows)
    await _finish(engine)
    await _count(engine, reference, plan.present)
    return scribe.newest[Case] - firsts[Case]


async def _invent(
    engine: AsyncEngine, scribe: Scribe, chats: Chats, progress: Callable[[int], None]
) -> None:
    written = 0
    for made in chats.write():
        written += made
        if sum(map(len, scribe.rows.values())) >= BATCH:
            await _flush(engine, scribe.rows)
            progress(written)
            written = 0
    await _flush(engine, scribe.rows)
    progress(written)


def _scribe(
    reference: ReferenceData,
    words: Words,
    plan: Plan,
    staff_ids: list[int],
    picture: StoredFile,
) -> Scribe:
    today = reference.today(plan.present)
    end = reference.start_of(today)
    roles = list(zip(plan.people, staff_ids, strict=True))
    return Scribe(
        reference,
        words,
        Forms(reference, words, today, picture),
        Office(reference, words.paths, end),
        officers={one.unit: number for one, number in roles if one.role is Role.OFFICER},
        supervisor=next(number for one, number in roles if one.role is Role.SUPERVISOR),
        names={number: one.name for one, number in roles},
        codes=Bodies(plan.seed),
        now=end,
        newest={},
    )


async def _hire(engine: AsyncEngine, reference: ReferenceData, plan: Plan) -> list[int]:
    office = reference.catalogue.office
    hashes = {one.username: make_hash(one.password, office, one.username) for one in plan.people}
    async with make_sessions(engine).begin() as session:
        made = [
            await staff.add(
                session,
                username=one.username,
                name=one.name,
                rights=Rights(one.role, one.unit, sees_secret=one.role is Role.SUPERVISOR),
                password_hash=hashes[one.username],
                origin=Origin(plan.present),
            )
            for one in plan.people
        ]
        return [account.id for account in made]


async def _picture(files: Files) -> StoredFile:
    """The one picture that all invented citizens send."""
    image = Image.new("RGB", (640, 480), "#d8dde3")
    ImageDraw.Draw(image).text((250, 215), "DEMO", fill="#555f6b", font_size=60)
    raw = BytesIO()
    image.save(raw, "JPEG")
    stored = await files.store(raw.getvalue(), FileKind.PHOTO)
    assert isinstance(stored, StoredFile)  # noqa: S101  a picture is a picture
    return stored


async def _number_from(engine: AsyncEngine, scribe: Scribe) -> None:
    """Go on after the ids that there are: somebody may have tried the chat at the keyboard."""
    async with engine.connect() as connection:
        for table in NUMBERED:
            newest = await connection.scalar(select(func.max(TABLES[table].c.id)))
            scribe.newest[table] = newest or 0


async def _flush(engine: AsyncEngine, rows: Rows) -> None:
    """Write what has gathered in one transaction, tables that are pointed to first."""
    async with engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            if rows[table]:
                await connection.execute(insert(table), rows[table])
    rows.clear()


async def _finish(engine: AsyncEngine) -> None:
    """Take the mark of an unfinished demo away, and let PostgreSQL count on from our ids."""
    async with engine.begin() as connection:
        await connection.execute(delete(Chat).where(Chat.id == UNFINISHED))
        await connection.run_sync(_count_on)


async def _count(engine: AsyncEngine, reference: ReferenceData, now: datetime) -> None:
    """Count the figures of reports, a month at a time: the job would take its time."""
    sessions, today, more = make_sessions(engine), reference.today(now), True
    while more:
        async with sessions.begin() as session:
            counted = await figure_keeping.count(session, reference, now, most=A_MONTH)
            await figure_keeping.keep(session, counted, now)
            more = len(counted.days) > A_MONTH
    async with sessions.begin() as session:
        counts = await figure_counting.count_now(session, reference, today)
        await figure_keeping.keep_backlog(session, today, counts)


def _count_on(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        return
    for table in NUMBERED:
        name = TABLES[table].name
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :newest)"),
            {"name": name, "newest": connection.scalar(select(func.max(TABLES[table].c.id)))},
        )
