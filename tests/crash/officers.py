"""`make crash TRIAL=officers`: two officers press at the same case at once, 500 times."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import click
from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer
from rich.console import Console
from sqlalchemy import select

from actions.domain.work import EventKind
from actions.storage.engine import make_engine, make_sessions
from actions.storage.tables import Case, CaseEvent, CaseNote, Outbox
from actions.storage.vault import Vault
from bot.console import make_console
from tests.console.officer import Officer
from tests.support.clock import Clock
from tests.support.database import Database
from tests.support.databases import SECRET, fresh, migrated
from tests.support.running_bot import dependencies, reference_of_tests

MOVES = ("Mulai periksa", "Minta dilengkapi", "Tolak")
NOTE = "Simpan catatan"
NAMES = ("rina", "sari")
DONE, TOO_LATE = 200, 409
console = Console(highlight=False)


@dataclass
class Tally:
    """What became of all presses; `faults` must be empty."""

    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


@click.command()
@click.option("--cases", default=500, show_default=True)
@click.option("--seed", default=1, show_default=True, help="Repeats the same random choices.")
def main(cases: int, seed: int) -> None:
    """Two officers, one console: each case has one effect, and nobody loses what was typed."""
    faults: list[str] = []
    for kind in ("sqlite", "postgres"):
        tally = asyncio.run(_trial(kind, cases, Random(seed)))
        faults += [f"{kind}: {fault}" for fault in tally.faults]
        answers = ", ".join(f"{n} x {status}" for status, n in sorted(tally.statuses.items()))
        console.print(f"{kind}: {cases} cases, {len(tally.faults)} faults; answers: {answers}")
    for fault in faults:
        console.print(fault, markup=False)
    sys.exit(1 if faults else 0)


async def _trial(kind: str, cases: int, random: Random) -> Tally:
    with TemporaryDirectory() as name:
        async with fresh(kind, Path(name), "balai_officers") as url:
            await migrated(url)
            return await race(url, Path(name), cases, random)


async def race(url: str, folder: Path, cases: int, random: Random) -> Tally:
    """File so many cases and let two officers press at each of them at once."""
    tally = Tally()
    async with _seated(url, folder) as (database, officers):
        for number in range(cases):
            await _one(database, officers, number, random, tally)
    return tally


@asynccontextmanager
async def _seated(url: str, folder: Path) -> AsyncIterator[tuple[Database, list[Officer]]]:
    engine = make_engine(url, Vault(SECRET))
    clock = Clock()
    database = Database(make_sessions(engine), reference_of_tests(), clock, folder)
    wired = dependencies(database.sessions, clock, folder)
    app = make_console(wired, lambda: None, secure_cookies=False, bot_name=lambda: "")
    async with TestServer(app) as server:
        officers = [await _enter(server, database, name) for name in NAMES]
        try:
            yield database, officers
        finally:
            for officer in officers:
                await officer.client.session.close()
            await engine.dispose()


async def _enter(server: TestServer, database: Database, name: str) -> Officer:
    await database.account(name)
    officer = Officer(TestClient(server, cookie_jar=CookieJar(unsafe=True)), database.clock)
    cookies = {"balai_sesi": await database.token(name)}
    officer.client.session.cookie_jar.update_cookies(cookies)
    return officer


async def _one(
    database: Database, officers: list[Officer], number: int, random: Random, tally: Tally
) -> None:
    case = await database.file(chat=f"tg:{number + 1}")
    for officer in officers:
        await officer.open(f"/permohonan/{case.id}")
    pressed = [random.choice((*MOVES, NOTE)) for _ in officers]
    typed = [f"ketikan {number} {name}" for name in NAMES]
    tries = zip(officers, pressed, typed, strict=True)
    await asyncio.gather(*(_press(*each) for each in tries))
    tally.statuses.update(officer.status for officer in officers)
    faults = await _faults(database, case, officers, pressed, typed)
    tally.faults += [f"case {number}, {' and '.join(pressed)}: {fault}" for fault in faults]


async def _press(officer: Officer, button: str, typed: str) -> None:
    has_field = "isi" in officer.form(button).names
    await officer.press(button, **({"isi": typed} if has_field else {}))


async def _faults(
    database: Database, case: Case, officers: list[Officer], pressed: list[str], typed: list[str]
) -> list[str]:
    """What is not so: one move a case, a note for each, typed words stored or shown again."""
    moves, told, notes = await _stored(database, case)
    movers = [o.status for o, button in zip(officers, pressed, strict=True) if button in MOVES]
    won = [DONE, *[TOO_LATE] * (len(movers) - 1)][: len(movers)]
    faults = [] if sorted(movers) == won else [f"the moves were answered {movers}"]
    faults += (
        [] if len(moves) == min(len(movers), 1) == told else [f"{len(moves)} moves, {told} told"]
    )
    faults += [] if len(notes) == pressed.count(NOTE) else [f"{len(notes)} notes"]
    kept = {*notes, *(move.reason for move in moves)}
    for officer, button, words in zip(officers, pressed, typed, strict=True):
        if button != MOVES[0] and words not in kept and words not in officer.html:
            faults.append("typed words are lost")
    return faults


async def _stored(database: Database, case: Case) -> tuple[list[CaseEvent], int, list[str]]:
    async with database.sessions() as session:
        events = select(CaseEvent).where(
            CaseEvent.case_id == case.id, CaseEvent.kind == EventKind.MOVED
        )
        moves = [event for event in (await session.scalars(events)).all() if event.staff_id]
        told = (await session.scalars(select(Outbox).where(Outbox.chat == case.chat))).all()
        notes = (await session.scalars(select(CaseNote).where(CaseNote.case_id == case.id))).all()
        return moves, len(told), [note.text for note in notes]


if __name__ == "__main__":
    main()
