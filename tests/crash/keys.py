"""`make crash TRIAL=keys`: changes the key of a real bot under load, killed again and again."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from sqlalchemy import Text, select, type_coerce

from actions.storage.engine import Sessions, engine_at, make_sessions, vault_of
from actions.storage.files import Files
from actions.storage.keys import FileVault, KeyFile
from actions.storage.resealing import count_older
from actions.storage.sealing import sealed_columns
from bot.nlu.client import RasaAddress
from tests.bench.rig import running
from tests.bot.demo_database import make
from tests.crash.backup import visited
from tests.crash.process import INHERITED, ROOT
from tests.support.databases import fresh
from tests.support.nlu_server import NluServer
from tests.support.visit import UNDERSTOOD

DATABASES = ("sqlite", "postgres")
CASES = 1500
LONGEST = 10.0
"""Seconds after which a change of keys is killed, at most; it takes two to begin."""
console = Console(highlight=False)


@dataclass
class Outcome:
    """What was left of each killed change of keys, and what could not be opened in the end."""

    database: str
    killed: int = 0
    left: list[int] = field(default_factory=list)
    opened: int = 0
    faults: list[str] = field(default_factory=list)


@click.command()
@click.option("--times", default=10, show_default=True, help="Kills for each database.")
@click.option("--seed", default=1, show_default=True, help="Repeats the same random moments.")
@click.option(
    "--database", "databases", multiple=True, type=click.Choice(DATABASES), default=DATABASES
)
def main(times: int, seed: int, databases: tuple[str, ...]) -> None:
    """Kill `bot keys rotate` while citizens talk to the bot; finish it, and open everything."""
    outcomes = [asyncio.run(_trial(each, times, Random(seed))) for each in databases]
    for outcome in outcomes:
        console.print(
            f"{outcome.database}: killed {outcome.killed} of {times} times, with "
            f"{', '.join(map(str, outcome.left))} values and files left; in the end all "
            f"{outcome.opened} opened, {len(outcome.faults)} faults"
        )
        for fault in outcome.faults:
            console.print(fault, markup=False)
    sys.exit(1 if any(outcome.faults for outcome in outcomes) else 0)


async def _trial(database: str, times: int, random: Random) -> Outcome:
    outcome = Outcome(database)
    nlu = NluServer(UNDERSTOOD)
    await nlu.start()
    with TemporaryDirectory() as name:
        folder = Path(name)
        async with (
            fresh(database, folder, "balai_keys") as url,
            _filled(url, folder),
            running(url, RasaAddress(nlu.url), folder, 1) as rig,
        ):
            async with visited(rig.api):
                for _ in range(times):
                    await _killed(outcome, url, folder, random.uniform(2, LONGEST))
                outcome.faults += await _finished(url, folder)
            await _open_all(outcome, url, folder)
    await nlu.stop()
    return outcome


@contextlib.asynccontextmanager
async def _filled(url: str, folder: Path) -> AsyncIterator[None]:
    """A demo is there first, so that there is much to seal anew."""
    await make(url, folder / "files", cases=CASES)
    yield


async def _killed(outcome: Outcome, url: str, folder: Path, seconds: float) -> None:
    process = await _rotate(url, folder)
    try:
        async with asyncio.timeout(seconds):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
        outcome.killed += 1
    vault = FileVault(KeyFile(folder / "secret.key"))
    async with engine_at(url, vault) as engine, make_sessions(engine)() as session:
        files = Files(folder / "files", vault).older()
        outcome.left.append(await count_older(session) + len(files))


async def _rotate(url: str, folder: Path) -> asyncio.subprocess.Process:
    inherited = {key: os.environ[key] for key in INHERITED if key in os.environ}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "keys", "rotate"),
        cwd=ROOT,
        env={**inherited, "DATABASE_URL": url, "VAR_DIR": str(folder)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


async def _finished(url: str, folder: Path) -> list[str]:
    process = await _rotate(url, folder)
    told, _ = await process.communicate()
    return [told.decode()] if process.returncode else []


async def _open_all(outcome: Outcome, url: str, folder: Path) -> None:
    """Open every value and file with the newest key alone."""
    KeyFile(folder / "secret.key").drop_older()
    vault = FileVault(KeyFile(folder / "secret.key"))
    async with engine_at(url, vault) as engine:
        outcome.opened += await _open_values(outcome, make_sessions(engine))
    files = Files(folder / "files", vault)
    for path in (folder / "files").rglob("*.*"):
        try:
            outcome.opened += bool(b"".join(files.content(path.name)))
        except Exception as error:  # noqa: BLE001  whatever it is, it is counted
            outcome.faults.append(f"{path.name}: {type(error).__name__}")


async def _open_values(outcome: Outcome, sessions: Sessions) -> int:
    opened = 0
    async with sessions() as session:
        for table, column in sealed_columns():
            for token in await session.scalars(select(type_coerce(column, Text))):
                try:
                    opened += token is not None and bool(vault_of(session.get_bind()).open(token))
                except Exception as error:  # noqa: BLE001  whatever it is, it is counted
                    outcome.faults.append(f"{table.name}.{column.name}: {type(error).__name__}")
    return opened


if __name__ == "__main__":
    main()
