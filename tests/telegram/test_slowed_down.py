"""Telegram says "slow down" (429), and does not say to whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions.storage.tables import Outbox
from tests.support.running_bot import RunningBot
from tests.support.telegram.api import BotApi
from tests.support.telegram.faults import Fault, flooded
from tests.support.telegram.people import Person

HOUR = flooded(3600)


def people(api: BotApi, number: int) -> list[Person]:
    return [Person(api, 500 + each) for each in range(number)]


async def told_to_wait(bot: RunningBot) -> set[str]:
    """The chats whose first message is put off."""
    async with bot.sessions() as session:
        put_off = select(Outbox.chat).where(Outbox.done_at.is_(None), Outbox.attempts > 0)
        return set((await session.scalars(put_off)).all())


async def until_sent(bot: RunningBot, persons: list[Person]) -> None:
    for person in persons:
        await bot.api.world.chat_grows(person.chat.id, 0, 30)


async def test_two_of_seven_wait_and_five_are_answered(bot: RunningBot) -> None:
    everybody = people(bot.api, 7)
    limited = {str(person.user) for person in everybody[:2]}
    bot.api.faults.choose = lambda method, params: (
        HOUR if method == "sendMessage" and str(params["chat_id"]) in limited else None
    )
    for person in everybody:
        await person.writes("/start")
    await until_sent(bot, everybody[2:])
    await bot.settle()

    bot.clock.move(timedelta(minutes=30))
    assert set((await bot.balai.health.findings()).values()) == {""}
    bot.api.faults.choose = None
    bot.clock.move(timedelta(minutes=30))
    bot.balai.wake()
    await until_sent(bot, everybody[:2])


async def test_a_restart_cures_nothing(bot: RunningBot) -> None:
    (person,) = people(bot.api, 1)
    bot.api.faults.plan("sendMessage", HOUR)
    await person.writes("/start")
    await bot.settle()
    await bot.rebuild()
    await bot.settle()

    assert bot.api.calls["sendMessage"] == 1
    assert await told_to_wait(bot) == {"tg:500"}


class Limit:
    """While it holds everybody is told to wait an hour."""

    def __init__(self) -> None:
        self.holds, self.refused = True, 0

    def __call__(self, method: str, _: dict[str, Any]) -> Fault | None:
        if method != "sendMessage" or not self.holds:
            return None
        self.refused += 1
        return HOUR


async def test_when_it_is_the_bot_all_wait_and_one_asks_until_it_is_over(
    bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = Limit()
    bot.api.faults.choose = limit
    first, late = people(bot.api, 12)[:4], people(bot.api, 12)[4:]
    for person in first:
        await person.writes("/start")
        await bot.api.world.until(lambda: not bot.api.world.waiting)
        await bot.telegram.mailbox.worker.idle()
        await bot.telegram.mailbox.sender.flush(0.2)
    for person in late:
        await person.writes("/start")
    await bot.api.world.until(lambda: not bot.api.world.waiting)
    await bot.telegram.mailbox.worker.idle()
    await bot.telegram.mailbox.sender.flush(0.2)

    assert limit.refused == 4, "nobody else is tried"
    assert "put off" in await bot.telegram.fault()

    limit.holds = False
    line = bot.telegram.mailbox.sender._line
    monkeypatch.setattr(line, "_until", 0.001)  # the minute is over
    bot.balai.wake()
    await until_sent(bot, [*first, *late])

    assert await bot.telegram.fault() == ""
