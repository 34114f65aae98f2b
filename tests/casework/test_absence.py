"""Who is away is handed no work, and who stands in hears what they would have heard."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from actions.casework import absence, happenings, ownership, reminders
from actions.casework.absence import Absence, BadAbsenceError
from actions.casework.cases import CITIZEN
from actions.casework.ownership import CannotHaveError, Refusal
from actions.casework.reminders import Step
from actions.casework.security_log import Origin
from actions.casework.staff import Role
from actions.domain.status import Status
from actions.storage.tables import Case, Staff, StaffAlert
from tests.support.database import Database

FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 30)


async def plan(database: Database, who: Staff, planned: Absence | None) -> None:
    async with database.sessions.begin() as session:
        row = await session.get_one(Staff, who.id)
        origin = Origin(database.clock.now)
        await absence.plan(session, database.reference, row, planned, origin)


@pytest.fixture
async def people(database: Database) -> dict[str, Staff]:
    names = ("rina", "tuti")
    officers = {
        name: await database.account(name, unit="disdukcapil", telegram_id=900 + number)
        for number, name in enumerate(names)
    }
    head = await database.account("head", Role.SUPERVISOR, "disdukcapil")
    return officers | {"head": head}


async def owned_by(database: Database, owner: Staff) -> Case:
    case = await database.file()
    async with database.sessions.begin() as session:
        (await session.get_one(Case, case.id)).owner_id = owner.id
    return await database.fresh(case)


async def who_is_reminded(database: Database, case: Case) -> list[str]:
    async with database.sessions() as session:
        everybody = await reminders.everybody(session)
    told = reminders.concerned(case, Step.HALF, everybody, database.clock.now)
    return [one.username for one in told]


async def test_a_stand_in_is_reminded_and_without_one_the_head(
    database: Database, people: dict[str, Staff]
) -> None:
    case = await owned_by(database, people["rina"])
    assert await who_is_reminded(database, case) == ["rina"]
    await plan(database, people["rina"], Absence(FRIDAY, MONDAY, people["tuti"].id))
    assert await who_is_reminded(database, case) == ["tuti"]
    await plan(database, people["rina"], Absence(FRIDAY, MONDAY))
    assert await who_is_reminded(database, case) == ["head"]
    await plan(database, people["tuti"], Absence(FRIDAY, MONDAY))
    await plan(database, people["rina"], Absence(FRIDAY, MONDAY, people["tuti"].id))
    assert await who_is_reminded(database, case) == ["head"], "the stand-in is away too"
    await plan(database, people["rina"], None)
    assert await who_is_reminded(database, case) == ["rina"]


async def test_it_begins_and_ends_with_the_day_of_the_office(
    database: Database, people: dict[str, Staff]
) -> None:
    case = await owned_by(database, people["rina"])
    await plan(database, people["rina"], Absence(MONDAY, MONDAY))
    zone = database.reference.zone
    for local, who in (
        (datetime(2026, 11, 29, 23, 59, tzinfo=zone), "rina"),
        (datetime(2026, 11, 30, 0, 0, tzinfo=zone), "head"),
        (datetime(2026, 11, 30, 23, 59, tzinfo=zone), "head"),
        (datetime(2026, 12, 1, 0, 0, tzinfo=zone), "rina"),
    ):
        database.clock.now = local.astimezone(UTC)
        assert await who_is_reminded(database, case) == [who], local
    assert absence.of(database.reference, people["rina"], database.clock.now) is None


async def test_nothing_is_handed_to_who_is_away(
    database: Database, people: dict[str, Staff]
) -> None:
    case = await owned_by(database, people["rina"])
    await plan(database, people["tuti"], Absence(FRIDAY, MONDAY))
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        tuti = await session.get_one(Staff, people["tuti"].id)
        with pytest.raises(CannotHaveError) as refused:
            await ownership.pass_on(session, row, tuti, by=people["head"], now=database.clock.now)
    assert refused.value.why == Refusal.AWAY


async def test_news_go_to_the_stand_in_and_to_nobody_who_is_away(
    database: Database, people: dict[str, Staff]
) -> None:
    case = await owned_by(database, people["rina"])
    await plan(database, people["rina"], Absence(FRIDAY, MONDAY, people["tuti"].id))

    async def look() -> None:
        database.clock.move(timedelta(seconds=10))
        async with database.sessions.begin() as session:
            await happenings.tell(session, database.reference, database.clock.now)

    await look()
    await database.move(case, Status.INCOMPLETE, "Foto KK tidak terbaca")
    await database.move(case, Status.SUBMITTED, by=CITIZEN)
    await look()
    async with database.sessions() as session:
        told = (await session.execute(select(StaffAlert.staff_id, StaffAlert.key))).all()
    assert [tuple(row) for row in told] == [(people["tuti"].id, "dijawab")]


@pytest.mark.parametrize(
    "planned",
    [
        Absence(MONDAY, FRIDAY),
        Absence(date(2026, 11, 20), date(2026, 11, 26)),
        Absence(FRIDAY, MONDAY, 1),
        Absence(FRIDAY, MONDAY, 99),
        Absence(FRIDAY, MONDAY, 4),
    ],
    ids=["out of order", "over", "oneself", "nobody", "another unit"],
)
@pytest.mark.usefixtures("people")
async def test_a_plan_that_makes_no_sense_is_refused(
    planned: Absence, database: Database, people: dict[str, Staff]
) -> None:
    await database.account("lain", unit="dishub")
    with pytest.raises(BadAbsenceError):
        await plan(database, people["rina"], planned)
