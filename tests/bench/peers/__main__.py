"""`make bench-peers`: the same conversation at Balai and at what a user would pick instead."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.table import Table

from tests.bench.peers.assistant import PIPELINES, train
from tests.bench.peers.contestants import CONTESTANTS, NAME, Contestant, Running
from tests.bench.peers.conversation import read_conversation
from tests.bench.peers.environments import ENVIRONMENTS, FOLDER, install, megabytes
from tests.bench.peers.guests import Place
from tests.bench.people import Tally, as_fast_as_possible, at_rate
from tests.bench.usage import backends, cpu_seconds, family, memory, percentile, processor

AT_ONCE, RATE = 16, 10.0
STARTS_WITHIN = 300.0
console = Console(highlight=False, width=150)


@dataclass
class Result:
    """What was measured of one contestant, over all rounds; CPU in seconds."""

    busy: Tally = field(default_factory=Tally)
    quiet: Tally = field(default_factory=Tally)
    seconds: float = 0.0
    cpu: float = 0.0
    database_cpu: float = 0.0
    memory: float = 0.0
    starts: list[float] = field(default_factory=list)
    disk: float = 0.0


@click.command()
@click.option("--seconds", default=15.0, show_default=True, help="Of each measurement.")
@click.option("--rounds", default=2, show_default=True)
@click.option("--only", default="", help="Rows whose name begins so.")
def main(seconds: float, rounds: int, only: str) -> None:
    """Install what is missing, then measure each contestant in turn, round by round."""
    for name in ENVIRONMENTS:
        console.print(f"installing {name}, unless it is there ...")
        install(name)
    rows = [one for one in CONTESTANTS if one.name.lower().startswith(only.lower())]
    asyncio.run(_compare(rows, seconds, rounds))


async def _compare(rows: list[Contestant], seconds: float, rounds: int) -> None:
    (FOLDER / "models").mkdir(exist_ok=True)
    for pipeline in PIPELINES:
        if any(pipeline in row.name for row in rows):
            await train(pipeline, FOLDER / "models")
    console.print(
        f"{processor()}, {os.cpu_count()} cores, load before the start {os.getloadavg()[0]:.1f}"
    )
    results = [Result() for _ in rows]
    for number in range(rounds):
        for row, result in zip(rows, results, strict=True):
            with TemporaryDirectory() as folder:
                await _measure(row, result, Path(folder), seconds)
            console.print(
                f"round {number + 1}, {row.name}, {row.store}: {len(result.busy.waits)} turns, "
                f"load {os.getloadavg()[0]:.1f}"
            )
        console.print(_table(rows, results, seconds))


async def _measure(row: Contestant, result: Result, folder: Path, seconds: float) -> None:
    started = time.monotonic()
    async with row.start(folder) as bot:
        numbers, steps = count(), read_conversation()
        await _first_answer(bot)
        result.starts.append(time.monotonic() - started)
        places = [Place(steps, numbers, bot.arrive) for _ in range(AT_ONCE)]
        _add(result.quiet, await at_rate(places, RATE, seconds))
        pids = family(bot.pids)
        servers = backends(NAME)
        own, others = cpu_seconds(pids), cpu_seconds(servers)
        began = time.monotonic()
        _add(result.busy, await as_fast_as_possible(places, seconds))
        result.seconds += time.monotonic() - began
        result.cpu += cpu_seconds(pids) - own
        result.database_cpu += cpu_seconds(servers) - others
        result.memory = max(result.memory, memory(pids))
        result.disk = megabytes(*bot.places)


async def _first_answer(bot: Running) -> None:
    """Ask until the bot answers: it starts now."""
    first = read_conversation()[:1]
    numbers = count(1_000_000)
    async with asyncio.timeout(STARTS_WITHIN):
        while True:
            tally = Tally()
            await Place(first, numbers, bot.arrive).next(tally)
            if tally.waits:
                return
            await asyncio.sleep(0.2)


def _add(to: Tally, more: Tally) -> None:
    to.waits.extend(more.waits)
    to.silent += more.silent


def _table(rows: list[Contestant], results: list[Result], seconds: float) -> Table:
    table = Table(
        *("bot", "store", f"turns/s, {AT_ONCE} at once", "CPU ms a turn", "of the database"),
        *(f"p50 at {RATE:.0f}/s", "p95", "p99", "MB", "start", "disk MB", "n", "unanswered"),
    )
    for row, result in zip(rows, results, strict=True):
        turns = max(len(result.busy.waits), 1)
        waits = (percentile(result.quiet.waits, share) * 1000 for share in (0.5, 0.95, 0.99))
        table.add_row(
            *(row.name, row.store, f"{len(result.busy.waits) / result.seconds:.0f}"),
            f"{result.cpu * 1000 / turns:.1f}",
            f"{result.database_cpu * 1000 / turns:.1f}" if row.store == "postgres" else "",
            *(f"{wait:.0f} ms" for wait in waits),
            f"{result.memory:.0f}",
            f"{min(result.starts):.0f} s",
            f"{result.disk:.0f}",
            f"{len(result.busy.waits)} + {len(result.quiet.waits)}",
            str(result.busy.silent + result.quiet.silent),
        )
    table.caption = f"{len(result.starts)} rounds of {seconds:.0f} s at full speed and at the rate"
    return table


if __name__ == "__main__":
    main()
