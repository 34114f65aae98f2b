"""Who was promised a date that has passed hears so, with a new one, never one that is over."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from actions.casework import desk, lateness
from actions.casework.cases import CITIZEN
from actions.casework.desk import Tray, Wanted
from actions.casework.lateness import CauseMissingError
from actions.casework.messages import without_markup
from actions.casework.staff import Role
from actions.domain.status import Status
from actions.domain.terms import Term
from actions.domain.work import EventKind, PromiseOutcome
from actions.storage.tables import Case, CaseEvent, Outbox, Promise
from tests.support.database import CHAT, OFFICER, Database

DUE, NEW = date(2026, 12, 2), date(2026, 12, 8)
THURSDAY = datetime.fromisoformat("2026-12-03T03:00:00+00:00")
EVENING = datetime.fromisoformat("2026-12-03T11:00:00+00:00")


async def sorry(database: Database) -> int:
    async with database.sessions.begin() as session:
        return await lateness.say_sorry(session, database.reference, database.clock.now)


async def last_words(database: Database) -> str:
    async with database.sessions() as session:
        mine = select(Outbox.payload).where(Outbox.chat == CHAT).order_by(Outbox.id.desc())
        return without_markup((await session.scalars(mine.limit(1))).one()["text"])


async def promises(database: Database) -> list[tuple[date, str | None]]:
    async with database.sessions() as session:
        found = (await session.scalars(select(Promise).order_by(Promise.id))).all()
        return [(promise.due_on, promise.outcome) for promise in found]


async def test_a_late_case_says_sorry_once_with_a_new_date(database: Database) -> None:
    case = await database.file("ktp_hilang")
    assert case.due_on == DUE
    assert await sorry(database) == 0
    database.clock.now = THURSDAY
    assert await sorry(database) == 1
    assert await sorry(database) == 0
    words = await last_words(database)
    assert "maaf, ini sudah lewat 1 hari kerja dari janji kami, Rabu, 2 Desember" in words
    assert "Perkiraan baru Selasa, 8 Desember" in words
    assert await promises(database) == [(DUE, PromiseOutcome.BROKEN), (NEW, None)]
    late = await database.fresh(case)
    assert (late.due_on, late.next_on) == (DUE, NEW)
    async with database.sessions() as session:
        kind = select(CaseEvent.data).where(CaseEvent.kind == EventKind.PROMISED)
        assert (await session.scalars(kind)).all() == [{"tanggal": "2026-12-08"}]


async def test_it_stays_late_and_a_second_date_that_passes_is_excused_again(
    database: Database,
) -> None:
    case = await database.file("ktp_hilang")
    database.clock.now = THURSDAY
    await sorry(database)
    head = await database.account("budi", Role.SUPERVISOR)
    today = database.reference.today(database.clock.now)
    async with database.sessions() as session:
        late = await desk.cases(session, head, Wanted(Tray.LATE), today)
    assert [one.id for one in late] == [case.id]
    database.clock.now = THURSDAY + timedelta(days=6)
    assert await sorry(database) == 1
    assert "lewat 5 hari kerja dari janji kami, Rabu, 2 Desember" in await last_words(database)
    kept = [outcome for _, outcome in await promises(database)]
    assert kept == [PromiseOutcome.BROKEN, PromiseOutcome.BROKEN, None]


@pytest.mark.parametrize("why", ["closed", "paused", "done", "forgotten"])
async def test_nobody_is_sorry_for_what_waits_for_nobody_here(
    why: str, database: Database
) -> None:
    case = await database.file("ktp_hilang")
    if why == "paused":
        await database.move(case, Status.INCOMPLETE, "Foto KK tidak terbaca")
    if why == "done":
        await database.move(case, Status.READY)
    if why == "forgotten":
        await database.move(case, Status.CANCELLED, by=CITIZEN)
    database.clock.now = EVENING if why == "closed" else THURSDAY
    assert await sorry(database) == 0


@pytest.mark.parametrize("by", [OFFICER, CITIZEN])
async def test_no_move_tells_a_date_that_is_over(by: object, database: Database) -> None:
    case = await database.file("ktp_hilang")
    if by is CITIZEN:
        database.clock.now = THURSDAY + timedelta(days=5)
        await database.move(case, Status.INCOMPLETE, "Foto KK tidak terbaca")
        database.clock.now += timedelta(days=30)
        await database.move(case, Status.SUBMITTED, by=CITIZEN)
    else:
        database.clock.now = THURSDAY + timedelta(days=5)
        await database.move(case, Status.IN_REVIEW)
        words = await last_words(database)
        assert "Maaf, ini sudah lewat" in words
        assert "Perkiraan baru" in words
        assert "Perkiraan selesai" not in words
    now = await database.fresh(case)
    assert now.next_on is not None
    assert now.next_on > database.reference.today(database.clock.now)


async def test_a_late_case_that_waits_for_its_citizen_gets_no_later_by_it(
    database: Database,
) -> None:
    case = await database.file("ktp_hilang")
    database.clock.now = THURSDAY + timedelta(days=5)
    now = database.clock.now
    before = lateness.late_by(database.reference, await database.fresh(case), now)
    await database.move(case, Status.INCOMPLETE, "Foto KK tidak terbaca")
    database.clock.now += timedelta(days=30)
    await database.move(case, Status.SUBMITTED, by=CITIZEN)
    now = database.clock.now
    after = lateness.late_by(database.reference, await database.fresh(case), now)
    assert before == after == Term(4)


async def take(database: Database, case: Case, target: Status, cause: str | None) -> str | None:
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        lateness.take_cause(database.reference, row, target, cause, database.clock.now)
        return row.late_cause


async def test_why_it_was_late_is_asked_when_it_is_done(database: Database) -> None:
    case = await database.file("ktp_hilang")
    assert await take(database, case, Status.READY, "cuaca") is None, "it is not late"
    database.clock.now = THURSDAY
    assert await take(database, case, Status.IN_REVIEW, None) is None, "it is not done"
    for unknown in (None, "", "malas"):
        with pytest.raises(CauseMissingError):
            await take(database, case, Status.READY, unknown)
    assert await take(database, case, Status.READY, "cuaca") == "cuaca"
    await database.move(case, Status.READY)
    await database.move(case, Status.HANDED_OVER)
