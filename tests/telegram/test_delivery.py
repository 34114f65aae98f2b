"""Replies arrive, whatever Telegram's mood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.casework import messages
from actions.domain.messages import Ask, Button, Reply
from actions.storage.tables import Chat, Outbox
from tests.support.running_bot import RunningBot
from tests.support.telegram.faults import (
    BAD_REQUEST,
    FORBIDDEN,
    HANG_UP,
    LOSE_ANSWER,
    SERVER_ERROR,
    Fault,
    flooded,
)


async def later(bot: RunningBot, seconds: float) -> None:
    """Let time pass and wait until what is due is sent."""
    bot.clock.move(timedelta(seconds=seconds))
    bot.balai.wake()
    await bot.settle()


async def failures(bot: RunningBot) -> list[str | None]:
    async with bot.sessions() as session:
        return list((await session.scalars(select(Outbox.failure).order_by(Outbox.id))).all())


async def test_who_is_told_to_wait_waits_as_long_as_was_said(bot: RunningBot) -> None:
    bot.api.faults.plan("sendMessage", flooded(17))
    citizen = bot.citizen()
    assert await citizen.writes("/start") == []

    await later(bot, 16)
    assert citizen.news == []
    await later(bot, 1)
    assert len(citizen.news) == 1


@pytest.mark.parametrize("fault", [SERVER_ERROR, Fault(502), HANG_UP], ids=["500", "502", "cut"])
async def test_a_server_in_trouble_is_asked_again(bot: RunningBot, fault: Fault) -> None:
    bot.api.faults.plan("sendMessage", fault, fault)
    citizen = bot.citizen()
    assert await citizen.writes("/start") == []
    await later(bot, 1)
    await later(bot, 2)

    assert len(citizen.news) == 1
    assert await failures(bot) == [None]


async def test_only_a_lost_answer_doubles_a_reply(bot: RunningBot) -> None:
    bot.api.faults.plan("sendMessage", LOSE_ANSWER)
    citizen = bot.citizen()
    await citizen.writes("/start")
    await later(bot, 1)

    assert [message.text for message in citizen.news] == [citizen.news[0].text] * 2


async def test_who_blocked_the_bot_gets_nothing_until_writing_again(bot: RunningBot) -> None:
    bot.api.faults.plan("sendMessage", FORBIDDEN)
    citizen = bot.citizen()
    assert await citizen.writes("/start") == []
    assert await failures(bot) == ["blocked"]
    async with bot.sessions.begin() as session:
        chat = await session.get(Chat, "tg:500")
        assert chat is not None
        assert chat.blocked
        messages.queue(session, "tg:500", [Reply("kabar.x", "Sudah jadi.")], bot.clock())
    await later(bot, 1)
    assert bot.api.calls["sendMessage"] == 1, "a notice is not even tried"

    assert len(await citizen.writes("menu")) == 1


async def test_what_telegram_refuses_is_given_up_and_the_next_is_sent(bot: RunningBot) -> None:
    bot.api.faults.plan("sendMessage", BAD_REQUEST)
    citizen = bot.citizen()
    assert await citizen.writes("/start") == []

    assert len(await citizen.writes("menu")) == 1
    assert await failures(bot) == ["BadRequest", None]


async def test_a_press_that_telegram_has_forgotten_costs_no_reply(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("menu")
    bot.api.faults.plan("answerCallbackQuery", BAD_REQUEST)
    news = await citizen.taps("Lapor masalah")
    bot.api.world.queries.clear()

    assert news


async def test_a_long_notice_arrives_whole_with_its_buttons_at_the_end(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start")
    words = " ".join(f"kata{number}" for number in range(1400))
    reply = Reply("kabar.x", f"<b>{words}</b> &amp; tamat", ((Button("Menu", "menu"),),))
    async with bot.sessions.begin() as session:
        messages.queue(session, "tg:500", [reply], bot.clock())
    before = len(citizen.chat.messages)
    await later(bot, 0)

    parts = citizen.chat.messages[before:]
    assert len(parts) == 3
    assert " ".join(part.text for part in parts) == f"{words} & tamat"
    assert [part.labels for part in parts] == [(), (), ("Menu",)]


async def test_a_long_notice_goes_on_where_it_was_cut_off(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start")
    async with bot.sessions.begin() as session:
        text = "a" * 4000 + " " + "b" * 4000 + " " + "c" * 4000
        messages.queue(session, "tg:500", [Reply("kabar.x", text)], bot.clock())
    outcomes: Iterator[Fault | None] = iter([None, SERVER_ERROR, None, None])
    bot.api.faults.choose = lambda method, _: next(outcomes) if method == "sendMessage" else None
    await later(bot, 0)
    await later(bot, 1)

    assert [message.text[0] for message in citizen.chat.messages[-3:]] == ["a", "b", "c"]
    assert len(citizen.chat.messages) == 4


async def test_a_share_key_comes_with_the_question_and_goes_with_the_answer(
    bot: RunningBot,
) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start")
    async with bot.sessions.begin() as session:
        question = Reply("x", "Nomor HP-nya?", ((Button("Lewati", "skip:1:hp"),),), Ask.CONTACT)
        messages.queue(session, "tg:500", [question], bot.clock())
    await later(bot, 0)
    assert [message.labels for message in citizen.chat.messages[-2:]] == [("Lewati",), ()]
    assert citizen.chat.keys[0][0]["request_contact"] is True

    async with bot.sessions.begin() as session:
        messages.queue(session, "tg:500", [Reply("x", "Terima kasih.")], bot.clock())
    await later(bot, 0)
    assert citizen.chat.keys == []
