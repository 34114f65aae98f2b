"""`make fuzz`: updates, dialogue acts, files and HTTP requests of any kind, by chance."""

from __future__ import annotations

import asyncio
import platform
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.table import Table

from tests.bench.usage import processor
from tests.fuzz.acts import Acts
from tests.fuzz.bursts import Bursts
from tests.fuzz.files import Files
from tests.fuzz.http import Http
from tests.fuzz.tally import LONGEST, Fuzzer, Tally, watching
from tests.fuzz.updates import Updates

SHOWN = 20
GROWN = 1.1
"""How much of its memory at half time a run may have at its end."""
console = Console(highlight=False)


KINDS: dict[str, type[Fuzzer]] = {
    "updates": Updates,
    "acts": Acts,
    "bursts": Bursts,
    "files": Files,
    "http": Http,
}


async def fuzz(kind: str, seed: str, n: int, rounds: Sequence[int] | None = None) -> Tally:
    """Do so many tries, or just some rounds again."""
    tally = Tally(seed, n)
    with TemporaryDirectory() as folder, watching() as watch:
        async with KINDS[kind](Path(folder), watch) as fuzzer:
            while not tally.is_done and (rounds is None or tally.round <= max(rounds)):
                if rounds is None or tally.round in rounds:
                    await fuzzer.round(Random(f"{kind} {seed} {tally.round}"), tally)
                tally.round += 1
                if tally.round == 1 or (tally.tries >= n / 2 and len(tally.memory) == 1):
                    tally.weigh()
    tally.weigh()
    return tally


@click.command()
@click.argument("kinds", nargs=-1, type=click.Choice(tuple(KINDS)))
@click.option("--n", default=20_000, show_default=True, help="Tries of each kind.")
@click.option("--seed", default="1", show_default=True, help="Repeats the same choices.")
@click.option("--round", "rounds", multiple=True, type=int, help="Only this one, once more.")
def main(kinds: tuple[str, ...], n: int, seed: str, rounds: tuple[int, ...]) -> None:
    """Try any input of these KINDS, or of all; fail where one was not handled, or took long."""
    python = platform.python_version()
    console.print(f"{processor()}, {platform.machine()}, Python {python}, seed {seed}")
    told = [_told(kind, seed, n, rounds) for kind in kinds or KINDS]
    sys.exit(0 if all(told) else 1)


def _told(kind: str, seed: str, n: int, rounds: tuple[int, ...]) -> bool:
    began = time.monotonic()
    tally = asyncio.run(fuzz(kind, seed, n, rounds or None))
    console.print(_line(kind, tally, time.monotonic() - began))
    for name, count in tally.outcomes.most_common(SHOWN):
        console.print(f"  {count:6} {name}", markup=False)
    for line in (*tally.unhandled[:SHOWN], *tally.slow[:SHOWN]):
        console.print(f"{kind} {line}", markup=False, soft_wrap=True)
    grown = len(tally.memory) > 2 and tally.memory[-1] > tally.memory[1] * GROWN
    return not (tally.unhandled or tally.slow or grown)


def _line(kind: str, tally: Tally, seconds: float) -> Table:
    memory = " -> ".join(f"{one:.0f}" for one in tally.memory)
    over = f"over {LONGEST:.0f} s"
    table = Table("", "n", "unhandled", over, "worst", "MB at start, half, end", "seconds")
    counts = (tally.tries, len(tally.unhandled), len(tally.slow))
    table.add_row(kind, *map(str, counts), f"{tally.worst:.2f} s", memory, f"{seconds:.0f}")
    return table


if __name__ == "__main__":
    main()
