"""The bots that are compared, each started as its own instructions say."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from actions.catalogue.reference import utc_now
from bot.nlu.process import python_of_nlu
from bot.settings import Settings
from tests.bench.peers.assistant import assistant, end, train
from tests.bench.peers.conversation import FILE, HERE
from tests.bench.peers.environments import FOLDER, python_of
from tests.bench.peers.guests import Guest, OnTelegram, OverRest
from tests.bench.rig import START_PATIENCE, language_model, running
from tests.crash.process import ROOT, free_port
from tests.support.databases import Postgres, fresh, sqlite_url
from tests.support.telegram.api import TOKEN, BotApi

NAME = "balai_peers"


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that runs: how a citizen comes in, its processes, what it takes on the disk."""

    arrive: Callable[[int], Guest]
    pids: tuple[int, ...]
    places: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Contestant:
    """A row of the table; `start` is given an empty folder."""

    name: str
    store: str
    start: Callable[[Path], AbstractAsyncContextManager[Running]]


def _balai(kind: str) -> Contestant:
    @contextlib.asynccontextmanager
    async def start(folder: Path) -> AsyncIterator[Running]:
        async with (
            fresh(kind, folder, NAME) as url,
            language_model(folder / "nlu.log") as (nlu, model),
            running(url, nlu, folder, 1) as rig,
        ):
            models = Settings(_env_file=None).models_dir
            places = (FOLDER / "balai", python_of_nlu().parents[1], models.resolve())
            yield Running(lambda number: OnTelegram(rig.api, number), (*rig.pids, model), places)

    return Contestant("Balai", kind, start)


def _rasa(pipeline: str, kind: str) -> Contestant:
    @contextlib.asynccontextmanager
    async def start(folder: Path) -> AsyncIterator[Running]:
        model = await train(pipeline, FOLDER / "models")
        async with AsyncExitStack() as stack:
            url = await stack.enter_async_context(_empty(kind, folder))
            session = await stack.enter_async_context(
                aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
            )
            bot = await stack.enter_async_context(assistant(model, url, folder))
            yield Running(
                lambda number: OverRest(session, bot.url, number),
                bot.pids,
                (FOLDER / "rasa", model),
            )

    return Contestant(f"Rasa, {pipeline}", kind, start)


@contextlib.asynccontextmanager
async def _empty(kind: str, folder: Path) -> AsyncIterator[str]:
    """A database without tables: Rasa makes its own."""
    if kind == "sqlite":
        yield sqlite_url(folder / "tracker.db")
        return
    server = Postgres(NAME)
    await server.drop()
    await server.make()
    try:
        yield server.url
    finally:
        await server.drop()


@contextlib.asynccontextmanager
async def _dictionary(folder: Path) -> AsyncIterator[Running]:
    api = BotApi(utc_now)
    await api.start()
    with (folder / "bot.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(str(python_of("dictionary")), str(HERE / "dictionary" / "bot.py")),
            *(str(FILE), TOKEN, api.url, str(free_port())),
            stdout=log,
            stderr=log,
            stdin=asyncio.subprocess.DEVNULL,
            cwd=ROOT,
        )
    try:
        await api.world.until(lambda: api.calls["setWebhook"] > 0, START_PATIENCE)
        yield Running(
            lambda number: OnTelegram(api, number), (process.pid,), (FOLDER / "dictionary",)
        )
    finally:
        await end(process)
        await api.stop()


CONTESTANTS = (
    _balai("sqlite"),
    _balai("postgres"),
    _rasa("diet", "sqlite"),
    _rasa("light", "sqlite"),
    _rasa("light", "postgres"),
    Contestant("dictionary", "none", _dictionary),
)
