"""`make bench-wire`: a whole complaint on the wire, in the web chat and on Telegram.

Bytes are counted on the connection, by a relay in between. Seconds are reckoned from them for a
line of 32 kbit/s and 600 ms there and back: every exchange waits once, every new connection once
more, and bytes go one way after the other. TLS, and what Telegram's own protocol adds or packs
between the phone and its servers, are left out.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aiohttp import ClientSession, CookieJar
from rich.console import Console
from rich.table import Table

from actions.catalogue.reference import utc_now
from tests.support.databases import migrated, sqlite_url
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import RunningBot
from tests.support.telegram.api import BotApi
from tests.support.telegram.world import Sent
from tests.support.web_bot import WebBot
from tests.support.web_citizen import WebCitizen

FIRST = "lampu jalan mati sudah 2 minggu di RT 3"
SAID = (FIRST, "depan masjid Al Huda, Desa Mekarsari RT 03", "2 lampu", "dua minggu lalu")
SCRIPT = {FIRST: "lapor lampu_jalan"}
SKIP, SEND = "Lewati", "Kirim"
BITS_A_SECOND, DELAY = 32_000, 0.6
PHONE = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Mobile Safari/537.36",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
    "Accept-Language": "id-ID,id;q=0.9,en-US;q=0.8,en;q=0.7",
    "Accept-Encoding": "gzip, deflate",
    "sec-ch-ua": '"Chromium";v="130", "Google Chrome";v="130", "Not?A_Brand";v="99"',
    "sec-ch-ua-mobile": "?1",
    "sec-ch-ua-platform": '"Android"',
}
"""What a browser on a phone says of itself with each request."""
SENT_ON_TELEGRAM = 90
"""Bytes of an update beside its words that only the phone sends, a guess."""


@dataclass
class Wire:
    """What went over a line."""

    up: int = 0
    down: int = 0
    connections: int = 0


@dataclass(frozen=True, slots=True)
class Way:
    """One way to report: messages and exchanges, bytes, and the seconds that follow."""

    name: str
    sent: int
    received: int
    exchanges: int
    wire: Wire

    @property
    def seconds(self) -> float:
        """On the weak line."""
        waits = self.exchanges + self.wire.connections
        return waits * DELAY + (self.wire.up + self.wire.down) * 8 / BITS_A_SECOND


@contextlib.asynccontextmanager
async def relay(host: str, port: int, wire: Wire) -> AsyncIterator[str]:
    """An address that leads there, and counts."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wire.connections += 1
        there, back = await asyncio.open_connection(host, port)
        with contextlib.suppress(ConnectionError):
            await asyncio.gather(
                _pump(reader, back, wire, "up"), _pump(there, writer, wire, "down")
            )

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    own = server.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{own}"
    finally:
        server.close()


async def _pump(
    source: asyncio.StreamReader, sink: asyncio.StreamWriter, wire: Wire, way: str
) -> None:
    while data := await source.read(65536):
        setattr(wire, way, getattr(wire, way) + len(data))
        sink.write(data)
        await sink.drain()
    sink.close()


class Steps:
    """What is said next, by what was asked."""

    def __init__(self) -> None:
        self._said = iter(SAID)

    def after(self, labels: tuple[str, ...]) -> tuple[str, str]:
        """Either "tap" and a label, or "write" and words."""
        for label in (SEND, SKIP):
            if label in labels:
                return "tap", label
        return "write", next(self._said)


@dataclass(frozen=True, slots=True)
class Page:
    """The script's part of the chat: forms go one way, lines come by the stream."""

    session: ClientSession
    base: str
    form: dict[str, str]

    async def send(self, number: int, fields: dict[str, str]) -> None:
        """One form, as the script sends it."""
        marked = {"csrf": self.form["csrf"], "kunci": f"mark-{number:08d}", **fields}
        headers = {"X-Skrip": "1", "Origin": self.base, "Accept": "*/*"}
        async with self.session.post(f"{self.base}/warga", data=marked, headers=headers) as answer:
            assert answer.status == 204, answer.status


async def by_web(folder: Path, *, scripts: bool) -> tuple[Way, int]:
    """The complaint in the web chat, and the bytes of the first page with all that it needs."""
    url, wire = sqlite_url(folder / f"web{scripts}.db"), Wire()
    await migrated(url)
    clock: Any = utc_now
    bot = WebBot(url, folder, nlu=ScriptedNlu(SCRIPT), clock=clock)
    await bot.start()
    server = bot.server
    assert server.port is not None
    try:
        async with (
            relay(server.host, server.port, wire) as base,
            ClientSession(cookie_jar=CookieJar(unsafe=True), headers=PHONE) as session,
        ):
            citizen = WebCitizen(session, base)
            await citizen.open()
            for part in citizen.statics:
                await (await session.get(base + part)).read()
            first = wire.up + wire.down
            loaded = 1 + len(citizen.statics)
            if scripts:
                return await _with_script(citizen, bot, wire, loaded), first
            return await _without(citizen, wire, loaded), first
    finally:
        await bot.stop()


