"""`make bench-scale`: what pages, jobs and a turn cost with few cases and with very many.

Both sizes are asked in turn, round after round, so that what else the machine does falls on both.
"""

from __future__ import annotations

import asyncio
import os
import platform
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import cycle
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from actions.casework.desk import Tray
from tests.bench.installation import HEAD, UNITED, Installation, fill, jobs_of, opened
from tests.bench.usage import processor

FOLDER = Path("var/bench")
KINDS = ("sqlite", "postgres")
MOST = 1.5
"""Times as much as with few cases is what a person may wait at most."""
SOON, SLOW = 5.0, 2000.0
"""Milliseconds: below it a ratio says little, and above it a job is too slow."""
JOB_ROUNDS = 2
console = Console(highlight=False, width=140)
TURN, MEANWHILE = "a turn: a case by its code", "the same turn while pages are loaded"


@click.command()
@click.option("--small", default=10_000, show_default=True)
@click.option("--large", default=1_000_000, show_default=True)
@click.option("--rounds", default=5, show_default=True)
@click.option("--folder", default=FOLDER, show_default=True, type=click.Path(path_type=Path))
@click.option("--database", "kinds", multiple=True, type=click.Choice(KINDS), default=KINDS)
@click.option("--jobs/--no-jobs", default=True, show_default=True)
def main(
    small: int, large: int, rounds: int, folder: Path, kinds: tuple[str, ...], *, jobs: bool
) -> None:
    """Fill what is not filled yet, measure, and print the table.

    What was filled stays in the folder, and in databases that are called flat_bench_...
    """
    for kind in kinds:
        asyncio.run(_compare(kind, (small, large), rounds, folder, jobs=jobs))


async def _compare(
    kind: str, sizes: tuple[int, int], rounds: int, folder: Path, *, jobs: bool
) -> None:
    settings = [(size, await fill(kind, size, folder, console)) for size in sizes]
    async with AsyncExitStack() as stack:
        places = [
            await stack.enter_async_context(opened(kind, size, own)) for size, own in settings
        ]
        await _round(places, jobs=False)
        for place in places:
            place.costs.clear()  # that round filled caches
        for number in range(rounds):
            await _round(places, jobs=jobs and number < JOB_ROUNDS)
    _print(kind, places, rounds)


async def _round(places: list[Installation], *, jobs: bool) -> None:
    """Everything once in each place, one after the other."""
    for name in _pages(places[0]):
        for place in places:
            who, address, form = _pages(place)[name]
            await place.measure(name, lambda p=place, a=(who, address, form): p.open(*a))
    for place in places:
        await place.measure(TURN, lambda p=place: p.citizen.writes(f"cek {p.case.code}"))
    for place in places:
        async with _loading(place):
            await place.measure(MEANWHILE, lambda p=place: p.citizen.writes(f"cek {p.case.code}"))
    for name in jobs_of(places[0]) if jobs else ():
        for place in places:
            await place.measure(f"job: {name}", jobs_of(place)[name])


@asynccontextmanager
async def _loading(place: Installation) -> AsyncIterator[None]:
    """An officer who loads page after page meanwhile."""

    async def load() -> None:
        for who, address, form in cycle(_pages(place).values()):
            await place.open(who, address, form)

    loading = asyncio.create_task(load())
    await asyncio.sleep(0)
    try:
        yield
    finally:
        loading.cancel()
        await asyncio.gather(loading, return_exceptions=True)


def _pages(place: Installation) -> dict[str, tuple[str, str, dict[str, str] | None]]:
    """Who opens what, by what it is called in the table."""
    case, deep = place.case, f"&sesudah={place.deep}"
    month = f"{place.balai.deps.clock():%Y-%m}"
    pages = {
        **{f"tray {tray}": ("admin", f"/meja?baki={tray}") for tray in Tray},
        **{f"tray {tray}, one unit": (UNITED, f"/meja?baki={tray}") for tray in Tray},
        "tray terlambat, far down": ("admin", f"/meja?baki=terlambat{deep}"),
        "one case": ("admin", f"/permohonan/{case.id}"),
        "one case, one unit": (UNITED, f"/permohonan/{place.united.id}"),
        "escalations": ("admin", "/percakapan"),
        "escalations, one unit": (UNITED, "/percakapan"),
        "escalations, closed": ("admin", "/percakapan?selesai=1"),
        "escalations, closed, one unit": (UNITED, "/percakapan?selesai=1"),
        "report": ("admin", "/laporan"),
        "report, late": ("admin", "/laporan/terlambat"),
        "report, services": ("admin", "/laporan/layanan"),
        "report, villages": ("admin", "/laporan/wilayah"),
        "report, satisfaction": ("admin", "/laporan/kepuasan"),
        "report, bot": ("admin", "/laporan/bot"),
        "report, officers": (HEAD, "/laporan/petugas"),
        "report, cases behind a figure": ("admin", f"/laporan/perkara?angka=masuk&masa={month}"),
        "report, broken promises": (
            "admin",
            f"/laporan/perkara?angka=janji&bagian=ingkar&masa={month}",
        ),
        "unit": ("admin", "/unit"),
        "unit, one": ("admin", "/unit?unit=disdukcapil"),
        "alerts": ("admin", "/pemberitahuan"),
        "rights on data": ("admin", "/hak"),
        "trail": ("admin", "/pengaturan/jejak"),
        "security log": ("admin", "/keamanan"),
        "to learn": ("admin", "/belajar"),
    }
    searches = {
        "search: name": "Siti Aminah",
        "search: first name": "Siti",
        "search: NIK": place.nik,
        "search: village": "Mekarsari",
        "search: service": "KTP hilang",
        "search: nobody": "Zulfikarnaen",
    }
    return {
        **{name: (who, address, None) for name, (who, address) in pages.items()},
        **{name: ("admin", "/cari", {"kata": words}) for name, words in searches.items()},
    }


def _print(kind: str, places: list[Installation], rounds: int) -> None:
    small, large = places
    load = os.getloadavg()[0]
    console.print(
        f"{kind}, {small.size:,} and {large.size:,} cases, {rounds} rounds; {processor()}, "
        f"{os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f}"
    )
    table = Table("", box=None)
    for title in ("ms", "ms", "ratio", "CPU ms", "CPU ms", "ratio", ""):
        table.add_column(title, justify="right")
    for name, few in small.costs.items():
        many = large.costs[name]
        walls, cpus = many.wall / few.wall, many.cpu / few.cpu if few.cpu else 0.0
        cells = (few.wall, many.wall, walls, few.cpu, many.cpu, cpus)
        formats = ("{:.1f}", "{:.1f}", "{:.2f}", "{:.1f}", "{:.1f}", "{:.2f}")
        shown = [how.format(cell) for how, cell in zip(formats, cells, strict=True)]
        table.add_row(name, *shown, _verdict(name, many.wall, walls))
    console.print(table)
    for place in places:
        for address in sorted(set(place.ended)):
            console.print(f"ended after its time, with {place.size:,} cases: {address}")


def _verdict(name: str, wall: float, ratio: float) -> str:
    if name.startswith("job: "):
        return "too slow" if wall > SLOW else ""
    return "over" if ratio > MOST and wall > SOON else ""


if __name__ == "__main__":
    main()
