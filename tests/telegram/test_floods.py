"""300 messages of one chat in a minute: one answer, and one word about what was not read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from actions.domain.brakes import SEVERAL
from tests.support.clock import Clock
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import RunningBot
from tests.support.telegram.api import BotApi
from tests.support.telegram.people import Person
from tests.support.telegram.world import Sent
from tests.telegram.test_bursts import REPORT, WINDOW, answers, begins, quiet

FLOOD = 300


@pytest.fixture
async def bot(
    api: BotApi, clock: Clock, sqlite_database: str, tmp_path: Path
) -> AsyncIterator[RunningBot]:
    """A bot that waits for what belongs together."""
    nlu, window = ScriptedNlu({REPORT: "lapor jalan_rusak"}), WINDOW.total_seconds()
    bot = RunningBot(api, sqlite_database, tmp_path, nlu=nlu, clock=clock, quiet_window=window)
    await bot.start()
    yield bot
    await bot.stop()


def answers_since(person: Person, before: int) -> list[Sent]:
    """What the bot said after so many messages, as far as it is an answer."""
    new = person.chat.messages[before:]
    return [message for message in answers(person) if message in new]


@pytest.mark.parametrize("asked", [False, True], ids=["nothing asked", "a short answer asked"])
async def test_a_flood_is_one_answer_and_the_brake(bot: RunningBot, *, asked: bool) -> None:
    citizen = await begins(bot) if asked else bot.citizen()
    before = len(citizen.chat.messages)
    citizen._settle = None
    for number in range(FLOOD):
        await citizen.writes(f"halo {number}")
    await bot.settle()
    await quiet(bot)

    told = answers_since(citizen, before)
    assert sorted("tidak saya baca" in message.text for message in told) == [False, True]


async def test_a_flood_over_a_minute_is_one_answer_and_the_brake(bot: RunningBot) -> None:
    citizen = bot.citizen()
    for number in range(FLOOD):
        await citizen.writes(f"halo {number}")
        bot.clock.move(timedelta(minutes=1) / FLOOD)
        await bot.telegram.mailbox.worker.sweep(timedelta(0))
    await quiet(bot)

    told = answers_since(citizen, 0)
    assert sorted("tidak saya baca" in message.text for message in told) == [False, True]


async def test_a_flood_over_a_minute_into_a_form_is_soon_one_answer(bot: RunningBot) -> None:
    citizen = await begins(bot)
    before = len(citizen.chat.messages)
    for number in range(FLOOD):
        await citizen.writes(f"depan rumah nomor {number}")
        bot.clock.move(timedelta(minutes=1) / FLOOD)
        await bot.telegram.mailbox.worker.sweep(timedelta(0))
    await quiet(bot)

    assert len(answers_since(citizen, before)) <= SEVERAL + 2
