"""The bot starts without Telegram, and stops without losing anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from actions.storage.tables import Inbox, Outbox
from bot.metrics import REGISTRY
from bot.telegram.channel import TokenRefusedError
from tests.support.clock import Clock
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import RunningBot
from tests.support.telegram.api import BotApi
from tests.support.telegram.faults import SERVER_ERROR, Fault


@pytest.fixture
def stopped(
    api: BotApi, nlu: ScriptedNlu, clock: Clock, sqlite_database: str, tmp_path: Path
) -> RunningBot:
    """A bot that was not started yet."""
    return RunningBot(api, sqlite_database, tmp_path, nlu=nlu, clock=clock)


async def test_telegram_away_at_the_start_is_reached_later(
    stopped: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.channel.CONNECT_PAUSE", 0.01)
    stopped.api.faults.plan("getMe", SERVER_ERROR, SERVER_ERROR)
    stopped.api.faults.plan("deleteWebhook", SERVER_ERROR)
    await stopped.start()
    citizen = stopped.citizen()

    assert await citizen.writes("/start")
    await stopped.stop()


async def test_a_token_that_telegram_does_not_know_ends_the_start(stopped: RunningBot) -> None:
    stopped.api.faults.plan("getMe", Fault(401))

    with pytest.raises(TokenRefusedError):
        await stopped.start()
    await stopped.stop()


async def test_a_stop_sends_what_was_answered(stopped: RunningBot) -> None:
    await stopped.start()
    citizen = stopped.citizen()
    citizen._settle = None
    await citizen.writes("/start")
    await stopped.api.world.until(lambda: not stopped.api.world.waiting)
    sessions = stopped.sessions
    await stopped.stop()

    assert len(citizen.news) == 1
    async with sessions() as session:
        assert await session.scalar(select(Inbox.handled_at)) is not None
        assert await session.scalar(select(Outbox.done_at)) is not None
    await stopped.balai.engine.dispose()


async def test_a_stop_before_telegram_was_reached(stopped: RunningBot) -> None:
    stopped.api.faults.plan("getMe", *[SERVER_ERROR] * 50)
    await stopped.start()

    await stopped.stop()


async def test_a_second_bot_with_the_same_token_does_no_harm(
    stopped: RunningBot, sqlite_database: str, tmp_path: Path
) -> None:
    """Telegram gives updates to one of them; each is answered once, in order."""
    other = RunningBot(
        stopped.api, sqlite_database, tmp_path, nlu=stopped.nlu, clock=stopped.clock
    )
    await stopped.start()
    await other.start()
    citizen = stopped.citizen()
    citizen._settle = None
    for words in ("menu", "bantuan", "menu"):
        await citizen.writes(words)
    await stopped.settle()
    await other.settle()
    await stopped.stop()
    await other.stop()

    assert len(citizen.chat.messages) == 3


async def test_telegram_that_was_not_reached_is_said(stopped: RunningBot) -> None:
    stopped.api.faults.plan("getMe", *[SERVER_ERROR] * 50)
    await stopped.start()
    assert "not reached" in await stopped.telegram.fault()
    await stopped.stop()


async def test_polls_that_are_not_answered_are_said(
    stopped: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stopped.start()
    assert await stopped.telegram.fault() == ""
    monkeypatch.setattr("bot.telegram.channel.POLL_PATIENCE", -1.0)
    assert "no poll was answered" in await stopped.telegram.fault()
    await stopped.stop()


async def test_turns_and_messages_are_counted(stopped: RunningBot) -> None:
    def counted() -> list[float]:
        names = {"balai_turns_total": "answered", "balai_sends_total": "sent"}
        return [REGISTRY.get_sample_value(n, {"result": r}) or 0.0 for n, r in names.items()]

    before = counted()
    await stopped.start()
    await stopped.citizen().writes("/start")
    await stopped.stop()
    assert [now - then for now, then in zip(counted(), before, strict=True)] == [1, 1]