async def _without(citizen: WebCitizen, wire: Wire, loaded: int) -> Way:
    labels: tuple[str, ...] = ()
    steps, exchanges, sent = Steps(), loaded, 0
    while True:
        kind, what = steps.after(labels)
        await (citizen.taps(what) if kind == "tap" else citizen.writes(what))
        exchanges, sent = exchanges + 2, sent + 1  # the form, and the page that it leads to
        labels = citizen.replies[-1].labels
        if what == SEND:
            break
    received = len(citizen.replies)
    return Way("web chat without script", sent, received, exchanges, wire)


async def _with_script(citizen: WebCitizen, bot: WebBot, wire: Wire, loaded: int) -> Way:
    page = Page(citizen.session, citizen.base, citizen.form())
    reader, steps, sent = WebCitizen(citizen.session, bot.base), Steps(), 0
    labels: tuple[str, ...] = ()
    stream: asyncio.Task[None] | None = None
    while True:
        kind, what = steps.after(labels)
        # Looked up past the relay: the script has the button on its page.
        press = reader.prepare(what)["pilih"] if kind == "tap" else ""
        await page.send(sent, {"pilih": press} if press else {"teks": what})
        sent += 1
        if stream is None:
            stream = asyncio.create_task(_listen(page))
        await bot.settle()
        await reader.open()
        labels = reader.replies[-1].labels
        if what == SEND:
            break
    await asyncio.sleep(0.3)  # what is on its way to the stream
    stream.cancel()
    received = len(reader.replies)
    return Way("web chat", sent, received, loaded + 1 + sent, wire)


async def _listen(page: Page) -> None:
    headers = {"Accept": "text/event-stream"}
    address = f"{page.base}/warga/aliran?sejak=0"
    async with page.session.get(address, headers=headers) as answer:
        async for _ in answer.content.iter_any():
            pass


async def by_telegram(folder: Path) -> Way:
    """The complaint at the fake Bot API: what the bot is told and says, as JSON."""
    url = sqlite_url(folder / "tg.db")
    await migrated(url)
    api = BotApi(utc_now)
    await api.start()
    bot = RunningBot(api, url, folder, nlu=ScriptedNlu(SCRIPT), clock=utc_now)
    await bot.start()
    try:
        citizen, steps, wire = bot.citizen(), Steps(), Wire()
        labels: tuple[str, ...] = ()
        received: list[Sent] = []
        sent = 0
        while True:
            kind, what = steps.after(labels)
            told = await (citizen.taps(what) if kind == "tap" else citizen.writes(what))
            received += told
            wire.up += SENT_ON_TELEGRAM + len(what.encode())
            labels = told[-1].labels
            sent += 1
            if what == SEND:
                break
        for line in received:
            wire.down += len(line.html.encode()) + sum(
                len(one.encode()) + 40 for one in line.labels
            )
            wire.down += SENT_ON_TELEGRAM
        return Way("Telegram (estimate)", sent, len(received), sent, wire)
    finally:
        await bot.stop()
        await api.stop()


def by_form(first: int, way: Way) -> Way:
    """A plain web form of the same questions: estimated from our own page and form."""
    field_html, field_sent, answer = 350, 60, 3_000
    wire = Wire(up=1_200 + way.sent * field_sent, down=first + way.sent * field_html + answer)
    wire.connections = 1
    return Way("plain web form (estimate)", 1, 1, 5, wire)


async def measure() -> tuple[list[Way], int]:
    """All ways, and the bytes of the first page."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        web, first = await by_web(folder, scripts=True)
        plain, _ = await by_web(folder, scripts=False)
        return [web, plain, await by_telegram(folder), by_form(first, web)], first


def main() -> None:
    """Print the table."""
    ways, first = asyncio.run(measure())
    console = Console(highlight=False)
    console.print(f"the first page of the web chat with all that it needs: {first:,} bytes")
    table = Table("way", "sent", "received", "bytes up", "bytes down", "exchanges", "seconds")
    for way in ways:
        cells = (way.sent, way.received, way.wire.up, way.wire.down, way.exchanges)
        table.add_row(way.name, *(f"{cell:,}" for cell in cells), f"{way.seconds:.1f}")
    console.print(table)


if __name__ == "__main__":
    main()
