"""Buttons of answered questions are marked or taken away; codes that work once disappear."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.casework import telegram_link
from actions.domain.codes import new_claim_code
from actions.storage.tables import Message
from tests.support.counter import handed_in
from tests.support.database import Database
from tests.support.running_bot import RunningBot
from tests.support.telegram.faults import BAD_REQUEST
from tests.support.telegram.people import Person
from tests.support.telegram.world import Sent


async def at_the_choice(bot: RunningBot) -> tuple[Person, Sent]:
    """In the form of a lost card, where it asks whether the police was told."""
    citizen = bot.citizen()
    await citizen.writes("/start ktp_hilang")
    await citizen.writes("Siti Aminah")
    await citizen.writes("3299014506880001")
    return citizen, citizen.chat.messages[-1]


async def test_what_was_chosen_is_marked_and_may_be_changed(bot: RunningBot) -> None:
    citizen, asked = await at_the_choice(bot)
    assert asked.labels == ("Sudah", "Belum")
    await citizen.taps("Belum")
    assert asked.labels == ("Sudah", "✓ Belum")

    await citizen.presses(asked, "Sudah")
    assert asked.labels == ("✓ Sudah", "Belum")
    assert "betulkan" in citizen.says


async def test_what_was_sent_or_dropped_cannot_be_pressed_again(bot: RunningBot) -> None:
    citizen, _ = await at_the_choice(bot)
    await citizen.taps("Belum")
    await citizen.taps("Ya")
    (asked,) = [sent for sent in citizen.news if "Lewati" in sent.labels]
    await citizen.taps("Lewati")
    assert asked.labels == ()


async def test_a_button_that_means_nothing_any_more_goes(bot: RunningBot) -> None:
    citizen, asked = await at_the_choice(bot)
    await citizen.writes("batal")
    await citizen.presses(asked, "Sudah")

    assert "tidak berlaku" in citizen.says
    assert asked.labels == ()


async def test_the_menu_stays(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("menu")
    shown = citizen.chat.messages[-1]
    await citizen.taps("Bantuan")

    assert shown.labels == shown.first_labels


async def test_a_message_that_somebody_deleted_stops_nothing(bot: RunningBot) -> None:
    citizen, _ = await at_the_choice(bot)
    bot.api.faults.plan("editMessageReplyMarkup", BAD_REQUEST)
    await citizen.taps("Belum")
    await citizen.taps("Ya")

    assert citizen.news
    assert bot.telegram.mailbox.sender.fault() == ""


@pytest.mark.parametrize("said", ["{}", "kode klaim {}", "/start {}"])
async def test_a_code_of_the_counter_is_in_nobodys_history(bot: RunningBot, said: str) -> None:
    stored = Database(bot.sessions, bot.balai.deps.reference, bot.clock)
    _, code = await handed_in(stored, await stored.account("rina"))
    citizen = bot.citizen()
    await citizen.writes(said.format(code))

    assert citizen.chat.deleted == {citizen.written["message_id"]}
    assert "[kode sekali pakai]" in await lines(bot)
    assert not [line for line in await lines(bot) if code in line]


async def test_a_code_that_is_none_is_treated_alike(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes(new_claim_code(bot.balai.deps.random))

    assert citizen.chat.deleted == {citizen.written["message_id"]}
    await citizen.writes("menu")
    assert len(citizen.chat.deleted) == 1


async def test_the_code_of_an_account_disappears(bot: RunningBot) -> None:
    stored = Database(bot.sessions, bot.balai.deps.reference, bot.clock)
    rina = await stored.account("rina")
    async with bot.sessions.begin() as session:
        code = await telegram_link.new_code(session, rina, bot.clock())
    officer = bot.citizen(900)
    await officer.writes(f"/start {code}")

    assert officer.chat.deleted == {officer.written["message_id"]}


async def test_what_telegram_will_not_delete_stops_nothing(bot: RunningBot) -> None:
    citizen = bot.citizen()
    citizen._settle = None
    await bot.stop()
    await citizen.writes(new_claim_code(bot.balai.deps.random))
    bot.clock.move(timedelta(days=3))
    await bot.rebuild()
    await bot.settle()

    assert citizen.chat.deleted == set()
    assert citizen.news


async def lines(bot: RunningBot) -> list[str]:
    async with bot.sessions() as session:
        return [line.text for line in await session.scalars(select(Message))]
