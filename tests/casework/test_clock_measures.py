"""Clocks in days and working hours, and that of the first answer: promised, paused, late, told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from actions.casework import case_clock, cases, desk, first_answer, lateness, reminders
from actions.casework.case_clock import Reading
from actions.casework.cases import CITIZEN
from actions.casework.desk import Tray, Wanted
from actions.casework.messages import without_markup
from actions.casework.staff import Role
from actions.domain.clocks import Clock, Stage
from actions.domain.figures import FigureKind
from actions.domain.status import Status
from actions.domain.terms import Measure, Term
from actions.domain.work import PromiseOutcome
from actions.storage.tables import Case, Outbox, Promise, Staff, StaffAlert
from tests.support.database import CHAT, Database
from tests.support.figures import count_figures, listed, work_of

BEGINNING = date(2026, 1, 1)


def rule(length: int, measure: Measure, stage: Stage = Stage.DONE) -> Clock:
    return Clock(7, length, True, BEGINNING, slug="ktp_hilang", measure=measure, stage=stage)


def under(database: Database, *rules: Clock) -> None:
    database.reference = replace(database.reference, clocks=rules)


def at(database: Database, local: str) -> datetime:
    """Set the clock to a moment of the office."""
    moment = datetime.fromisoformat(local).replace(tzinfo=database.reference.zone)
    database.clock.now = moment.astimezone(UTC)
    return database.clock.now


async def read(database: Database, case: Case) -> Reading | None:
    async with database.sessions() as session:
        row = await session.get_one(Case, case.id)
        moves = await cases.moves(session, row)
    return case_clock.read(database.reference, row, moves, database.clock.now)


async def remind(database: Database, local: str) -> int:
    now = at(database, local)
    async with database.sessions.begin() as session:
        return await reminders.remind(session, database.reference, now)


async def told(database: Database) -> list[str]:
    async with database.sessions() as session:
        return list(await session.scalars(select(StaffAlert.key).order_by(StaffAlert.id)))


async def in_late_tray(database: Database, boss: Staff) -> list[int]:
    today = database.reference.today(database.clock.now)
    async with database.sessions() as session:
        found = await desk.cases(session, boss, Wanted(Tray.LATE), today)
    return [case.id for case in found]


async def outcomes(database: Database) -> list[str | None]:
    async with database.sessions() as session:
        return list(await session.scalars(select(Promise.outcome).order_by(Promise.id)))


async def test_days_of_the_calendar_count_every_day(database: Database) -> None:
    """From Friday on three days are Monday, and it is late on Tuesday by one."""
    under(database, rule(3, Measure.DAYS))
    case = await database.file("ktp_hilang")
    assert (case.due_on, case.due_at) == (date(2026, 11, 30), None)
    at(database, "2026-11-29T10:00")
    assert await read(database, case) == Reading(2, 0, 1, 0, Measure.DAYS)
    now = at(database, "2026-12-03T10:00")
    fresh = await database.fresh(case)
    assert lateness.late_by(database.reference, fresh, now) == Term(3, Measure.DAYS)
    words = lateness.words_of(database.reference, fresh, now)
    assert words == "Maaf, ini sudah lewat 3 hari dari janji kami, Senin, 30 November."


async def test_days_stand_still_while_the_citizen_is_waited_for(database: Database) -> None:
    under(database, rule(3, Measure.DAYS))
    case = await database.file("ktp_hilang")
    at(database, "2026-11-28T10:00")
    await database.move(case, Status.INCOMPLETE, "Foto KK tidak terbaca")
    at(database, "2026-12-05T10:00")
    await database.move(case, Status.SUBMITTED, by=CITIZEN)
    assert (await database.fresh(case)).due_on == date(2026, 12, 7)
    assert await read(database, case) == Reading(1, 7, 2, 0, Measure.DAYS)


async def test_hours_end_at_a_moment_of_the_day(database: Database) -> None:
    """Five hours from eight o'clock, with an hour at noon when the unit is closed."""
    under(database, rule(5, Measure.WORKING_HOURS))
    boss = await database.account("head", Role.SUPERVISOR, "disdukcapil")
    at(database, "2026-11-30T08:00")
    case = await database.file("ktp_hilang")
    assert case.due_at == datetime(2026, 11, 30, 7, tzinfo=UTC), "14.00 in the office"
    at(database, "2026-11-30T10:00")
    assert await read(database, case) == Reading(2, 0, 3, 0, Measure.WORKING_HOURS)
    steps = ("10:29", "10:30", "12:30", "13:00", "13:59")
    spoke = [await remind(database, f"2026-11-30T{hour}") for hour in steps]
    assert spoke == [0, 1, 0, 1, 0]
    assert await in_late_tray(database, boss) == []
    assert await remind(database, "2026-11-30T14:00") == 1
    assert await told(database) == ["tenggat_50", "tenggat_80", "tenggat_100"]
    assert await in_late_tray(database, boss) == [case.id]


