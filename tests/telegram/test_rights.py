"""What is wrong is corrected by those who have the case, in three days; surveys end when told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.casework import privacy_requests
from actions.casework.privacy_requests import CLOCK, MOST_OPEN, RequestKind, Result
from actions.domain.status import Status
from actions.storage.tables import Case, PrivacyRequest, Staff, Survey
from tests.support.database import LAMP, Database
from tests.support.running_bot import RunningBot, reference_of_tests
from tests.telegram.test_copy_of_data import MINE, OTHERS, TEXTS, asks, requests
from tests.telegram.test_delivery import later


async def test_a_correction_goes_to_the_unit_of_the_case_with_three_days(
    bot: RunningBot, stored: Database
) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start")
    case = await stored.file(chat=MINE)
    assert "apa yang salah" in await asks(citizen, "Ada yang salah")
    await citizen.writes("Nama saya Siti Aminah binti Umar")

    (request,) = await requests(bot)
    assert (request.case_id, request.unit, request.text) == (
        case.id,
        case.unit,
        "Nama saya Siti Aminah binti Umar",
    )
    assert request.due_at - request.asked_at == CLOCK == timedelta(days=3)
    assert request.done_at is None
    assert "menunggu petugas, paling lambat" in await asks(citizen)


async def test_of_several_cases_one_is_chosen(bot: RunningBot, stored: Database) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start")
    await stored.file(chat=MINE)
    lamp = await stored.file("lampu_jalan", LAMP, chat=MINE)
    await asks(citizen, "Ada yang salah", f"{lamp.code} Lampu jalan mati")
    await citizen.writes("lampunya tiga, bukan dua")

    assert [one.case_id for one in await requests(bot)] == [lamp.id]


async def test_without_anything_sent_nothing_can_be_corrected(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start")
    assert TEXTS.plain("hak.perbaikan.tidak_ada") in await asks(citizen, "Ada yang salah")


async def test_so_many_may_wait_and_no_more(bot: RunningBot, stored: Database) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start")
    await stored.file(chat=MINE)
    for number in range(MOST_OPEN + 1):
        await asks(citizen, "Ada yang salah")
        await citizen.writes(f"salah nomor {number}")

    assert TEXTS.plain("hak.perbaikan.penuh", jumlah=MOST_OPEN) in citizen.says
    assert len(await requests(bot)) == MOST_OPEN


async def test_somebody_elses_case_cannot_be_corrected(bot: RunningBot, stored: Database) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start")
    await stored.file(chat=MINE)
    await asks(citizen, "Ada yang salah")
    other = await stored.file(chat=OTHERS)
    async with bot.sessions.begin() as session:
        (await session.get_one(Case, other.id)).code = None
        mine = (await session.scalars(select(Case).where(Case.chat == MINE))).one()
        mine.chat = OTHERS
    await citizen.writes("nama saya salah")

    assert await requests(bot) == []


async def settle(bot: RunningBot, result: Result, outcome: str) -> None:
    (request,) = await requests(bot)
    async with bot.sessions.begin() as session:
        row = await session.get_one(PrivacyRequest, request.id)
        rina = (await session.scalars(select(Staff))).one()
        await privacy_requests.settle(
            session,
            reference_of_tests(),
            row,
            rina,
            result=result,
            outcome=outcome,
            now=bot.clock(),
        )
    await later(bot, 0)


@pytest.mark.parametrize(
    ("result", "told"),
    [(Result.DONE, "sudah dikerjakan"), (Result.REFUSED, "tidak dapat dipenuhi")],
)
async def test_the_citizen_hears_what_came_of_it_and_can_look_it_up(
    bot: RunningBot, stored: Database, result: Result, told: str
) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start")
    await stored.file(chat=MINE)
    await stored.account("rina")
    await asks(citizen, "Ada yang salah")
    await citizen.writes("nama saya salah")
    await settle(bot, result, "Sesuai KK.")

    assert told in citizen.chat.messages[-1].text
    assert "Sesuai KK." in citizen.chat.messages[-1].text
    assert "Sesuai KK." in await asks(citizen)
    with pytest.raises(privacy_requests.AlreadyAnsweredError):
        await settle(bot, result, "Lagi.")


async def test_who_does_not_want_to_be_asked_is_not_asked(
    bot: RunningBot, stored: Database
) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start")
    first = await stored.file(chat=MINE)
    await stored.move(first, Status.IN_REVIEW)
    await stored.move(first, Status.AWAITING_SIGNATURE)
    await stored.move(first, Status.READY)
    await stored.move(first, Status.HANDED_OVER)
    await asks(citizen, "Izin survei", "Jangan tanya lagi")
    bot.clock.move(timedelta(days=4))
    await bot.balai.jobs.run_due()
    second = await stored.file(chat=MINE)
    await stored.move(second, Status.CANCELLED, "salah kirim")
    await later(bot, 0)

    async with bot.sessions() as session:
        (survey,) = (await session.scalars(select(Survey))).all()
        assert survey.reminded_at is None
        assert survey.closed_at is not None
    assert [one.kind for one in await requests(bot)] == [RequestKind.NO_SURVEYS]
    assert "tidak menanyakan kepuasan" in await asks(citizen, "Izin survei")
    assert TEXTS.plain("hak.izin.diberi") in await asks(citizen, "Izin survei", "Boleh tanya lagi")
