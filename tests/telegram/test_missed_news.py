"""Who had blocked the bot hears afterwards where the cases stand that moved meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.casework import escalations
from actions.casework.cases import CITIZEN
from actions.domain.status import Status
from actions.storage.tables import Case
from tests.support.database import KTP, LAMP, Database
from tests.support.running_bot import RunningBot, reference_of_tests
from tests.support.telegram.people import Person

CHAT = "tg:500"
LEAD = reference_of_tests().texts.plain("umum.kabar_terlewat")


@pytest.fixture
def database(bot: RunningBot) -> Database:
    return Database(bot.sessions, reference_of_tests(), bot.clock)


async def moved_while_blocked(
    bot: RunningBot, database: Database, *moves: tuple[Case, Status]
) -> Person:
    """A citizen who is not reached for a while."""
    citizen = bot.citizen()
    await citizen.writes("menu")
    await citizen.blocks()
    for case, status in moves:
        await database.move(case, status)
        bot.balai.wake()
        await bot.settle()
    assert len(citizen.chat.messages) == 1
    return citizen


async def test_the_news_comes_when_the_block_is_taken_back(
    bot: RunningBot, database: Database
) -> None:
    case = await database.file("lampu_jalan", LAMP, chat=CHAT)
    citizen = await moved_while_blocked(bot, database, (case, Status.VERIFIED))

    await citizen.unblocks()

    (news,) = citizen.news
    assert news.text.startswith(LEAD)
    assert str(case.code) in news.text
    await citizen.writes("menu")
    assert LEAD not in citizen.says, "it is told once"


async def test_words_are_enough_to_hear_it(bot: RunningBot, database: Database) -> None:
    case = await database.file("lampu_jalan", LAMP, chat=CHAT)
    citizen = await moved_while_blocked(bot, database, (case, Status.VERIFIED))
    citizen.chat.blocked = False

    await citizen.writes("halo")

    assert citizen.news[0].text.startswith(LEAD)
    assert len(citizen.news) == 2, "and the words are answered"


async def test_a_case_is_told_as_it_stands_now(bot: RunningBot, database: Database) -> None:
    lamp = await database.file("lampu_jalan", LAMP, chat=CHAT)
    card = await database.file("ktp_hilang", KTP, chat=CHAT)
    steps = (Status.VERIFIED, Status.IN_PROGRESS, Status.AWAITING_REPLY)
    moves = [(lamp, step) for step in steps]
    citizen = await moved_while_blocked(bot, database, *moves, (card, Status.READY))

    await citizen.unblocks()

    assert [message.text.startswith(LEAD) for message in citizen.news] == [True, False]
    assert "sudah dikerjakan" in citizen.news[0].text
    assert citizen.news[0].labels == ("Sudah beres", "Belum beres")
    assert str(card.code) in citizen.news[1].text


async def test_what_was_finished_is_to_be_judged(bot: RunningBot, database: Database) -> None:
    lamp = await database.file("lampu_jalan", LAMP, chat=CHAT)
    moves = [(lamp, step) for step in (Status.VERIFIED, Status.IN_PROGRESS, Status.RESOLVED)]
    citizen = await moved_while_blocked(bot, database, *moves)

    await citizen.unblocks()

    assert [bool(message.labels) for message in citizen.news] == [False, True]


async def test_nothing_is_told_where_nothing_moved(bot: RunningBot, database: Database) -> None:
    await database.file("lampu_jalan", LAMP, chat=CHAT)
    citizen = await moved_while_blocked(bot, database)
    await citizen.unblocks()

    assert citizen.news == []


async def test_an_own_move_is_no_news(bot: RunningBot, database: Database) -> None:
    case = await database.file("lampu_jalan", LAMP, chat=CHAT)
    citizen = await moved_while_blocked(bot, database, (case, Status.VERIFIED))
    await database.move(case, Status.WITHDRAWN, by=replace(CITIZEN))

    await citizen.unblocks()

    assert citizen.news == []


async def test_nobody_elses_news_is_told(bot: RunningBot, database: Database) -> None:
    theirs = await database.file("lampu_jalan", LAMP, chat="tg:501")
    citizen = await moved_while_blocked(bot, database, (theirs, Status.VERIFIED))
    await citizen.unblocks()

    assert citizen.news == []


async def test_what_an_officer_wrote_comes_first(bot: RunningBot, database: Database) -> None:
    officer = await database.account("rina")
    citizen = bot.citizen()
    await citizen.writes("petugas")
    await citizen.blocks()
    async with bot.sessions.begin() as session:
        waiting = await escalations.open_of_chat(session, CHAT)
        assert waiting is not None
        reference, now = reference_of_tests(), bot.clock()
        await escalations.say(session, reference, waiting, officer, "Sudah <dicek>?", now)
    bot.balai.wake()
    await bot.settle()

    await citizen.unblocks()

    assert "petugas menulis" in citizen.news[0].text
    assert "Sudah <dicek>?" in citizen.news[0].text
    await citizen.blocks()
    assert await citizen.unblocks() is None
    assert citizen.news == [], "it is told once"
