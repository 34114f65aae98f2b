"""`make crash TRIAL=slow`: two real bots whose database takes 2 s for each answer."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from sqlalchemy.engine import make_url

from bot.nlu.client import RasaAddress
from tests.bench.rig import Rig, running
from tests.crash import ledger
from tests.crash.citizens import Citizen, Progress
from tests.crash.story import Story, reference
from tests.support.databases import fresh
from tests.support.nlu_server import NluServer
from tests.support.visit import UNDERSTOOD

BOTS = 2
WARM_UP = 3.0
CHUNK = 65_536
console = Console(highlight=False)


class SlowLine:
    """Stands before a database; what is asked arrives `delay` seconds later."""

    def __init__(self, url: str) -> None:
        self._behind = make_url(url)
        self._server: asyncio.Server | None = None
        self.delay = 0.0

    @contextlib.asynccontextmanager
    async def address(self) -> AsyncIterator[str]:
        """The address of the database behind it."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        try:
            there = self._behind.set(host="127.0.0.1", port=port)
            yield there.render_as_string(hide_password=False)
        finally:
            self._server.close()

    async def _serve(self, asks: asyncio.StreamReader, hears: asyncio.StreamWriter) -> None:
        host, port = self._behind.host, self._behind.port or 5432
        answers, takes = await asyncio.open_connection(host, port)
        await asyncio.gather(self._pump(asks, takes, slowly=True), self._pump(answers, hears))

    async def _pump(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, slowly: bool = False
    ) -> None:
        with contextlib.suppress(ConnectionError):
            while chunk := await source.read(CHUNK):
                if slowly:
                    await asyncio.sleep(self.delay)
                sink.write(chunk)
                await sink.drain()
        sink.close()


@click.command()
@click.option("--citizens", default=20, show_default=True)
@click.option("--delay", default=2.0, show_default=True, help="Seconds for each statement.")
@click.option("--seconds", default=60.0, show_default=True, help="How long it is slow.")
def main(citizens: int, delay: float, seconds: float) -> None:
    """Let citizens talk to bots whose database is slow for a while; compare afterwards."""
    faults = asyncio.run(_trial(citizens, delay, seconds))
    for fault in faults:
        console.print(fault, markup=False)
    sys.exit(1 if faults else 0)


async def _trial(number: int, delay: float, seconds: float) -> list[str]:
    nlu = NluServer(UNDERSTOOD)
    await nlu.start()
    with TemporaryDirectory() as name:
        folder = Path(name)
        async with fresh("postgres", folder, "balai_slow") as url:
            line = SlowLine(url)
            async with (
                line.address() as slow,
                running(slow, RasaAddress(nlu.url), folder, BOTS) as rig,
            ):
                citizens = await _citizens(rig, number)
                await _talk(rig, citizens, line, delay, seconds)
                faults = await ledger.faults(url, folder / "files", rig.api.world, citizens)
    await nlu.stop()
    return faults + [fault for citizen in citizens for fault in citizen.faults]


async def _citizens(rig: Rig, number: int) -> list[Citizen]:
    stories = [Story(each, 1, with_photo=False) for each in range(number)]
    expected = await reference(stories[0])
    return [Citizen(rig.api, story, expected, Random(story.number)) for story in stories]


async def _talk(
    rig: Rig, citizens: list[Citizen], line: SlowLine, delay: float, seconds: float
) -> None:
    progress = Progress(allowed=1.0)
    talks = [asyncio.create_task(citizen.play(progress)) for citizen in citizens]
    await asyncio.sleep(WARM_UP)
    line.delay, before = delay, rig.api.calls["sendMessage"]
    await asyncio.sleep(seconds)
    sent = rig.api.calls["sendMessage"] - before
    line.delay, recovered = 0.0, time.monotonic()
    await asyncio.gather(*talks)
    world = rig.api.world
    await world.until(lambda: not world.waiting and not world.unanswered())
    doubles = sum(len(citizen.doubles) for citizen in citizens)
    console.print(
        f"{len(citizens)} citizens, {progress.done} messages, {delay:g} s a statement for "
        f"{seconds:g} s: {sent} replies sent meanwhile, {doubles} twice, everything answered "
        f"{time.monotonic() - recovered:.1f} s after"
    )
    for citizen in citizens:
        citizen.faults += citizen.unexplained_doubles([])
    if not sent:
        citizens[0].faults.append("nothing was sent while the database was slow")


if __name__ == "__main__":
    main()
