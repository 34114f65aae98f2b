"""Figures of reports: counted from rows, and summed up to months."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions.casework import figure_counting, figure_keeping, figures
from actions.casework.escalations import Reason
from actions.casework.figures import Scope
from actions.casework.staff import Role
from actions.domain.figures import FigureKind, Grain
from actions.domain.period import month_of, read_period
from actions.domain.status import Status
from actions.domain.work import PromiseOutcome
from actions.storage.tables import Case, Figure, FigureDay, Promise, Staff
from tests.support.clock import Clock
from tests.support.database import LAMP, Database
from tests.support.figures import EVERYTHING, NOVEMBER, count_figures, listed, work_of


@pytest.fixture
async def staff(database: Database) -> Staff:
    return await database.account("budi", Role.ADMIN)


async def test_a_request_answered_in_time_and_one_that_was_late(
    database: Database, staff: Staff, clock: Clock
) -> None:
    """Friday the 27th; ktp_hilang promises some working days, 20 days are too many."""
    kept = await database.file()
    await database.move(kept, Status.READY, by=staff)
    broken = await database.file()
    clock.move(timedelta(days=20))
    await database.move(broken, Status.READY, by=staff)
    await count_figures(database)
    november, december = await work_of(database), await work_of(database, read_period("2026-12"))
    assert (november.came, november.kept, november.broken) == (2, 1, 0)
    assert (december.came, december.kept, december.broken) == (0, 0, 1)
    assert (november.on_time, december.on_time) == (100, 0)
    assert dict(november.days) == {0: 1}
    assert december.took.median == 14  # Mondays to Fridays from 30 November to 17 December
    assert december.waited.median == 14
    assert await listed(database, staff, FigureKind.CAME) == [broken.code, kept.code]
    late = FigureKind.PROMISE, PromiseOutcome.BROKEN
    assert await listed(database, staff, *late, period=read_period("2026-12")) == [broken.code]
    assert await listed(database, staff, *late) == []


async def test_a_promise_that_its_citizen_made_void_is_neither_kept_nor_broken(
    database: Database, staff: Staff
) -> None:
    case = await database.file()
    await database.move(case, Status.REJECTED, "tidak lengkap", by=staff)
    other = await database.file("lampu_jalan", LAMP)
    await database.move(other, Status.NOT_OURS, "PLN", by=staff)
    await count_figures(database)
    work = await work_of(database)
    assert work.promises == Counter({"ditepati": 1, "gugur": 1})
    assert (work.ended, work.open) == (2, 0)


async def test_whole_months_and_days_at_the_edges_add_up(
    database: Database, staff: Staff, clock: Clock
) -> None:
    clock.now = datetime(2026, 9, 10, 3, tzinfo=UTC)
    for _ in range(5):
        await database.file()
        clock.move(timedelta(days=16))
    await count_figures(database)
    for key, came in (
        ("2026", 5),
        ("2026-T3", 2),
        ("2026-10", 2),
        ("2026-09-10_2026-11-13", 5),
        ("2026-09-11_2026-11-12", 3),
        ("2026-10-11_2026-10-11", 0),
        ("2026-10-12_2026-10-12", 1),
    ):
        period = read_period(key)
        assert (await work_of(database, period)).came == came, key
        assert len(await listed(database, staff, FigureKind.CAME, period=period)) == came, key


async def test_a_day_ends_at_the_offices_midnight(database: Database, clock: Clock) -> None:
    """17.30 UTC is half past midnight of the next day in WIB."""
    clock.now = datetime(2026, 10, 31, 17, 30, tzinfo=UTC)
    await database.file()
    await count_figures(database)
    assert (await work_of(database, read_period("2026-10"))).came == 0
    assert (await work_of(database, read_period("2026-11-01_2026-11-01"))).came == 1


async def test_what_is_open_is_grouped_by_age_and_opens_its_cases(
    database: Database, staff: Staff, clock: Clock
) -> None:
    clock.now = datetime(2026, 8, 3, 3, tzinfo=UTC)
    old = await database.file("lampu_jalan", LAMP)
    clock.now = datetime(2026, 11, 19, 3, tzinfo=UTC)
    middle = await database.file("lampu_jalan", LAMP)
    clock.now = datetime(2026, 11, 27, 3, tzinfo=UTC)
    young = await database.file("lampu_jalan", LAMP)
    await count_figures(database)
    work = await work_of(database)
    assert work.ages == Counter({"5": 1, "14": 1, "": 1})
    assert (work.open, work.overdue) == (3, 1)
    for part, case in (("5", young), ("14", middle), ("", old)):
        assert await listed(database, staff, FigureKind.OPEN_BY_AGE, part) == [case.code]
    assert await listed(database, staff, FigureKind.OVERDUE) == [old.code]


async def test_a_case_that_is_opened_again_is_counted_where_it_happened(
    database: Database, staff: Staff, clock: Clock
) -> None:
    case = await database.file("lampu_jalan", LAMP)
    for status in (Status.VERIFIED, Status.IN_PROGRESS, Status.RESOLVED):
        await database.move(case, status, by=staff)
    await count_figures(database)
    assert (await work_of(database)).ended == 1
    clock.move(timedelta(days=1))
    await database.move(case, Status.REOPENED, by=staff)
    await count_figures(database)
    work = await work_of(database)
    assert (work.reopened, work.ended, work.open) == (1, 0, 1)
    assert await listed(database, staff, FigureKind.REOPENED) == [case.code]


async def test_units_services_villages_and_causes_are_told_apart(
    database: Database, staff: Staff, clock: Clock
) -> None:
    lamp = await database.file("lampu_jalan", LAMP)
    await database.file()
    clock.move(timedelta(days=60))
    for status in (Status.VERIFIED, Status.IN_PROGRESS):
        await database.move(lamp, status, by=staff)
    async with database.sessions.begin() as session:
        (await session.get_one(Case, lamp.id)).late_cause = "cuaca"
        promise = await session.scalar(select(Promise).where(Promise.case_id == lamp.id))
        assert promise is not None
        promise.outcome, promise.settled_on = PromiseOutcome.BROKEN, date(2026, 11, 30)
    await count_figures(database)
    dishub = Scope(lamp.unit)
    assert (await work_of(database, scope=dishub)).came == 1
    assert (await work_of(database, scope=Scope(None, "ktp_hilang"))).came == 1
    async with database.sessions() as session:
        villages = await figures.split(session, FigureKind.LATE_BY_VILLAGE, NOVEMBER, EVERYTHING)
        causes = await figures.split(session, FigureKind.LATE_BY_CAUSE, NOVEMBER, EVERYTHING)
        units = await figures.work(session, NOVEMBER, EVERYTHING, by="unit")
    assert villages == {"Mekarsari": 1}
    assert causes == {"cuaca": 1}
    assert {unit: work.came for unit, work in units.items()} == {lamp.unit: 1, "disdukcapil": 1}
    cause, village = FigureKind.LATE_BY_CAUSE, FigureKind.LATE_BY_VILLAGE
    assert await listed(database, staff, cause, "cuaca") == [lamp.code]
    assert await listed(database, staff, cause, "") == []
    assert await listed(database, staff, village, "Mekarsari", scope=dishub) == [lamp.code]
    assert await listed(database, staff, cause, scope=Scope("disdukcapil")) == []


async def test_officers_are_counted_by_what_they_answered_for_once(
    database: Database, staff: Staff
) -> None:
    """Ready, then handed over, is one answer and two steps."""
    case = await database.file()
    await database.move(case, Status.READY, by=staff)
    await database.move(case, Status.HANDED_OVER, by=staff)
    await count_figures(database)
    async with database.sessions() as session:
        steps = await figures.split(session, FigureKind.STEP, NOVEMBER, EVERYTHING)
        done = await figures.split(session, FigureKind.DONE_BY, NOVEMBER, EVERYTHING)
        late = await figures.split(session, FigureKind.LATE_BY, NOVEMBER, EVERYTHING)
    assert (steps, done, late) == ({f"{staff.id}": 2}, {f"{staff.id}": 1}, {})
    assert set(await listed(database, staff, FigureKind.DONE_BY, f"{staff.id}")) == {case.code}
    assert await listed(database, staff, FigureKind.DONE_BY, "999") == []
    assert await listed(database, staff, FigureKind.STEP, "x") == []


async def test_escalations_are_counted_by_reason(database: Database, staff: Staff) -> None:
    case = await database.file()
    await database.escalation(reason=Reason.ANGRY, case=case, unit=case.unit)
    await database.escalation(chat="tg:2", reason=Reason.ASKED)
    await count_figures(database)
    async with database.sessions() as session:
        reasons = await figures.split(session, FigureKind.ESCALATED, NOVEMBER, EVERYTHING)
    assert reasons == {"marah": 1, "diminta": 1}
    assert await listed(database, staff, FigureKind.ESCALATED, "marah") == [case.code]
    assert await listed(database, staff, FigureKind.ESCALATED, "diminta") == []


async def _days(database: Database) -> set[date]:
    async with database.sessions() as session:
        return set((await session.scalars(select(FigureDay.day))).all())


async def test_a_round_counts_today_and_some_of_what_was_never_counted(
    database: Database, clock: Clock
) -> None:
    clock.now = datetime(2026, 11, 1, 3, tzinfo=UTC)
    await database.file()
    clock.now = datetime(2026, 11, 27, 3, tzinfo=UTC)
    seen: list[int] = []
    while not seen or seen[-1] != len(await _days(database)):
        seen.append(len(await _days(database)))
        async with database.sessions.begin() as session:
            counted = await figure_keeping.count(session, database.reference, clock.now)
            await figure_keeping.keep(session, counted, clock.now)
        clock.move(timedelta(minutes=1))
    assert seen[:4] == [0, 7, 13, 19]
    assert await _days(database) == {date(2026, 11, day) for day in range(1, 28)}
    assert (await work_of(database)).came == 1


async def test_days_are_counted_again_in_turn_and_long_past_ones_stand(
    database: Database, clock: Clock
) -> None:
    case = await database.file()
    await count_figures(database)
    clock.move(timedelta(days=2))
    async with database.sessions.begin() as session:
        (await session.get_one(Case, case.id)).unit = "dishub"
    await count_figures(database)
    assert (await work_of(database, scope=Scope("dishub"))).came == 1
    clock.move(timedelta(days=120))
    async with database.sessions.begin() as session:
        (await session.get_one(Case, case.id)).unit = "disdukcapil"
    await count_figures(database)
    assert (await work_of(database, scope=Scope("dishub"))).came == 1


async def test_months_are_the_sums_of_their_days(database: Database, staff: Staff) -> None:
    for _ in range(3):
        await database.move(await database.file(), Status.READY, by=staff)
        database.clock.move(timedelta(hours=20))
    await count_figures(database)
    sums: dict[Grain, Counter[Any]] = {Grain.DAY: Counter(), Grain.MONTH: Counter()}
    async with database.sessions() as session:
        for row in (await session.scalars(select(Figure))).all():
            if row.grain in sums:
                month = month_of(row.start).start
                sums[Grain(row.grain)][row.kind, month, row.unit, row.slug, row.part] += row.count
    assert sums[Grain.DAY] == sums[Grain.MONTH]
    assert sums[Grain.DAY].total() > 0


async def test_counting_twice_changes_nothing(database: Database, staff: Staff) -> None:
    await database.move(await database.file(), Status.READY, by=staff)
    await count_figures(database)
    once = await work_of(database)
    await count_figures(database)
    assert await work_of(database) == once


async def test_only_one_process_writes_figures_at_a_time(database: Database) -> None:
    """On PostgreSQL the second goes away empty-handed; on SQLite there is one writer anyway."""
    await database.file()
    now, reference = database.clock.now, database.reference
    async with database.sessions() as one:
        counted = await figure_keeping.count(one, reference, now)
        await figure_keeping.keep(one, counted, now)
        if one.get_bind().dialect.name == "postgresql":
            async with database.sessions.begin() as other:
                await figure_keeping.keep(other, counted, now)
                counts = await figure_counting.count_now(other, reference, NOVEMBER.end)
                await figure_keeping.keep_backlog(other, NOVEMBER.end, counts)
            assert await _days(database) == set()
        await one.commit()
    assert await _days(database) == {NOVEMBER.end.replace(day=27)}
