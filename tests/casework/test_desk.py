"""Each case lies in the tray of whoever must act, and trays are read to their end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from actions.casework import desk
from actions.casework.cases import CITIZEN
from actions.casework.desk import MOST, Tray, Wanted
from actions.casework.staff import Role
from actions.domain.status import CaseKind, Status
from actions.domain.work import TransferKind
from actions.storage.tables import Case, Staff, Transfer
from tests.support.database import LAMP, Database

EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}


async def trays_of(database: Database, staff: Staff, case: Case) -> set[Tray]:
    today = database.reference.today(database.clock())
    async with database.sessions() as session:
        return {
            tray
            for tray in Tray
            if case.id in {c.id for c in await desk.cases(session, staff, Wanted(tray), today)}
        }


async def walk(database: Database, staff: Staff, wanted: Wanted, limit: int) -> list[int]:
    """All pages of a tray, one after the other."""
    today, after, seen = database.reference.today(database.clock()), None, []
    async with database.sessions() as session:
        while found := await desk.cases(session, staff, wanted, today, after=after, limit=limit):
            seen += [case.id for case in found]
            after = desk.place_of(wanted.tray, found[-1])
    return seen


@pytest.mark.parametrize(
    ("path", "trays"),
    [
        ([], {Tray.NEW}),
        ([Status.IN_PROGRESS], {Tray.NEW}),
        ([Status.NEEDS_DETAIL], {Tray.CITIZEN}),
        ([Status.COORDINATED], {Tray.OTHER_UNIT}),
        ([Status.FORWARDED], {Tray.OTHER_UNIT}),
        ([Status.IN_PROGRESS, Status.RESOLVED], {Tray.DONE}),
        ([Status.REJECTED], {Tray.DONE}),
    ],
)
async def test_a_case_lies_in_the_tray_of_who_must_act(
    path: list[Status], trays: set[Tray], database: Database
) -> None:
    rina = await database.account("rina")
    case = await database.file("sampah")
    for target in [Status.VERIFIED, *path] if path else path:
        await database.move(case, target, "SP-1")
    assert await trays_of(database, rina, case) == trays


async def test_a_document_that_lies_ready_waits_for_its_citizen(database: Database) -> None:
    rina = await database.account("rina")
    case = await database.file()
    await database.move(case, Status.READY)
    assert await trays_of(database, rina, case) == {Tray.CITIZEN}


async def test_urgent_late_and_owned_cases_lie_in_those_trays_too(database: Database) -> None:
    rina, budi = await database.account("rina"), await database.account("budi")
    case = await database.file("sampah")
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        row.urgent, row.owner_id = True, rina.id
    assert await trays_of(database, rina, case) == {Tray.URGENT, Tray.MINE}
    assert await trays_of(database, budi, case) == {Tray.URGENT}
    database.clock.move(timedelta(days=60))
    assert await trays_of(database, budi, case) == {Tray.URGENT, Tray.LATE}


async def test_what_a_citizen_answered_lies_apart_until_somebody_acts(
    database: Database,
) -> None:
    rina = await database.account("rina")
    case = await database.file("sampah")
    await database.move(case, Status.NEEDS_DETAIL, "Patokannya?")
    await database.move(case, Status.RECEIVED, by=CITIZEN)
    assert await trays_of(database, rina, case) == {Tray.NEW, Tray.ANSWERED}
    await database.move(case, Status.VERIFIED)
    assert await trays_of(database, rina, case) == {Tray.NEW}


async def test_what_another_unit_sends_lies_in_a_tray_of_its_own(database: Database) -> None:
    sender = await database.account("rina", unit="dlh")
    dewi = await database.account("dewi", unit="dishub")
    case = await database.file("sampah")
    async with database.sessions.begin() as session:
        session.add(
            Transfer(
                case_id=case.id,
                kind=TransferKind.HANDING_OVER,
                from_unit="dlh",
                to_unit="dishub",
                sent_by=sender.id,
                note="tiang lampu",
                at=database.clock(),
            )
        )
    assert await trays_of(database, dewi, case) == {Tray.SENT_HERE}
    async with database.sessions.begin() as session:
        (await session.get_one(Transfer, 1)).answered_at = database.clock()
    assert await trays_of(database, dewi, case) == set()


@pytest.mark.parametrize("tray", [Tray.NEW, Tray.DONE, Tray.ANSWERED])
async def test_pages_hold_each_case_once_also_where_many_are_alike(
    tray: Tray, database: Database
) -> None:
    rina = await database.account("rina")
    made = []
    for number in range(7):
        case = await database.file("sampah", chat=f"tg:{number}")
        if tray is Tray.DONE:
            await database.move(case, Status.REJECTED, "bukan sampah")
        if tray is Tray.ANSWERED:
            await database.move(case, Status.NEEDS_DETAIL, "Di mana?")
            await database.move(case, Status.RECEIVED, by=CITIZEN)
        if number == 3:
            database.clock.move(timedelta(days=1))
        made.append(case.id)
    seen = await walk(database, rina, Wanted(tray), limit=3)
    assert sorted(seen) == made
    assert seen == (sorted(made, reverse=True) if tray is Tray.DONE else made)


async def test_a_tray_is_narrowed(database: Database) -> None:
    boss = await database.account("boss", Role.SUPERVISOR)
    await database.file()
    lamp = await database.file("lampu_jalan", LAMP)
    for wanted in (
        Wanted(Tray.NEW, kind=CaseKind.COMPLAINT),
        Wanted(Tray.NEW, unit=lamp.unit),
        Wanted(Tray.NEW, slug="lampu_jalan"),
    ):
        assert await walk(database, boss, wanted, limit=5) == [lamp.id]
    assert await walk(database, boss, Wanted(Tray.NEW, village="Antah"), limit=5) == []


async def test_a_count_ends_somewhere(database: Database) -> None:
    rina = await database.account("rina")
    today = database.reference.today(database.clock())
    async with database.sessions.begin() as session:
        chat = await database.chat()
        for number in range(MOST + 5):
            case = Case(
                code=f"SKM-{number:03}-AAA",
                kind=CaseKind.COMPLAINT,
                slug="sampah",
                unit="dlh",
                chat=chat,
                status=Status.RECEIVED,
                awaits="petugas",
                form={},
                created_at=database.clock(),
                updated_at=database.clock(),
                due_on=today,
            )
            session.add(case)
    async with database.sessions() as session:
        assert await desk.count(session, rina, Wanted(Tray.NEW), today) == MOST


async def test_the_next_case_is_the_one_behind_also_when_this_one_has_left(
    database: Database,
) -> None:
    rina = await database.account("rina")
    first, second, third = [
        await database.file("sampah", chat=f"tg:{number}") for number in range(3)
    ]
    today = database.reference.today(database.clock())
    await database.move(second, Status.REJECTED, "bukan sampah")

    async def following(case: Case) -> int | None:
        async with database.sessions() as session:
            found = await desk.next_case(session, rina, Wanted(Tray.NEW), today, case)
        return found.id if found else None

    assert await following(first) == third.id
    assert await following(second) == third.id
    assert await following(third) == first.id
    await database.move(first, Status.REJECTED, "bukan sampah")
    assert await following(third) is None


@pytest.mark.parametrize(
    ("tray", "index"),
    [
        (Tray.URGENT, "urgent"),
        (Tray.NEW, "unowned"),
        (Tray.LATE, "running"),
        (Tray.ANSWERED, "answered"),
        (Tray.CITIZEN, "awaits"),
        (Tray.OTHER_UNIT, "awaits"),
        (Tray.MINE, "owner"),
    ],
)
@pytest.mark.parametrize("unit", [None, "dlh"])
async def test_a_tray_walks_along_its_index(
    tray: Tray, index: str, unit: str | None, database: Database
) -> None:
    """As SQLite says; PostgreSQL weighs indexes by what lies in them, and here lies nothing."""
    engine = database.sessions.kw["bind"]
    staff = await database.account("rina", unit=unit)
    query = desk.query(staff, Wanted(tray), database.reference.today(database.clock()))
    compiled = query.limit(25).compile(engine, compile_kwargs={"literal_binds": True})
    async with database.sessions() as session:
        plan = (await session.execute(text(f"{EXPLAIN[engine.dialect.name]} {compiled}"))).all()
    words = " ".join(str(row) for row in plan)
    assert "Seq Scan" in words or f"_{index}" in words, words
    assert "TEMP B-TREE" not in words, words
