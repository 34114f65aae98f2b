"""Whoever saves data hears less, later, and is told how much that saved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.casework import escalations, thrift
from actions.casework.escalations import Reason
from actions.domain.messages import Button, FileKind, Reply, StoredFile
from actions.domain.status import Status
from actions.storage.tables import Chat, HeldNews
from tests.storage.pictures import jpeg
from tests.support.database import KTP, LAMP, Database
from tests.support.running_bot import RunningBot, reference_of_tests
from tests.support.telegram.people import Person
from tests.telegram.officers import MORNING

CHAT = "tg:500"
TEXTS = reference_of_tests().texts
EVENING = timedelta(hours=8)


@pytest.fixture
async def citizen(bot: RunningBot) -> Person:
    """Somebody who saves data, on a Friday morning."""
    bot.clock.now = MORNING
    citizen = bot.citizen()
    await citizen.writes("/hemat")
    return citizen


async def saved(bot: RunningBot) -> int:
    async with bot.sessions() as session:
        row = await session.get_one(Chat, CHAT)
    return row.thrift[thrift.BYTES] if row.thrift else 0


async def moved(bot: RunningBot, stored: Database, *moves: tuple[str, Status]) -> list[str]:
    """The codes of cases that officers have moved."""
    codes = []
    for slug, status in moves:
        answers = LAMP if slug == "lampu_jalan" else KTP
        case = await stored.file(slug, answers, chat=CHAT)
        codes.append(str(case.code))
        await stored.move(case, status)
    bot.balai.wake()
    await bot.settle()
    return codes


async def evening(bot: RunningBot) -> None:
    bot.clock.move(EVENING)
    await bot.balai.jobs.run_due()
    await bot.settle()


async def test_short_forms_are_said_and_counted(bot: RunningBot, citizen: Person) -> None:
    before = await saved(bot)
    await citizen.writes("bantuan")

    long = TEXTS.html("umum.bantuan", 2, kantor="Kabupaten Sukamaju")
    short = TEXTS.html("ringkas.umum.bantuan", 2, kantor="Kabupaten Sukamaju")
    assert citizen.news[0].html == short
    assert await saved(bot) - before == len(long.encode()) - len(short.encode())


async def test_news_come_once_a_day_in_one_message(
    bot: RunningBot, citizen: Person, stored: Database
) -> None:
    before = len(citizen.chat.messages)
    codes = await moved(
        bot, stored, ("lampu_jalan", Status.VERIFIED), ("ktp_hilang", Status.IN_REVIEW)
    )
    assert len(citizen.chat.messages) == before, "nothing yet"
    await evening(bot)

    (digest,) = citizen.chat.messages[before:]
    assert digest.text.startswith(TEXTS.plain("hemat.rangkuman"))
    assert all(code in digest.text for code in codes)
    await evening(bot)
    assert len(citizen.chat.messages) == before + 1, "and no more"


async def test_what_waits_survives_a_restart(
    bot: RunningBot, citizen: Person, stored: Database
) -> None:
    (code,) = await moved(bot, stored, ("lampu_jalan", Status.VERIFIED))
    await bot.rebuild()
    await evening(bot)

    assert citizen.chat.messages[-1].text.startswith(code), "one alone stays as it is"


async def test_news_after_the_digest_wait_for_the_next_one(
    bot: RunningBot, citizen: Person, stored: Database
) -> None:
    await evening(bot)
    before = len(citizen.chat.messages)
    await moved(bot, stored, ("lampu_jalan", Status.VERIFIED))
    await evening(bot)
    assert len(citizen.chat.messages) == before, "it is night"
    bot.clock.move(timedelta(hours=16))
    await bot.balai.jobs.run_due()
    await bot.settle()
    assert len(citizen.chat.messages) == before + 1


@pytest.mark.parametrize(
    ("slug", "status"),
    [("lampu_jalan", Status.NEEDS_DETAIL), ("ktp_hilang", Status.INCOMPLETE)],
)
async def test_what_an_officer_asks_never_waits(
    bot: RunningBot, citizen: Person, stored: Database, slug: str, status: Status
) -> None:
    answers = LAMP if slug == "lampu_jalan" else KTP
    case = await stored.file(slug, answers, chat=CHAT)
    await stored.move(case, status, "Tolong foto tiangnya.")
    bot.balai.wake()
    await bot.settle()

    assert "Tolong foto tiangnya." in citizen.chat.messages[-1].text


async def test_news_of_something_urgent_never_wait(
    bot: RunningBot, citizen: Person, stored: Database
) -> None:
    case = await stored.file("lampu_jalan", LAMP, chat=CHAT)
    async with bot.sessions.begin() as session:
        (await session.merge(case)).urgent = True
    await stored.move(case, Status.VERIFIED)
    bot.balai.wake()
    await bot.settle()

    assert str(case.code) in citizen.chat.messages[-1].text


def test_buttons_of_several_cases_say_whose_they_are() -> None:
    texts = reference_of_tests()
    one, other = [
        Reply("x", f"{code}, lampu: beres?", ((Button("Sudah beres", "settled:1"),),))
        for code in ("SMJ-7F3-KQ9", "lain")
    ]
    assert thrift.digest(texts, [one]) == one
    labels = [row[0].label for row in thrift.digest(texts, [one, other]).buttons]
    assert labels[1] == "Sudah beres"
    assert labels[0].endswith("Sudah beres")


async def test_a_picture_comes_when_it_is_wanted(
    bot: RunningBot, citizen: Person, stored: Database
) -> None:
    rina = await stored.account("rina")
    file = await bot.balai.deps.files.store(jpeg(), FileKind.PHOTO)
    assert isinstance(file, StoredFile)
    await citizen.writes("petugas")
    async with bot.sessions.begin() as session:
        talk = await escalations.open_escalation(
            session, stored.reference, chat=CHAT, reason=Reason.ASKED, now=bot.clock()
        )
        await escalations.say(
            session, stored.reference, talk, rina, "Ini denahnya.", bot.clock(), file=file
        )
    bot.balai.wake()
    await bot.settle()
    assert [message.file for message in citizen.chat.messages if message.file] == []
    assert await saved(bot) >= file.size

    offer = citizen.chat.messages[-1]
    (label,) = offer.labels
    before = await saved(bot)
    await citizen.taps(label)
    assert citizen.news[0].photo
    assert before - await saved(bot) == file.size
    stranger = bot.citizen(501)
    await stranger.writes("menu")
    await stranger.presses(offer, label)
    assert stranger.news[0].file is None


async def test_switched_off_everything_held_comes_first(
    bot: RunningBot, citizen: Person, stored: Database
) -> None:
    codes = await moved(
        bot, stored, ("lampu_jalan", Status.VERIFIED), ("ktp_hilang", Status.IN_REVIEW)
    )
    await citizen.writes("bantuan")
    await citizen.writes("/hemat")
    assert "terhemat" in citizen.says
    await citizen.writes("/hemat off")

    held, told = citizen.news
    assert all(code in held.text for code in codes)
    assert told.text.startswith("Mode hemat mati. Sejak Jumat, 27 November terhemat ")
    await citizen.writes("bantuan")
    assert citizen.news[0].html == TEXTS.html("umum.bantuan", 0, kantor="Kabupaten Sukamaju")
    await citizen.writes("hemat mati")
    assert citizen.says == TEXTS.plain("hemat.memang_mati")


async def test_whose_data_are_erased_has_nothing_waiting(
    bot: RunningBot, citizen: Person, stored: Database
) -> None:
    await moved(bot, stored, ("lampu_jalan", Status.VERIFIED))
    await citizen.writes("data saya")
    await citizen.taps("Hapus data saya")
    await citizen.taps("Ya, hapus")

    async with bot.sessions() as session:
        assert (await session.scalars(select(HeldNews))).all() == []
