"""`make crash TRIAL=long`: one bot and its model take 20,000 turns; do they grow, or get slow?"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.table import Table

from tests.bench.people import Tally, Visitor
from tests.bench.rig import Rig, language_model, running
from tests.bench.usage import descriptors, memory, percentile, processor, threads
from tests.storage.pictures import jpeg
from tests.support.databases import fresh
from tests.support.telegram.people import Person

CITIZENS, AT_ONCE = 240, 8
PHOTO_EVERY = 5.0
PART, LOOKS = 1_000, 10
"""Turns whose latency is told, at the start and at the end; how often a row tells of the rest."""
GROWN, MORE_DESCRIPTORS, MORE_THREADS, SLOWER = 1.1, 5, 2, 1.5
"""What a process may gain from half time to the end; how much slower its end may be."""
console = Console(highlight=False)


@dataclass(frozen=True, slots=True)
class Sample:
    """What the bot's process held after so many turns, and the model's; megabytes."""

    turns: int
    memory: float
    descriptors: int
    threads: int
    model: float = 0.0


@dataclass
class Outcome:
    """`samples` are of the first part, at each tenth, and at the end."""

    tally: Tally = field(default_factory=Tally)
    samples: list[Sample] = field(default_factory=list)
    seconds: float = 0.0

    def latency(self) -> list[tuple[float, float]]:
        """p50 and p95 in milliseconds, of the first turns and of the last."""
        ends = (self.tally.waits[:PART], self.tally.waits[-PART:])
        return [(percentile(e, 0.5) * 1000, percentile(e, 0.95) * 1000) for e in ends]

    def faults(self) -> list[str]:
        """What a process that runs for months must not do."""
        end = self.samples[-1]
        half = next(sample for sample in self.samples if sample.turns >= end.turns / 2)
        (_, first), (_, last) = self.latency()
        wrong = {
            f"{self.tally.silent} turns without an answer": self.tally.silent > 0,
            "it grows": end.memory > half.memory * GROWN,
            "the model grows": end.model > half.model * GROWN,
            "it keeps files open": end.descriptors > half.descriptors + MORE_DESCRIPTORS,
            "it keeps threads": end.threads > half.threads + MORE_THREADS,
            "it gets slow": last > first * SLOWER,
        }
        return [fault for fault, true in wrong.items() if true]


@click.command()
@click.option("--turns", default=20_000, show_default=True)
@click.option("--database", default="sqlite", type=click.Choice(("sqlite", "postgres")))
def main(turns: int, database: str) -> None:
    """Let citizens talk with one real bot, with the real language model, for that many turns."""
    console.print(f"{processor()}, {os.cpu_count()} cores, {database}, {turns} turns")
    outcome = asyncio.run(_trial(turns, database))
    console.print(_table(outcome))
    for fault in outcome.faults():
        console.print(fault)
    sys.exit(1 if outcome.faults() else 0)


async def _trial(turns: int, database: str) -> Outcome:
    with TemporaryDirectory() as name:
        folder = Path(name)
        async with (
            fresh(database, folder, "balai_long") as url,
            language_model(folder / "nlu.log") as (nlu, model),
            running(url, nlu, folder, 1) as rig,
        ):
            photos = asyncio.create_task(_send_photos(Person(rig.api, 30_000)))
            started = time.monotonic()
            outcome = await _talk(rig, model, turns)
            outcome.seconds = time.monotonic() - started
            photos.cancel()
            await asyncio.gather(photos, return_exceptions=True)
            return outcome


async def _talk(rig: Rig, model: int, turns: int) -> Outcome:
    """A few talk at once; whoever had a turn waits until all the others had theirs."""
    outcome = Outcome()
    visitors = cycle([Visitor(rig.api, number) for number in range(CITIZENS)])
    looks = {min(PART, turns // 4), *(turns * tenth // LOOKS for tenth in range(1, LOOKS + 1))}
    left = iter(range(1, turns + 1))

    async def keep_on() -> None:
        for turn in left:
            await next(visitors).next(outcome.tally)
            if turn in looks:
                sample = _look(rig.pids[0], model, turn)
                outcome.samples.append(sample)
                console.print(_line(sample, outcome.tally.waits[-PART:]), soft_wrap=True)

    await asyncio.gather(*(keep_on() for _ in range(AT_ONCE)))
    outcome.samples.sort(key=lambda sample: sample.turns)
    return outcome


def _look(pid: int, model: int, turns: int) -> Sample:
    return Sample(turns, memory([pid]), descriptors(pid), threads(pid), memory([model]))


def _line(sample: Sample, waits: list[float]) -> str:
    """What is told on the way, for a trial of an hour."""
    median, slow = (percentile(waits, share) * 1000 for share in (0.5, 0.95))
    return (
        f"{sample.turns} turns: bot {sample.memory:.0f} MB, model {sample.model:.0f} MB,"
        f" {sample.descriptors} descriptors, {sample.threads} threads,"
        f" p50 {median:.0f} ms, p95 {slow:.0f} ms"
    )


async def _send_photos(person: Person) -> None:
    """Every few seconds another one, for whose reading a process is started."""
    side = 40
    while True:
        side += 1
        await person.sends_photo(jpeg((side, 30)))
        await asyncio.sleep(PHOTO_EVERY)


def _table(outcome: Outcome) -> Table:
    ends = (outcome.samples[0], outcome.samples[-1])
    table = Table("after turns", "bot MB", "model MB", "descriptors", "threads", "p50", "p95")
    for sample, (median, slow) in zip(ends, outcome.latency(), strict=True):
        held = (f"{sample.memory:.0f}", f"{sample.model:.0f}")
        opened = (str(sample.descriptors), str(sample.threads))
        table.add_row(str(sample.turns), *held, *opened, f"{median:.0f} ms", f"{slow:.0f} ms")
    rate = len(outcome.tally.waits) / outcome.seconds
    table.caption = f"{outcome.seconds:.0f} s, {rate:.0f} turns a second, {AT_ONCE} at once"
    return table


if __name__ == "__main__":
    main()
