"""Counts what turns ask of the database: run in the folder of any commit, prints JSON.

Started as a file, with that folder first on PYTHONPATH. Counted are the transactions that store
updates and take turns, not those that send.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, event

from bot.nlu.keywords import Keywords
from tests.bench.people import VISIT
from tests.support.clock import Clock
from tests.support.databases import fresh, migrated
from tests.support.running_bot import RunningBot, reference_of_tests
from tests.support.telegram.api import BotApi

OF_TURNS = ("INSERT INTO inbox", "inbox.payload")


def _listen(engine: Engine, ended: list[list[str]]) -> None:
    begun: dict[Connection, list[str]] = {}

    def asked(connection: Connection, _: Any, statement: str, *_more: Any) -> None:
        begun.setdefault(connection, []).append(statement)

    def end(connection: Connection) -> None:
        ended.append(begun.pop(connection, []))

    event.listen(engine, "before_cursor_execute", asked)
    event.listen(engine, "commit", end)
    event.listen(engine, "rollback", end)


def _counted(ended: list[list[str]]) -> list[int]:
    """Statements of each transaction that stores updates or reads one to take it."""
    return [len(one) for one in ended if any(word in asked for asked in one for word in OF_TURNS)]


async def _count(kind: str) -> dict[str, float]:
    reference = reference_of_tests()
    words = Keywords(reference.catalogue, reference.matcher, reference.words["slang"])
    with TemporaryDirectory() as name:
        async with fresh(kind, Path(name), "balai_statements") as url:
            await migrated(url)
            clock = Clock()
            api = BotApi(clock)
            await api.start()
            bot = RunningBot(api, url, Path(name), nlu=words, clock=clock)
            await bot.start()
            person, ended = bot.citizen(), list[list[str]]()
            await person.writes("/start")
            await bot.settle()
            before = len(person.chat.messages)
            _listen(bot.sessions.kw["bind"].sync_engine, ended)
            for step in VISIT:
                await (person.taps(step[0]) if isinstance(step, tuple) else person.writes(step))
                await bot.settle()
            messages = len(person.chat.messages) - before
            await bot.stop()
            await api.stop()
    counts = _counted(ended)
    sums = {"statements": sum(counts), "transactions": len(counts), "messages": messages}
    return {name: total / len(VISIT) for name, total in sums.items()}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_count(sys.argv[1]))))
