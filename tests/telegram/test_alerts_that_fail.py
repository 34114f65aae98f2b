"""An alert that does not reach the officers' group is known to be missing, and sent again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions.casework import alerts, queues
from actions.storage.tables import Chat
from tests.support.clock import Clock
from tests.support.running_bot import GROUP, RunningBot, reference_of_tests
from tests.support.telegram.faults import BAD_REQUEST, FORBIDDEN, SERVER_ERROR, Fault
from tests.support.telegram.people import Person

SUPERGROUP = -1002


async def unheard(bot: RunningBot) -> int:
    async with bot.sessions() as session:
        waiting = await queues.all_waiting(session)
        return len(await alerts.unheard(session, waiting, bot.clock()))


async def test_an_alert_that_arrives_is_not_missing(bot: RunningBot) -> None:
    await bot.citizen().writes("petugas")
    assert await unheard(bot) == 0


async def test_a_group_that_put_the_bot_out_hears_of_everybody_when_it_is_back(
    bot: RunningBot,
) -> None:
    officer = bot.officer()
    await officer.blocks()
    await bot.citizen(501).writes("petugas")
    await bot.citizen(502).writes("petugas")
    assert await unheard(bot) == 2

    before = len(officer.chat.messages)
    await officer.unblocks()

    assert len(officer.chat.messages) == before + 2
    assert await unheard(bot) == 0


@pytest.mark.parametrize("fault", [FORBIDDEN, BAD_REQUEST], ids=["put out", "no such group"])
async def test_a_group_that_refuses_is_missing(bot: RunningBot, fault: Fault) -> None:
    def choose(method: str, params: dict[str, Any]) -> Fault | None:
        return fault if method == "sendMessage" and str(params["chat_id"]) == str(GROUP) else None

    bot.api.faults.choose = choose
    await bot.citizen().writes("petugas")
    assert await unheard(bot) == 1

    bot.api.faults.choose = None
    officer = bot.officer()
    await officer.unblocks()
    assert len(officer.chat.messages) == 1
    assert await unheard(bot) == 0


async def test_a_group_that_moved_and_put_the_bot_out(bot: RunningBot) -> None:
    await bot.officer().hears(migrate_to_chat_id=SUPERGROUP)
    await bot.rebuild()
    officer = Person(bot.api, 900, bot.settle, chat=SUPERGROUP)
    await officer.blocks()
    await bot.citizen().writes("petugas")
    assert await unheard(bot) == 1

    await officer.unblocks()

    assert len(officer.chat.messages) == 1
    assert await unheard(bot) == 0
    async with bot.sessions() as session:
        assert await session.scalar(select(Chat.blocked).where(Chat.id == f"tg:{GROUP}")) is False


async def test_an_alert_that_is_on_its_way_for_long_is_missing(
    bot: RunningBot, clock: Clock
) -> None:
    bot.api.faults.choose = lambda method, params: (
        SERVER_ERROR if method == "sendMessage" and str(params["chat_id"]) == str(GROUP) else None
    )
    await bot.citizen().writes("petugas")
    assert await unheard(bot) == 0
    clock.move(timedelta(minutes=11))
    assert await unheard(bot) == 1
    bot.api.faults.choose = None


async def test_joining_another_group_tells_it_of_nobody_who_waits(bot: RunningBot) -> None:
    officer = bot.officer()
    await officer.blocks()
    await bot.citizen().writes("petugas")
    elsewhere = Person(bot.api, 900, bot.settle, chat=-3000)
    await elsewhere.unblocks()
    assert elsewhere.says == reference_of_tests().texts.plain("umum.grup")
    assert len(elsewhere.chat.messages) == 1
    assert await unheard(bot) == 1
