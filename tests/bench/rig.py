"""Everything that a measurement needs: fake Telegram, real model, bots, database."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from actions.catalogue.reference import utc_now
from bot.nlu.client import RasaAddress
from bot.nlu.process import NluServer, local_address, train
from bot.settings import Settings
from tests.bench.usage import percentile
from tests.crash.process import ROOT, UNBRAKED, BotProcess, free_port
from tests.support.databases import SECRET
from tests.support.telegram.api import TOKEN, BotApi
from tests.support.telegram.people import Person

START_PATIENCE = 120.0
SENTENCES = (
    "lampu jalan depan mushola rt 4 mati sudah seminggu",
    "kk saya hilang gimana urusnya",
    "berapa biaya bikin akta lahir anak",
    "pak mau tanya jam buka kantor camat",
    "ktp saya sudah jadi belum ya, sudah 2 minggu",
    "bansos kok tetangga dapat saya tidak",
    "mau ngobrol sama petugas aja",
    "syarat surat pindah ke kota lain apa saja",
)


@contextlib.asynccontextmanager
async def language_model(log: Path) -> AsyncIterator[tuple[RasaAddress, int]]:
    """The real model on a server of its own: its address and its process."""
    settings = Settings(_env_file=None)
    model = await train(settings, print)
    server = NluServer(model, local_address(0), log)
    server.start()
    try:
        await _until_it_answers(server.address)
        assert server._process is not None
        yield server.address, server._process.pid
    finally:
        await server.stop()


async def _until_it_answers(address: RasaAddress) -> None:
    async with asyncio.timeout(START_PATIENCE), aiohttp.ClientSession() as session:
        while True:
            with contextlib.suppress(aiohttp.ClientError):
                async with session.get(address.to("/version")) as answer:
                    if answer.ok:
                        return
            await asyncio.sleep(0.2)


@dataclass(frozen=True, slots=True)
class Parsing:
    """Milliseconds of a parse asked for one after the other; parses a second when full."""

    median: float
    slow: float
    per_second: float


async def parsing(address: RasaAddress, rounds: int = 50, askers: int = 4) -> Parsing:
    """How fast the model's server answers, alone on the machine."""
    texts = [f"{text} {number}" for number in range(rounds) for text in SENTENCES]
    async with aiohttp.ClientSession() as session:
        alone = await _ask(session, address, iter(texts))
        waiting, started = iter(texts), time.perf_counter()
        await asyncio.gather(*(_ask(session, address, waiting) for _ in range(askers)))
        seconds = time.perf_counter() - started
    return Parsing(percentile(alone, 0.5), percentile(alone, 0.95), len(texts) / seconds)


async def _ask(
    session: aiohttp.ClientSession, address: RasaAddress, texts: Iterator[str]
) -> list[float]:
    times = []
    for text in texts:
        started = time.perf_counter()
        async with session.post(address.to("/model/parse"), json={"text": text}) as answer:
            answer.raise_for_status()
            await answer.read()
        times.append((time.perf_counter() - started) * 1000)
    return times


@dataclass
class Rig:
    """Bots at the fake Telegram."""

    api: BotApi
    bots: list[BotProcess]

    @property
    def pids(self) -> list[int]:
        """The bots' processes."""
        return [bot.pid for bot in self.bots]


@contextlib.asynccontextmanager
async def running(
    url: str, nlu: RasaAddress, folder: Path, processes: int, root: Path = ROOT
) -> AsyncIterator[Rig]:
    """Start so many bots on one database, all by webhook, and wait until they answer.

    Their key stands in `folder`, as on a machine that was set up by hand. `root` is where their
    code is.
    """
    (folder / "secret.key").write_text(SECRET)
    api = BotApi(utc_now)
    await api.start()
    ports = [free_port() for _ in range(processes)]
    bots = [
        BotProcess(_settings(api, url, nlu, folder, port), folder / f"bot{port}.log", root=root)
        for port in ports
    ]
    try:
        await bots[0].migrate()
        for number, bot in enumerate(bots, 1):
            await bot.start()
            await api.world.until(lambda n=number: api.calls["setWebhook"] >= n, START_PATIENCE)
        api.webhooks = [f"http://127.0.0.1:{port}/telegram" for port in ports]
        await _greet(api)
        yield Rig(api, bots)
    finally:
        for bot in bots:
            await bot.stop()
        await api.stop()


async def _greet(api: BotApi) -> None:
    """Everybody has a first word with both bots before anything is measured."""
    people = [Person(api, 19_000 + number) for number in range(8)]
    await asyncio.gather(*(person.writes("/start") for person in people))
    for person in people:
        await api.world.chat_grows(person.chat.id, 0, START_PATIENCE)


def _settings(api: BotApi, url: str, nlu: RasaAddress, folder: Path, port: int) -> dict[str, str]:
    return {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API": api.url,
        "DATABASE_URL": url,
        "VAR_DIR": str(folder),
        "PORT": str(port),
        "NLU_URL": nlu.url,
        "NLU_TOKEN": nlu.token,
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "MESSAGES_PER_SECOND": "100000",
        "QUIET_WINDOW": "0",
        **UNBRAKED,
        "LOG_LEVEL": "WARNING",
    }
