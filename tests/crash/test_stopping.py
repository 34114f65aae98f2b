"""SIGTERM ends a real bot soon, whatever hangs, and what was not finished is done later."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from actions.catalogue.reference import utc_now
from bot.run import ENDED_HARD, STOP_WITHIN
from tests.crash.process import ROOT, BotProcess, free_port
from tests.support.databases import SECRET
from tests.support.nlu_server import NluServer
from tests.support.telegram.api import TOKEN, BotApi
from tests.support.telegram.faults import HANG
from tests.support.telegram.people import Person
from tests.support.visit import UNDERSTOOD

WITHIN = STOP_WITHIN + 3
"""Seconds: a loaded machine may take a little longer to notice."""
START_PATIENCE = 90.0


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    api = BotApi(utc_now)
    await api.start()
    yield api
    await api.stop()


@pytest.fixture
async def nlu() -> AsyncIterator[NluServer]:
    server = NluServer(UNDERSTOOD)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def bot(
    api: BotApi, nlu: NluServer, sqlite_database: str, tmp_path: Path
) -> AsyncIterator[BotProcess]:
    settings = {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API": api.url,
        "SECRET_KEY": SECRET,
        "DATABASE_URL": sqlite_database,
        "VAR_DIR": str(tmp_path),
        "PORT": str(free_port()),
        "NLU_URL": nlu.url,
    }
    process = BotProcess(settings, tmp_path / "bot.log")
    await process.start()
    await api.world.until(lambda: api.calls["getUpdates"] > 0, START_PATIENCE)
    yield process
    if not process.ended:
        await process.kill()


async def stops(bot: BotProcess) -> int:
    async with asyncio.timeout(WITHIN):
        return await bot.stop()


async def answers_after_the_next_start(bot: BotProcess, api: BotApi, person: Person) -> None:
    api.faults.choose = None
    await bot.start()
    await api.world.until(lambda: len(person.chat.messages) > 0, START_PATIENCE)
    assert await stops(bot) == 0


async def test_while_nothing_hangs(bot: BotProcess) -> None:
    assert await stops(bot) == 0


async def test_while_a_message_hangs(bot: BotProcess, api: BotApi) -> None:
    api.faults.choose = lambda method, _: HANG if method == "sendMessage" else None
    person = Person(api, 501)
    await person.writes("/start")
    await api.world.until(lambda: api.calls["sendMessage"] > 0, START_PATIENCE)

    assert await stops(bot) == 0
    await answers_after_the_next_start(bot, api, person)


async def test_while_telegram_answers_nothing(bot: BotProcess, api: BotApi) -> None:
    api.faults.choose = lambda *_: HANG
    person = Person(api, 502)
    await person.writes("/start")
    await stops(bot)
    await answers_after_the_next_start(bot, api, person)


async def test_while_the_database_is_locked(
    bot: BotProcess, api: BotApi, sqlite_database: str
) -> None:
    person = Person(api, 503)
    with closing(sqlite3.connect(sqlite_database.partition("///")[2])) as other:
        other.execute("BEGIN IMMEDIATE")
        await person.writes("/start")
        await stops(bot)
        other.rollback()
    await answers_after_the_next_start(bot, api, person)


HANGS = "import signal; from bot.run import _end_hard_after; _end_hard_after(0.1); signal.pause()"


def test_what_stops_the_whole_process_does_not_keep_it() -> None:
    done = subprocess.run([sys.executable, "-c", HANGS], cwd=ROOT, check=False, timeout=60)
    assert done.returncode == ENDED_HARD
