"""Figures of days that are over follow what changes, and a command checks them and mends them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import func, select, update

from actions.casework import figure_keeping, surveys
from actions.casework.cases import By
from actions.casework.staff import Role
from actions.domain.figures import FigureKind
from actions.domain.status import Actor, CaseKind, Detail, moves, status_of
from actions.domain.survey import Element
from actions.storage.tables import Case, Figure, FigureMark, Staff
from bot import figures
from tests.support.clock import Clock
from tests.support.database import LAMP, Database
from tests.support.figures import count_figures, listed

Act = Callable[[Case], Awaitable[None]]


async def rounds(database: Database) -> None:
    """The job, until nothing waits."""
    while True:
        async with database.sessions.begin() as session:
            now, reference = database.clock.now, database.reference
            counted = await figure_keeping.count(session, reference, now)
            await figure_keeping.keep(session, counted, now)
        if len(counted.days) == 1 and not counted.again:
            return


async def wrong(database: Database, *, everything: bool = False) -> list[str]:
    """What the command finds."""
    said = list[str]()
    now, reference = database.clock.now, database.reference
    failed = await figures.check(
        database.sessions, reference, now, said.append, everything=everything
    )
    assert failed == (len(said) > 1)
    return said[:-2]


@pytest.fixture
async def staff(database: Database) -> Staff:
    return await database.account("budi", Role.ADMIN)


class Office:
    """What may happen to a case on a later day."""

    def __init__(self, database: Database, staff: Staff, random: Random) -> None:
        self._database, self._staff, self._random = database, staff, random

    async def move(self, case: Case) -> None:
        row = await self._database.fresh(case)
        kind, status = CaseKind(row.kind), status_of(row.status)
        officer, citizen = By(Actor.OFFICER, self._staff.id), By(Actor.CITIZEN)
        ways = [
            (by, way)
            for by in (officer, citizen)
            for way in moves(kind, status, by.actor)
            if way.needs in {None, Detail.REASON}
        ]
        if ways:
            by, way = self._random.choice(ways)
            await self._database.move(row, way, "karena hujan", by=by)

    async def pass_on(self, case: Case) -> None:
        async with self._database.sessions.begin() as session:
            row = await session.get_one(Case, case.id)
            row.unit = self._random.choice(["dishub", "disdukcapil", "kelurahan"])

    async def rename(self, case: Case) -> None:
        async with self._database.sessions.begin() as session:
            row = await session.get_one(Case, case.id)
            row.village = self._random.choice(["Mekarsari", "Sidomulyo", None])

    async def excuse(self, case: Case) -> None:
        async with self._database.sessions.begin() as session:
            row = await session.get_one(Case, case.id)
            row.late_cause = self._random.choice(["cuaca", "bahan"])

    async def rate(self, case: Case) -> None:
        async with self._database.sessions.begin() as session:
            survey = await surveys.of_request(session, case.id)
            if survey is not None:
                score, element = self._random.choice(surveys.SCORES), next(iter(Element))
                surveys.rate(survey, score, self._database.clock.now)
                await surveys.answer_element(session, survey, element, score)


@pytest.mark.parametrize("seed", [1, 2])
async def test_after_weeks_of_changes_every_figure_is_what_the_rows_say(
    database: Database, staff: Staff, clock: Clock, seed: int
) -> None:
    random = Random(seed)
    office = Office(database, staff, random)
    acts: list[Act] = [office.move] * 4 + [office.rate] * 2
    acts += [office.pass_on, office.rename, office.excuse]
    cases: list[Case] = []
    for _ in range(12):
        cases.append(await database.file("lampu_jalan", LAMP))
        for case in random.sample(cases, min(len(cases), 4)):
            await random.choice(acts)(case)
        await rounds(database)
        clock.move(timedelta(hours=20))
    await rounds(database)
    assert await wrong(database) == []


async def test_a_change_waits_as_a_mark_and_only_its_days_are_counted_again(
    database: Database, staff: Staff, clock: Clock
) -> None:
    case = await database.file()
    for _ in range(3):
        clock.move(timedelta(days=1))
        await count_figures(database)
    async with database.sessions.begin() as session:
        (await session.get_one(Case, case.id)).unit = "dishub"
    async with database.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(FigureMark)) == 1
        counted = await figure_keeping.count(session, database.reference, clock.now)
    sent = database.reference.today(case.submitted_at or clock.now)
    assert set(counted.days) == {sent, database.reference.today(clock.now)}
    await rounds(database)
    async with database.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(FigureMark)) == 0
    assert await listed(database, staff, FigureKind.CAME) == [case.code]


async def test_what_was_rolled_back_leaves_no_mark(database: Database) -> None:
    case = await database.file()
    async with database.sessions() as session:
        (await session.get_one(Case, case.id)).unit = "dishub"
        await session.flush()
        await session.rollback()
    async with database.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(FigureMark)) == 0


async def test_a_wrong_figure_is_found_and_counted_anew(database: Database, clock: Clock) -> None:
    await database.file()
    clock.move(timedelta(days=1))
    await count_figures(database)
    assert await wrong(database) == []
    async with database.sessions.begin() as session:
        await session.execute(update(Figure).values(count=Figure.count + 1))
    assert any("masuk by 1" in line for line in await wrong(database))
    now, reference = clock.now, database.reference
    await figures.rebuild(database.sessions, reference, now, list[str]().append, everything=False)
    assert await wrong(database) == []


async def test_talks_that_are_deleted_stay_counted(database: Database, clock: Clock) -> None:
    await database.file()
    clock.move(timedelta(days=1))
    await count_figures(database)
    day = database.reference.today(clock.now) - timedelta(days=1)
    talks = Figure(
        grain="hari", kind=FigureKind.TALK, start=day, unit="", slug="", part="semua", count=7
    )
    month = Figure(
        grain="bulan",
        kind=FigureKind.TALK,
        start=day.replace(day=1),
        unit="",
        slug="",
        part="semua",
        count=7,
    )
    async with database.sessions.begin() as session:
        session.add_all([talks, month])
    clock.move(timedelta(days=database.reference.retention.lines + 2))
    assert await wrong(database, everything=True) == []
    now, reference = clock.now, database.reference
    await figures.rebuild(database.sessions, reference, now, list[str]().append, everything=True)
    async with database.sessions() as session:
        kept = select(Figure.count).where(Figure.kind == FigureKind.TALK, Figure.grain == "hari")
        assert (await session.scalars(kept)).all() == [7]
