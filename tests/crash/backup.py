"""`make crash TRIAL=backup`: backs up a real bot under load again and again, and restores each."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from sqlalchemy import func, select

from actions.storage.engine import make_engine, make_sessions
from actions.storage.files import Files
from actions.storage.tables import Attachment, Case, CaseEvent, Inbox
from actions.storage.vault import Vault
from bot.nlu.client import RasaAddress
from tests.bench.people import Tally, Visitor
from tests.bench.rig import running
from tests.crash.process import INHERITED, ROOT
from tests.storage.pictures import jpeg
from tests.support.databases import SECRET, fresh
from tests.support.nlu_server import NluServer
from tests.support.telegram.api import BotApi
from tests.support.telegram.people import Person
from tests.support.visit import UNDERSTOOD

CITIZENS = 12
WARM_UP = 3.0
DATABASES = ("sqlite", "postgres")
console = Console(highlight=False)


@dataclass
class Outcome:
    """How many backups came back whole, and what was wrong with the others."""

    database: str
    sound: int = 0
    rows: int = 0
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)


@click.command()
@click.option("--times", default=50, show_default=True, help="Backups of each database.")
@click.option(
    "--database", "databases", multiple=True, type=click.Choice(DATABASES), default=DATABASES
)
def main(times: int, databases: tuple[str, ...]) -> None:
    """Back up a bot that is talked to, restore every backup elsewhere, and look into it."""
    outcomes = [asyncio.run(_trial(database, times)) for database in databases]
    for outcome in outcomes:
        console.print(
            f"{outcome.database}: {outcome.sound} of {times} backups under load came back whole, "
            f"the last with {outcome.rows} updates; the slowest took {outcome.slowest:.1f} s"
        )
        for fault in outcome.faults:
            console.print(fault, markup=False)
    sys.exit(1 if any(outcome.faults for outcome in outcomes) else 0)


async def _trial(database: str, times: int) -> Outcome:
    outcome = Outcome(database)
    nlu = NluServer(UNDERSTOOD)
    await nlu.start()
    with TemporaryDirectory() as name:
        async with (
            fresh(database, Path(name), "balai_backup") as url,
            running(url, RasaAddress(nlu.url), Path(name), 1) as rig,
            visited(rig.api),
        ):
            for number in range(times):
                await _once(outcome, url, Path(name), number)
    await nlu.stop()
    return outcome


async def _once(outcome: Outcome, url: str, folder: Path, number: int) -> None:
    place = folder / str(number)
    place.mkdir()
    archive = place / "balai.tar"
    started = time.monotonic()
    told = await _command("backup", archive, url, folder)
    outcome.slowest = max(outcome.slowest, time.monotonic() - started)
    async with fresh(outcome.database, place, f"balai_restored_{number}") as new:
        told = told or await _command("restore", archive, new, place)
        faults = [told] if told else await _faults(new, place, outcome)
    outcome.faults += [f"{outcome.database} {number}: {fault}" for fault in faults]
    outcome.sound += not faults
    archive.unlink(missing_ok=True)


async def _command(name: str, archive: Path, url: str, var: Path) -> str:
    """Run it as an operator does; returns what it said where it failed."""
    inherited = {key: os.environ[key] for key in INHERITED if key in os.environ}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", name, str(archive)),
        cwd=ROOT,
        env={**inherited, "DATABASE_URL": url, "VAR_DIR": str(var), "SECRET_KEY": SECRET},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    told, _ = await process.communicate()
    return told.decode() if process.returncode else ""


async def _faults(url: str, var: Path, outcome: Outcome) -> list[str]:
    """What does not fit together in a restored installation; every sealed value is opened."""
    engine = make_engine(url, Vault(SECRET))
    try:
        async with make_sessions(engine)() as session:
            outcome.rows = await session.scalar(select(func.count(Inbox.id))) or 0
            cases = (await session.scalars(select(Case).where(Case.code.is_not(None)))).all()
            moved = set((await session.scalars(select(CaseEvent.case_id))).all())
            names = (await session.scalars(select(Attachment.name))).all()
            await session.execute(select(Inbox))
    finally:
        await engine.dispose()
    files = Files(var / "files", Vault(SECRET))
    found = [f"case {case.id} has no history" for case in cases if case.id not in moved]
    return found + [f"file {name} is missing" for name in names if not files.path(name).exists()]


@contextlib.asynccontextmanager
async def visited(api: BotApi) -> AsyncIterator[None]:
    """Citizens come and go all the time, and one sends photos."""
    tally = Tally()
    visits = [_visit(Visitor(api, number), tally) for number in range(CITIZENS)]
    tasks = [asyncio.create_task(each) for each in (*visits, _send_photos(Person(api, 30_000)))]
    await asyncio.sleep(WARM_UP)
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _visit(visitor: Visitor, tally: Tally) -> None:
    while True:
        await visitor.next(tally)


async def _send_photos(person: Person) -> None:
    for number in range(10_000):
        await person.sends_photo(jpeg((40 + number % 400, 30)))
        await asyncio.sleep(1.0)


if __name__ == "__main__":
    main()