async def test_late_by_hours_is_said_in_hours(database: Database) -> None:
    under(database, rule(2, Measure.WORKING_HOURS))
    at(database, "2026-11-30T08:00")
    case = await database.file("ktp_hilang")
    now = at(database, "2026-11-30T10:30")
    fresh = await database.fresh(case)
    assert lateness.late_by(database.reference, fresh, now) == Term(0, Measure.WORKING_HOURS)
    at(database, "2026-11-30T11:00")
    await remind(database, "2026-11-30T11:00")
    async with database.sessions.begin() as session:
        assert await lateness.say_sorry(session, database.reference, database.clock.now) == 1
        words = (await session.scalars(select(Outbox).order_by(Outbox.id.desc()))).first()
    assert words is not None
    assert words.chat == CHAT
    text = without_markup(words.payload["text"])
    assert "lewat 1 jam kerja dari janji kami, Senin, 30 November pukul 10.00" in text
    assert "Perkiraan baru Kamis, 3 Desember" in text
    now = at(database, "2026-12-01T09:30")
    fresh = await database.fresh(case)
    assert lateness.late_by(database.reference, fresh, now) == Term(6, Measure.WORKING_HOURS)


@pytest.mark.parametrize(
    ("local", "outcome"),
    [("2026-11-30T09:59", PromiseOutcome.KEPT), ("2026-11-30T10:01", PromiseOutcome.BROKEN)],
)
async def test_a_promise_in_hours_is_kept_to_the_minute(
    local: str, outcome: PromiseOutcome, database: Database
) -> None:
    under(database, rule(2, Measure.WORKING_HOURS))
    at(database, "2026-11-30T08:00")
    case = await database.file("ktp_hilang")
    at(database, local)
    await database.move(case, Status.READY)
    assert await outcomes(database) == [outcome]


async def test_hours_stand_still_while_the_citizen_is_waited_for(database: Database) -> None:
    under(database, rule(3, Measure.WORKING_HOURS))
    at(database, "2026-11-30T08:00")
    case = await database.file("ktp_hilang")
    at(database, "2026-11-30T09:00")
    await database.move(case, Status.INCOMPLETE, "Foto KK tidak terbaca")
    at(database, "2026-12-01T09:30")
    await database.move(case, Status.SUBMITTED, by=CITIZEN)
    fresh = await database.fresh(case)
    assert fresh.due_at is not None
    assert f"{database.reference.local(fresh.due_at):%d %H.%M}" == "01 11.30"
    read_now = await read(database, case)
    assert read_now is not None
    assert (read_now.used, read_now.left, read_now.late) == (1, 2, 0)


async def test_a_first_answer_has_a_clock_of_its_own(database: Database) -> None:
    under(database, rule(4, Measure.WORKING_HOURS, Stage.ANSWER))
    await database.account("rina", unit="disdukcapil")
    at(database, "2026-11-30T08:00")
    case = await database.file("ktp_hilang")
    assert (case.clock_rule_id, case.answer_rule_id) == (None, 7)
    assert first_answer.limit_in_words(database.reference, case) == (
        "Senin, 30 November pukul 12.00"
    )
    steps = ("2026-11-30T10:00", "2026-11-30T11:12", "2026-11-30T13:00")
    assert [await remind(database, local) for local in steps] == [1, 1, 1]
    assert await told(database) == ["jawaban_50", "jawaban_80", "jawaban_100"]
    now = at(database, "2026-11-30T15:00")
    late = first_answer.late_by(database.reference, await database.fresh(case), now)
    assert late == Term(2, Measure.WORKING_HOURS)
    await database.move(case, Status.IN_REVIEW)
    answered = await database.fresh(case)
    assert not first_answer.is_waited_for(answered)
    assert answered.first_answer_at == now
    await count_figures(database)
    assert (await work_of(database)).answered_in_time == 0
    boss = await database.account("head", Role.SUPERVISOR)
    late_ones = await listed(database, boss, FigureKind.ANSWER_DUE, PromiseOutcome.BROKEN)
    assert late_ones == [case.code]
    assert await listed(database, boss, FigureKind.ANSWER_DUE, PromiseOutcome.KEPT) == []


async def test_an_answer_due_on_a_day_is_late_from_the_next(database: Database) -> None:
    under(database, rule(1, Measure.WORKING_DAYS, Stage.ANSWER))
    case = await database.file("ktp_hilang")
    assert first_answer.limit_in_words(database.reference, case) == "Senin, 30 November"
    now = at(database, "2026-11-30T20:00")
    assert first_answer.late_by(database.reference, await database.fresh(case), now) is None
    now = at(database, "2026-12-01T08:00")
    assert first_answer.late_by(database.reference, await database.fresh(case), now) == Term(1)


async def test_a_withdrawn_case_waits_for_no_answer(database: Database) -> None:
    under(database, rule(1, Measure.WORKING_DAYS, Stage.ANSWER))
    case = await database.file("ktp_hilang")
    await database.move(case, Status.CANCELLED, by=CITIZEN)
    at(database, "2026-12-05T08:00")
    fresh = await database.fresh(case)
    assert not first_answer.is_late(fresh, database.clock.now)
    assert fresh.remind_at is None


@pytest.mark.parametrize("measure", Measure)
async def test_a_report_that_is_opened_again_gets_its_term_again(
    measure: Measure, database: Database
) -> None:
    clock = replace(rule(4, measure), slug="jalan_rusak")
    under(database, clock)
    case = await database.file("jalan_rusak", {"lokasi": {"teks": "depan pasar"}})
    await database.move(case, Status.REJECTED, "bukan jalan")
    now = at(database, "2026-12-07T08:00")
    await database.move(case, Status.REOPENED, "masih rusak", by=CITIZEN)
    fresh = await database.fresh(case)
    calendar = database.reference.calendar(fresh.unit)
    wanted = calendar.after(database.reference.local(now), clock.term)
    assert (fresh.due_on, fresh.due_at) == (wanted.on, wanted.at)
