"""The clock of a case speaks: to whom, when, once each, in office hours alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions.casework import reminders, telegram_alerts
from actions.casework.cases import CITIZEN
from actions.casework.messages import without_markup
from actions.casework.staff import Role
from actions.domain.status import Status
from actions.domain.work import EventKind
from actions.storage.tables import Case, CaseEvent, Outbox, Staff, StaffAlert
from tests.support.database import BRIBE, KTP, Database

"""The card is promised for Wednesday, 1410 working minutes after Friday at nine."""
HALF, NEAR = "2026-12-01T09:15", "2026-12-02T09:48"
OVER, UNIT, ALL = "2026-12-03T08:00", "2026-12-04T08:00", "2026-12-08T08:00"


def at(local: str, database: Database, *, seconds: int = 0) -> datetime:
    moment = datetime.fromisoformat(local).replace(tzinfo=database.reference.zone)
    return moment.astimezone(UTC) + timedelta(seconds=seconds)


async def run(database: Database, local: str, *, seconds: int = 0) -> int:
    database.clock.now = at(local, database, seconds=seconds)
    async with database.sessions.begin() as session:
        return await reminders.remind(session, database.reference, database.clock.now)


async def own(database: Database, case: Case, staff: Staff) -> None:
    async with database.sessions.begin() as session:
        (await session.get_one(Case, case.id)).owner_id = staff.id


async def alerts(database: Database) -> list[tuple[str, str]]:
    async with database.sessions() as session:
        found = (
            select(Staff.username, StaffAlert.key)
            .join(Staff, Staff.id == StaffAlert.staff_id)
            .order_by(StaffAlert.id)
        )
        return [(row.username, row.key) for row in await session.execute(found)]


@pytest.fixture
async def people(database: Database) -> dict[str, Staff]:
    return {
        "rina": await database.account("rina", unit="disdukcapil"),
        "tuti": await database.account("tuti", unit="disdukcapil"),
        "head": await database.account("head", Role.SUPERVISOR, "disdukcapil"),
        "other": await database.account("other", Role.SUPERVISOR, "dishub"),
        "chief": await database.account("chief", Role.SUPERVISOR),
        "admin": await database.account("admin", Role.ADMIN),
    }


async def test_each_step_is_told_once_when_it_comes_and_not_before(
    database: Database, people: dict[str, Staff]
) -> None:
    case = await database.file("ktp_hilang")
    await own(database, case, people["rina"])
    expected = []
    for local, who, key in (
        (HALF, "rina", "tenggat_50"),
        (NEAR, "rina", "tenggat_80"),
        (OVER, "rina", "tenggat_100"),
        (UNIT, "head", "tenggat_110"),
        (ALL, "chief", "tenggat_120"),
    ):
        assert await run(database, local, seconds=-1) == 0, key
        assert await run(database, local) == 1, key
        assert await run(database, local, seconds=30) == 0, key
        expected.append((who, key))
        assert await alerts(database) == expected
    assert (await database.fresh(case)).remind_at is None
    async with database.sessions() as session:
        kind = select(CaseEvent.data).where(CaseEvent.kind == EventKind.REMINDED)
        told = (await session.scalars(kind.order_by(CaseEvent.id))).all()
    assert [one["kepada"] for one in told if one][-1] == [people["chief"].id]


async def test_after_a_standstill_only_the_last_step_is_told(
    database: Database, people: dict[str, Staff]
) -> None:
    case = await database.file("ktp_hilang")
    await own(database, case, people["rina"])
    assert await run(database, "2026-12-02T14:00") == 1
    assert await alerts(database) == [("rina", "tenggat_80")]


async def test_outside_of_office_hours_nobody_is_told(
    database: Database, people: dict[str, Staff]
) -> None:
    case = await database.file("ktp_hilang")
    await own(database, case, people["rina"])
    for closed in ("2026-12-01T12:30", "2026-12-01T20:00", "2026-12-02T07:59"):
        assert await run(database, closed) == 0
    assert (await database.fresh(case)).remind_at == at("2026-12-02T08:00", database)
    assert await run(database, "2026-12-02T08:00") == 1


async def test_a_clock_that_waits_for_its_citizen_is_silent_and_runs_on_later(
    database: Database, people: dict[str, Staff]
) -> None:
    case = await database.file("ktp_hilang")
    await own(database, case, people["rina"])
    await database.move(case, Status.INCOMPLETE, "Foto KK tidak terbaca")
    assert await run(database, "2026-12-10T09:00") == 0
    await database.move(case, Status.SUBMITTED, by=CITIZEN)
    fresh = await database.fresh(case)
    assert fresh.due_on is not None
    assert fresh.due_on.isoformat() == "2026-12-15"
    assert await run(database, "2026-12-11T09:00") == 0
    assert await run(database, "2026-12-14T10:00") == 1
    assert await alerts(database) == [("rina", "tenggat_50")]


@pytest.mark.parametrize("ending", [Status.READY, Status.REJECTED])
async def test_what_is_done_reminds_of_nothing(
    ending: Status, database: Database, people: dict[str, Staff]
) -> None:
    case = await database.file("ktp_hilang")
    await own(database, case, people["rina"])
    await database.move(case, ending, "Alamatnya di kabupaten lain")
    assert await run(database, ALL) == 0


async def test_what_is_opened_again_has_a_clock_from_the_beginning(
    database: Database, people: dict[str, Staff]
) -> None:
    case = await database.file("ktp_hilang")
    await own(database, case, people["rina"])
    assert await run(database, NEAR) == 1
    await database.move(case, Status.READY)
    database.clock.now = at("2026-12-14T08:00", database)
    await database.move(case, Status.IN_REVIEW)
    assert (await database.fresh(case)).reminded == 0
    assert await run(database, "2026-12-14T09:00") == 0
    assert await run(database, "2026-12-16T11:00") == 1
    assert [key for _, key in await alerts(database)] == ["tenggat_80", "tenggat_50"]


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ([], ["head"]),
        (["head"], ["chief"]),
        (["head", "chief"], ["admin"]),
        (["head", "chief", "admin"], ["rina", "tuti"]),
        (["head", "chief", "admin", "rina", "tuti"], []),
    ],
)
async def test_where_nobody_owns_it_the_next_is_told(
    gone: list[str], told: list[str], database: Database, people: dict[str, Staff]
) -> None:
    await database.file("ktp_hilang")
    async with database.sessions.begin() as session:
        for name in gone:
            (await session.get_one(Staff, people[name].id)).active = False
    assert await run(database, HALF) == 1
    assert await alerts(database) == [(name, "tenggat_50") for name in told]


async def test_cases_from_before_begin_silently(
    database: Database, people: dict[str, Staff]
) -> None:
    case = await database.file("ktp_hilang")
    await own(database, case, people["rina"])
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        row.reminded, row.remind_at = None, database.clock.now
    assert await run(database, "2026-12-01T14:00") == 0
    assert (await database.fresh(case)).reminded == reminders.Step.HALF
    assert await run(database, NEAR) == 1


async def test_a_secret_case_is_told_to_those_who_know_of_it_and_by_its_code(
    database: Database,
) -> None:
    await database.account("ida", Role.SUPERVISOR, "inspektorat", sees_secret=True)
    await database.account("bos", Role.SUPERVISOR, "inspektorat")
    case = await database.file("pungli", BRIBE)
    due = (await database.fresh(case)).due_on
    assert due is not None
    assert await run(database, f"{due.isoformat()}T09:00") == 1
    assert await alerts(database) == [("ida", "tenggat_80")]


async def test_who_linked_telegram_hears_it_there_once_without_words_of_the_citizen(
    database: Database, people: dict[str, Staff]
) -> None:
    case = await database.file("ktp_hilang")
    await own(database, case, people["rina"])
    async with database.sessions.begin() as session:
        (await session.get_one(Staff, people["rina"].id)).telegram_id = 4711
    await run(database, HALF)
    for expected in (1, 0):
        async with database.sessions.begin() as session:
            taken = await telegram_alerts.take(session, database.reference, database.clock.now)
        assert taken == expected
    text = await _text(database, "tg:4711")
    assert str(case.code) in text
    assert "Janji selesai Rabu, 2 Desember" in text
    for private in (KTP["nama"], KTP["nik"], KTP["hp"]):
        assert str(private) not in text


async def _text(database: Database, chat: str) -> str:
    async with database.sessions() as session:
        payload: Any = (
            await session.scalars(select(Outbox.payload).where(Outbox.chat == chat))
        ).one()
    return without_markup(payload["text"])
