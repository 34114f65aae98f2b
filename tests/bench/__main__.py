"""`make bench`: turns a second, how long citizens wait, memory, and what limits it."""

from __future__ import annotations

import asyncio
import os
import platform
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.table import Table

from tests.bench.compare import checked_out, compare_all
from tests.bench.people import Tally, Visitor, as_fast_as_possible, at_rate, settle_in
from tests.bench.rig import Rig, language_model, parsing, running
from tests.bench.usage import cpu_seconds, memory, named, percentile, processor
from tests.support.databases import fresh

DATABASES = ("sqlite", "postgres")
BUSY, MANY = 32, 120
RATE = 30.0
console = Console(highlight=False, width=150)


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table; CPU in milliseconds a turn by who used it."""

    database: str
    processes: int
    turns_per_second: float
    quiet: Tally
    busy: Tally
    cpu: dict[str, float]
    bots_memory: float
    nlu_memory: float


@click.command()
@click.option("--seconds", default=15.0, show_default=True, help="Of each measurement.")
@click.option(
    "--database",
    "databases",
    multiple=True,
    type=click.Choice(DATABASES),
    default=DATABASES,
    show_default=True,
)
@click.option("--processes", "counts", multiple=True, type=int, default=(1, 2), show_default=True)
@click.option("--before", default="", help="A commit to measure beside this one, in turn.")
def main(seconds: float, databases: tuple[str, ...], counts: tuple[int, ...], before: str) -> None:
    """Measure the whole service: fake Telegram, real bot processes, real language model."""
    load = os.getloadavg()[0]
    console.print(
        f"{processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"load before the start {load:.1f}"
    )
    if not before:
        asyncio.run(_measure_all(seconds, databases, counts))
        return
    with checked_out(before) as folder:
        if folder is None:
            raise click.ClickException(f"git does not know {before} here")
        console.print(asyncio.run(_beside(folder, seconds, databases, counts)))


async def _beside(
    before: Path, seconds: float, databases: tuple[str, ...], counts: tuple[int, ...]
) -> Table:
    with TemporaryDirectory() as name:
        folder = Path(name)
        async with language_model(folder / "nlu.log") as (nlu, _):
            return await compare_all(before, nlu, folder, databases, counts, seconds)


async def _measure_all(
    seconds: float, databases: tuple[str, ...], counts: tuple[int, ...]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        async with language_model(folder / "nlu.log") as (nlu, nlu_pid):
            model = await parsing(nlu)
            console.print(
                f"the model alone: p50 {model.median:.1f} ms, p95 {model.slow:.1f} ms, "
                f"{model.per_second:.0f} parses a second"
            )
            results = []
            for database, processes in product(databases, counts):
                place = folder / f"{database}{processes}"
                place.mkdir()
                console.print(f"measuring {database} with {processes} ...")
                async with (
                    fresh(database, place, "balai_bench") as url,
                    running(url, nlu, place, processes) as rig,
                ):
                    results.append(await _measure(rig, database, nlu_pid, seconds))
    console.print(_speed(results))
    console.print(_limits(results))


async def _measure(rig: Rig, database: str, nlu_pid: int, seconds: float) -> Result:
    visitors = [Visitor(rig.api, number) for number in range(MANY)]
    await settle_in(visitors, BUSY)
    quiet = await at_rate(visitors, RATE, seconds)
    groups = {
        "bot": rig.pids,
        "model": [nlu_pid],
        "telegram": [os.getpid()],
        "database": named("postgres") if database == "postgres" else [],
    }
    before = {name: cpu_seconds(pids) for name, pids in groups.items()}
    busy = await as_fast_as_possible(visitors[:BUSY], seconds)
    turns = max(len(busy.waits), 1)
    cpu = {
        name: (cpu_seconds(pids) - before[name]) * 1000 / turns for name, pids in groups.items()
    }
    return Result(
        database,
        len(rig.pids),
        turns / seconds,
        quiet,
        busy,
        cpu,
        memory(rig.pids),
        memory([nlu_pid]),
    )


def _speed(results: list[Result]) -> Table:
    table = Table(
        "database",
        "bots",
        "turns/s",
        f"p50 at {RATE:.0f}/s",
        "p95",
        "p99",
        "p50 when full",
        "silent",
        "strayed",
        "bots MB",
        "model MB",
    )
    for result in results:
        waits = (percentile(result.quiet.waits, share) * 1000 for share in (0.5, 0.95, 0.99))
        table.add_row(
            result.database,
            str(result.processes),
            f"{result.turns_per_second:.0f}",
            *(f"{wait:.0f} ms" for wait in waits),
            f"{percentile(result.busy.waits, 0.5) * 1000:.0f} ms",
            str(result.quiet.silent + result.busy.silent),
            str(result.quiet.strayed + result.busy.strayed),
            f"{result.bots_memory:.0f}",
            f"{result.nlu_memory:.0f}",
        )
    return table


def _limits(results: list[Result]) -> Table:
    """Where the machine's time went while it was full."""
    table = Table(
        "database",
        "bots",
        "bot ms/turn",
        "model",
        "database",
        "telegram and citizens",
        "cores busy",
        title="what limits it: CPU a turn when full",
    )
    for result in results:
        cpu = result.cpu
        cores = sum(cpu.values()) * result.turns_per_second / 1000
        table.add_row(
            result.database,
            str(result.processes),
            f"{cpu['bot']:.1f}",
            f"{cpu['model']:.1f}",
            f"{cpu['database']:.1f}",
            f"{cpu['telegram']:.1f}",
            f"{cores:.1f} of {os.cpu_count()}",
        )
    return table


if __name__ == "__main__":
    main()
