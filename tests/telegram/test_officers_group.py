"""Officers hear in their group that somebody waits, and take the chat with one button."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from actions.casework import staff
from actions.casework.security_log import Origin
from actions.catalogue.reference import utc_now
from actions.storage.tables import Escalation
from tests.support.database import Database
from tests.support.running_bot import GROUP, RunningBot, reference_of_tests
from tests.support.telegram.faults import Fault
from tests.support.telegram.people import Person
from tests.support.telegram.world import Sent

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
        await staff.deactivate(session, account, Origin(utc_now()))

    await officer.taps(TAKE)

    assert officer.says == text("petugas.bukan_petugas")


async def test_the_bot_does_not_begin_to_talk_in_the_group(bot: RunningBot) -> None:
    citizen, officer = bot.citizen(), bot.officer(900)
    await citizen.writes("petugas")
    alert = officer.chat.messages[-1]

    assert await officer._press(alert, "start:ktp_hilang") == [], "a client may send any button"

    assert len(officer.chat.messages) == 1
    assert bot.api.world.unanswered() == []


async def test_no_words_of_the_citizen_leave_the_office(bot: RunningBot) -> None:
    citizen, group = bot.citizen(), bot.officer()
    await citizen.writes("rahasia sekali ini")
    await citizen.writes("petugas")

    assert group.chat.messages
    assert all("rahasia" not in message.text for message in group.chat.messages)


SUPERGROUP = -1002


async def ask_for_a_human(bot: RunningBot, *users: int) -> None:
    for user in users:
        await bot.citizen(user).writes("petugas")


def moved(bot: RunningBot) -> list[Sent]:
    """The group is a supergroup now: whoever writes to the old one is told so."""
    world = bot.api.world
    world.chat(SUPERGROUP).open = True

    def choose(method: str, params: dict[str, Any]) -> Fault | None:
        to_old = str(params.get("chat_id")) == str(GROUP)
        return Fault(400, moved_to=SUPERGROUP) if method == "sendMessage" and to_old else None

    bot.api.faults.choose = choose
    return world.chat(SUPERGROUP).messages


async def test_alerts_follow_a_group_that_moved(bot: RunningBot) -> None:
    alerts = moved(bot)

    await ask_for_a_human(bot, 501, 502)

    assert len(alerts) == 2
    assert all(alert.labels == (TAKE,) for alert in alerts)


async def test_a_group_that_moved_is_remembered_over_a_restart(bot: RunningBot) -> None:
    alerts = moved(bot)
    await ask_for_a_human(bot, 501)
    await bot.rebuild()
    calls = bot.api.calls["sendMessage"]

    await ask_for_a_human(bot, 502)

    assert len(alerts) == 2
    assert bot.api.calls["sendMessage"] == calls + 2, "the old group is not asked again"


@pytest.mark.parametrize(
    ("chat", "service"),
    [
        (GROUP, {"migrate_to_chat_id": SUPERGROUP}),
        (SUPERGROUP, {"migrate_from_chat_id": GROUP}),
    ],
    ids=["told in the old group", "told in the new group"],
)
async def test_a_service_message_says_where_the_group_is(
    bot: RunningBot, chat: int, service: dict[str, int]
) -> None:
    alerts = moved(bot)
    officer = Person(bot.api, 900, bot.settle, chat=chat)
    await officer.hears(**service)
    await bot.rebuild()
    calls = bot.api.calls["sendMessage"]

    await ask_for_a_human(bot, 501)

    assert len(alerts) == 1
    assert bot.api.calls["sendMessage"] == calls + 2


async def test_the_old_group_that_everybody_left_is_not_a_block(bot: RunningBot) -> None:
    alerts = moved(bot)
    await ask_for_a_human(bot, 501)
    officer = bot.officer()
    await officer.blocks()

    await ask_for_a_human(bot, 502)

    assert len(alerts) == 2


@pytest.mark.usefixtures("rina")
async def test_an_officer_takes_a_chat_in_the_new_group(bot: RunningBot) -> None:
    alerts = moved(bot)
    await ask_for_a_human(bot, 501)
    officer = Person(bot.api, 900, bot.settle, chat=SUPERGROUP)

    await officer.taps(TAKE)

    assert await status(bot) == "ditangani"
    assert alerts[0].labels == ()


async def test_a_group_may_move_twice(bot: RunningBot) -> None:
    moved(bot)
    await ask_for_a_human(bot, 501)
    third = bot.api.world.chat(-1003)
    third.open = True
    bot.api.faults.choose = lambda method, params: (
        Fault(400, moved_to=third.id)
        if method == "sendMessage" and str(params.get("chat_id")) == str(SUPERGROUP)
        else None
    )
    await ask_for_a_human(bot, 502)
    await bot.rebuild()
    await ask_for_a_human(bot, 503)

    assert len(third.messages) == 2
