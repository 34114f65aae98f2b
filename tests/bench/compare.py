"""`make bench`: an older commit and today's beside each other, in turn on the same machine."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rich.table import Table

from bot.nlu.client import RasaAddress
from tests.bench.people import Visitor, as_fast_as_possible, settle_in
from tests.bench.rig import Rig, running
from tests.bench.usage import cpu_seconds, named, percentile
from tests.crash.process import ROOT
from tests.support.databases import Postgres, sqlite_url

BUSY, ROUNDS = 32, 4
COUNTER = Path(__file__).with_name("statements.py")
NAMES = ("before", "after")


@dataclass
class Side:
    """One of the two: where its code is, its bots, what was measured so far."""

    name: str
    root: Path
    rig: Rig
    visitors: list[Visitor] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    seconds: float = 0.0
    cpu: float = 0.0
    database_cpu: float = 0.0

    @property
    def turns_per_second(self) -> float:
        """Over all its rounds."""
        return len(self.waits) / self.seconds

    def per_turn(self, seconds: float) -> float:
        """Milliseconds a turn."""
        return seconds * 1000 / max(len(self.waits), 1)


@contextlib.contextmanager
def checked_out(commit: str) -> Iterator[Path | None]:
    """A commit in a folder of its own while it is needed; None where git does not know it."""
    folder = ROOT / "var" / "bench" / commit
    git = ["git", "-C", str(ROOT)]
    if not folder.exists():
        add = [*git, "worktree", "add", "--detach", str(folder), commit]
        if subprocess.run(add, capture_output=True, check=False).returncode:
            yield None
            return
    try:
        yield folder
    finally:
        remove = [*git, "worktree", "remove", "--force", str(folder)]
        subprocess.run(remove, capture_output=True, check=False)


@asynccontextmanager
async def _database(kind: str, folder: Path, name: str) -> AsyncIterator[str]:
    """An empty database, which the side's own code fills with its tables."""
    if kind == "sqlite":
        yield sqlite_url(folder / "balai.db")
        return
    server = Postgres(name)
    await server.make()
    try:
        yield server.url
    finally:
        await server.drop()


async def compare(
    before: Path, nlu: RasaAddress, folder: Path, kind: str, processes: int, seconds: float
) -> list[Side]:
    """Let citizens keep either busy in turn, both running all the time."""
    async with AsyncExitStack() as stack:
        sides = []
        for name, root in zip(NAMES, (before, ROOT), strict=True):
            place = folder / name / f"{kind}{processes}"
            place.mkdir(parents=True)
            database = f"balai_bench_{name}_{os.getpid()}"
            url = await stack.enter_async_context(_database(kind, place, database))
            rig = await stack.enter_async_context(running(url, nlu, place, processes, root))
            side = Side(name, root, rig, [Visitor(rig.api, number) for number in range(BUSY)])
            await settle_in(side.visitors, BUSY)
            sides.append(side)
        for _ in range(ROUNDS):
            for side in sides:
                await _busy(side, kind, seconds / ROUNDS)
        return sides


async def _busy(side: Side, kind: str, seconds: float) -> None:
    servers = named("postgres") if kind == "postgres" else []
    bots, database = cpu_seconds(side.rig.pids), cpu_seconds(servers)
    tally = await as_fast_as_possible(side.visitors, seconds)
    side.cpu += cpu_seconds(side.rig.pids) - bots
    side.database_cpu += cpu_seconds(servers) - database
    side.waits += tally.waits
    side.seconds += seconds


def statements(root: Path, kind: str) -> dict[str, float]:
    """What the code in a folder asks of the database for a turn, counted by its own process."""
    done = subprocess.run(
        [sys.executable, COUNTER, kind],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
    )
    counts: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return counts


def table(results: list[tuple[str, int, list[Side], list[dict[str, float]]]]) -> Table:
    """Before and after beside each other, and how many times as much it is."""
    made = Table(
        "database",
        "bots",
        "",
        "turns",
        "turns/s",
        "times",
        "p50",
        "p95",
        "bot ms/turn",
        "times",
        "database ms/turn",
        "statements, transactions a turn",
        title="before and after, in turn",
    )
    for kind, processes, sides, counts in results:
        first = sides[0]
        for side, count in zip(sides, counts, strict=True):
            made.add_row(
                kind,
                str(processes),
                side.name,
                str(len(side.waits)),
                f"{side.turns_per_second:.0f}",
                f"{side.turns_per_second / first.turns_per_second:.2f}",
                *(f"{percentile(side.waits, share) * 1000:.0f} ms" for share in (0.5, 0.95)),
                f"{side.per_turn(side.cpu):.1f}",
                f"{side.per_turn(side.cpu) / max(first.per_turn(first.cpu), 0.001):.2f}",
                f"{side.per_turn(side.database_cpu):.1f}",
                f"{count['statements']:.1f}, {count['transactions']:.1f}",
            )
    return made


async def compare_all(
    before: Path,
    nlu: RasaAddress,
    folder: Path,
    databases: tuple[str, ...],
    counts: tuple[int, ...],
    seconds: float,
) -> Table:
    """Every database with every number of processes."""
    results = []
    for kind in databases:
        asked = [await asyncio.to_thread(statements, root, kind) for root in (before, ROOT)]
        for processes in counts:
            sides = await compare(before, nlu, folder, kind, processes, seconds)
            results.append((kind, processes, sides, asked))
    return table(results)
