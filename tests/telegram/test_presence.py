"""Whoever waits for longer than a moment sees that an answer is on its way."""

from __future__ import annotations

import asyncio

import pytest

from actions.domain.understanding import Understanding
from bot.telegram import presence
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import RunningBot
from tests.support.telegram.faults import FORBIDDEN


class Thoughtful(ScriptedNlu):
    """Understands when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.let = asyncio.Event()

    async def understand(self, text: str) -> Understanding:
        await self.let.wait()
        return await super().understand(text)


@pytest.fixture
def nlu() -> Thoughtful:
    return Thoughtful()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "PATIENCE", 0.0)


@pytest.mark.usefixtures("at_once")
async def test_an_answer_that_takes_long_is_announced(bot: RunningBot, nlu: Thoughtful) -> None:
    citizen = bot.citizen()
    citizen._settle = None
    await citizen.writes("ada apa saja di sini ya")
    await bot.api.world.until(lambda: citizen.chat.actions == ["typing"])
    assert citizen.news == []

    nlu.let.set()
    await bot.settle()
    assert citizen.news
    assert citizen.chat.actions == ["typing"]


async def test_an_answer_that_comes_at_once_is_not(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("menu")

    assert citizen.news
    assert citizen.chat.actions == []


@pytest.mark.usefixtures("at_once")
async def test_who_blocked_the_bot_is_spared(bot: RunningBot, nlu: Thoughtful) -> None:
    citizen = bot.citizen()
    citizen._settle = None
    bot.api.faults.plan("sendChatAction", FORBIDDEN)
    await citizen.writes("ada apa saja di sini ya")
    await bot.api.world.until(lambda: bot.api.calls["sendChatAction"] == 1)
    nlu.let.set()
    await bot.settle()

    assert citizen.news, "and is answered all the same"


@pytest.mark.usefixtures("at_once")
async def test_nobody_waits_for_an_answer_in_a_group(bot: RunningBot) -> None:
    await bot.officer().writes("halo semua")
    await bot.settle()

    assert bot.api.calls["sendChatAction"] == 0
