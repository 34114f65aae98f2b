"""`make crash`: kills a real bot at random moments and looks for what was lost or doubled."""

from __future__ import annotations

import asyncio
import os
import platform
import sys
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.table import Table

from tests.crash.trial import Outcome, Plan, Trial
from tests.support.databases import fresh

DATABASES, WAYS = ("sqlite", "postgres"), ("polling", "webhook")
SHOWN = 20
console = Console(highlight=False)


@click.command()
@click.option("--kills", default=200, show_default=True, help="In all, shared by the trials.")
@click.option("--citizens", default=100, show_default=True, help="In each trial.")
@click.option(
    "--database",
    "databases",
    multiple=True,
    type=click.Choice(DATABASES),
    default=DATABASES,
    show_default=True,
)
@click.option(
    "--way", "ways", multiple=True, type=click.Choice(WAYS), default=WAYS, show_default=True
)
@click.option("--seed", default=1, show_default=True, help="Repeats the same random choices.")
def main(
    kills: int, citizens: int, databases: tuple[str, ...], ways: tuple[str, ...], seed: int
) -> None:
    """Kill a real bot at random moments while citizens talk to it; compare afterwards."""
    trials = list(product(databases, ways))
    each = -(-kills // len(trials))
    console.print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}: {len(trials)} trials with {citizens} citizens "
        f"and {each} kills each, seed {seed}"
    )
    outcomes = [
        asyncio.run(_trial(database, way, citizens, each, seed + number))
        for number, (database, way) in enumerate(trials)
    ]
    console.print(_table(outcomes))
    sys.exit(1 if any(outcome.faults for outcome in outcomes) else 0)


async def _trial(database: str, way: str, citizens: int, kills: int, seed: int) -> Outcome:
    with TemporaryDirectory() as name, console.status("") as status:
        folder = Path(name)
        async with fresh(database, folder, "balai_crash") as url:
            plan = Plan(database, way, url, citizens, kills, seed)
            outcome = await Trial(plan, folder, status.update).run()
        console.print(
            f"{database} {way}: {outcome.kills} kills in {outcome.seconds:.0f} s, "
            f"{outcome.turns} messages, {len(outcome.faults)} lost or wrong, "
            f"{outcome.doubles} replies doubled"
        )
        for fault in outcome.faults[:SHOWN]:
            console.print(f"{database} {way}: {fault}", markup=False)
        return outcome


def _table(outcomes: list[Outcome]) -> Table:
    table = Table(
        "database", "way in", "kills", "messages", "lost or wrong", "replies doubled", "seconds"
    )
    for outcome in outcomes:
        table.add_row(
            outcome.plan.database,
            outcome.plan.way,
            str(outcome.kills),
            str(outcome.turns),
            str(len(outcome.faults)),
            str(outcome.doubles),
            f"{outcome.seconds:.0f}",
        )
    return table


if __name__ == "__main__":
    main()
