"""Officers hear in their group that somebody waits, and take the chat with one button."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from actions.casework import staff
from actions.storage.tables import Escalation
from tests.support.database import Database
from tests.support.running_bot import RunningBot, reference_of_tests

TAKE = "Saya tangani"


@pytest.fixture
async def rina(bot: RunningBot) -> None:
    """An officer whose Telegram account is known."""
    database = Database(bot.sessions, reference_of_tests(), bot.clock)
    await database.account("rina", name="Rina Hartati", telegram_id=900)


def text(key: str, **params: object) -> str:
    return reference_of_tests().texts.plain(key, **params)


async def status(bot: RunningBot) -> str:
    async with bot.sessions() as session:
        found = await session.scalar(select(Escalation.status))
        assert found is not None
        return found


@pytest.mark.usefixtures("rina")
async def test_an_officer_takes_a_citizen_who_waits(bot: RunningBot) -> None:
    citizen, officer = bot.citizen(), bot.officer(900)
    await citizen.writes("petugas")
    alert = officer.chat.messages[-1]
    assert alert.labels == (TAKE,)

    await officer.taps(TAKE)

    assert officer.says == text("petugas.diambil", nomor=1, petugas="Rina Hartati")
    assert alert.labels == (), "nobody else is asked to take it"
    assert "Rina Hartati" in citizen.chat.messages[-1].text
    assert await status(bot) == "ditangani"


@pytest.mark.usefixtures("rina")
async def test_the_bot_is_silent_while_an_officer_answers(bot: RunningBot) -> None:
    citizen, officer = bot.citizen(), bot.officer(900)
    await citizen.writes("petugas")
    await officer.taps(TAKE)

    assert await citizen.writes("saya mau tanya") == []


@pytest.mark.usefixtures("rina")
async def test_the_second_to_press_is_told_so(bot: RunningBot) -> None:
    citizen, officer = bot.citizen(), bot.officer(900)
    await citizen.writes("petugas")
    alert = officer.chat.messages[-1]
    buttons = alert.buttons
    database = Database(bot.sessions, reference_of_tests(), bot.clock)
    await database.account("budi", telegram_id=901)
    await officer.taps(TAKE)
    alert.buttons = buttons  # as it still looks on a phone that was offline
    late = bot.officer(901)

    await late.taps(TAKE)

    assert late.says == text("petugas.sudah_diambil", nomor=1)


async def test_a_stranger_takes_nothing(bot: RunningBot) -> None:
    citizen, stranger = bot.citizen(), bot.officer(999)
    await citizen.writes("petugas")

    await stranger.taps(TAKE)

    assert stranger.says == text("petugas.bukan_petugas")
    assert await status(bot) == "menunggu"
    assert stranger.chat.messages[0].labels == (TAKE,), "an officer can still take it"


@pytest.mark.usefixtures("rina")
async def test_an_account_that_was_closed_takes_nothing(bot: RunningBot) -> None:
    citizen, officer = bot.citizen(), bot.officer(900)
    await citizen.writes("petugas")
    async with bot.sessions.begin() as session:
        account = await staff.by_username(session, "rina")
        assert account is not None
        await staff.deactivate(session, account)

    await officer.taps(TAKE)

    assert officer.says == text("petugas.bukan_petugas")


async def test_no_words_of_the_citizen_leave_the_office(bot: RunningBot) -> None:
    citizen, group = bot.citizen(), bot.officer()
    await citizen.writes("rahasia sekali ini")
    await citizen.writes("petugas")

    assert group.chat.messages
    assert all("rahasia" not in message.text for message in group.chat.messages)
