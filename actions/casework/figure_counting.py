"""Counts from the rows what happened on one day of the office, and how things stand."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Result, Select, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.casework.overdue import past
from actions.catalogue.reference import ReferenceData
from actions.domain.calendar import count_working_days, is_working_day
from actions.domain.figures import AGES, FigureKind, TalkPart, day_bin
from actions.domain.status import Actor, Status, keeps_promise
from actions.domain.work import EventKind, PromiseOutcome
from actions.storage.case_indexes import ANSWER_DUE, OPEN, RUNNING
from actions.storage.tables import (
    Case,
    CaseEvent,
    Escalation,
    Promise,
    Survey,
    SurveyAnswer,
    Talk,
)

Counts = Counter[tuple[FigureKind, str, str, str]]
"""How often, by kind, unit, service and part."""

KEPT, BROKEN = DUE = (PromiseOutcome.KEPT, PromiseOutcome.BROKEN)
AT_ONCE = 200
ANSWERS = tuple(status for status in Status if keeps_promise(status))


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the office: the date, and its first moment and the first after it."""

    on: date
    start: datetime
    end: datetime

    def holds(self, moment: Any) -> ColumnElement[bool]:
        """Whether a column's moment lies in it."""
        return and_(moment >= self.start, moment < self.end)


def day_of(reference: ReferenceData, day: date) -> Day:
    """The day on the office's clock."""
    return Day(day, reference.start_of(day), reference.start_of(day + timedelta(days=1)))


async def count_day(session: AsyncSession, reference: ReferenceData, on: date) -> Counts:
    """All figures of a day; the rows of each table are read once, for all that they tell."""
    day, counts = day_of(reference, on), Counts()
    await _came_and_went(session, day, counts)
    await _moves(session, day, counts)
    await _answered_for(session, day, counts)
    await _escalations(session, day, counts)
    await _surveys(session, day, counts)
    await _elements(session, day, counts)
    await _promises(session, reference, day, counts)
    await _first_answers(session, reference, day, counts)
    await _talks(session, day, counts)
    return counts


async def _came_and_went(session: AsyncSession, day: Day, counts: Counts) -> None:
    sent, parts = Case.code.is_not(None), (Case.unit, Case.slug, Case.village, Case.channel)
    came = select(*parts, func.count()).where(day.holds(Case.submitted_at), sent)
    for unit, slug, village, channel, count in await session.execute(came.group_by(*parts)):
        counts[FigureKind.CAME, unit, slug, ""] += count
        counts[FigureKind.CAME_BY_VILLAGE, unit, slug, village or ""] += count
        counts[FigureKind.CAME_BY_CHANNEL, unit, slug, channel] += count
    ended = _cases().where(day.holds(Case.closed_at), sent)
    for unit, slug, count in await session.execute(ended):
        counts[FigureKind.ENDED, unit, slug, ""] += count
    in_time = case((Case.first_answer_at < Case.answer_due_at, KEPT), else_=BROKEN).label("kept")
    answered = select(Case.unit, Case.slug, in_time, func.count())
    answered = answered.where(day.holds(Case.first_answer_at), ANSWER_DUE)
    by_outcome = answered.group_by(Case.unit, Case.slug, in_time)
    for unit, slug, outcome, count in await session.execute(by_outcome):
        counts[FigureKind.ANSWER_DUE, unit, slug, outcome] += count


async def _moves(session: AsyncSession, day: Day, counts: Counts) -> None:
    """What officers moved, and what was opened again."""
    reopened = CaseEvent.to_status == Status.REOPENED
    of_event = (CaseEvent.case_id, CaseEvent.staff_id, reopened.label("again"))
    # Each case is looked up once, not with each of its events.
    each = (
        select(*of_event, func.count().label("number"))
        .where(day.holds(CaseEvent.at), CaseEvent.kind == EventKind.MOVED)
        .where(or_(CaseEvent.staff_id.is_not(None), reopened))
        .group_by(*of_event)
        .subquery()
    )
    parts = (Case.unit, Case.slug, each.c.staff_id, each.c.again)
    moved = select(*parts, func.sum(each.c.number)).join(Case, Case.id == each.c.case_id)
    moved = moved.group_by(*parts)
    for unit, slug, staff_id, again, count in await session.execute(moved):
        if staff_id is not None:
            counts[FigureKind.STEP, unit, slug, str(staff_id)] += int(count)
        if again:
            counts[FigureKind.REOPENED, unit, slug, ""] += int(count)


async def _answered_for(session: AsyncSession, day: Day, counts: Counts) -> None:
    """Who brought a case, whose promise was settled that day, to where it is answered for."""
    settled = and_(Promise.case_id == Case.id, Promise.settled_on == day.on)
    parts = (Case.id, Case.unit, Case.slug, CaseEvent.staff_id)
    late = func.max(case((Promise.outcome == PromiseOutcome.BROKEN, 1), else_=0))
    done = (
        select(*parts, late)
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .join(Promise, settled)
        .where(day.holds(CaseEvent.at), CaseEvent.kind == EventKind.MOVED)
        .where(CaseEvent.staff_id.is_not(None), CaseEvent.to_status.in_(ANSWERS))
        .where(Promise.outcome.in_(DUE))
        .group_by(*parts)
    )
    found = await session.execute(done)
    async for _, unit, slug, staff_id, was_late in _in_parts(found):
        counts[FigureKind.DONE_BY, unit, slug, str(staff_id)] += 1
        counts[FigureKind.LATE_BY, unit, slug, str(staff_id)] += was_late


def _cases() -> Select[*tuple[Any, ...]]:
    return select(Case.unit, Case.slug, func.count()).group_by(Case.unit, Case.slug)


async def _escalations(session: AsyncSession, day: Day, counts: Counts) -> None:
    parts = (Escalation.unit, Escalation.reason)
    opened = select(*parts, func.count()).where(day.holds(Escalation.opened_at)).group_by(*parts)
    for unit, reason, count in await session.execute(opened):
        counts[FigureKind.ESCALATED, unit or "", "", reason] += count


async def _surveys(session: AsyncSession, day: Day, counts: Counts) -> None:
    """What citizens who were asked that day have said, up to now, and where they are from."""
    answered = select(SurveyAnswer.survey_id).where(SurveyAnswer.survey_id == Survey.id).exists()
    of_survey = (Survey.unit, Survey.slug, Survey.overall, answered.label("answered"))
    asked = (
        select(*of_survey, Case.village, Case.channel)
        .join(Case, Case.id == Survey.case_id)
        .where(day.holds(Survey.invited_at))
    )
    found = await session.execute(asked)
    async for unit, slug, overall, responded, village, channel in _in_parts(found):
        counts[FigureKind.INVITED, unit, slug, ""] += 1
        if overall is not None:
            counts[FigureKind.SCORE, unit, slug, str(overall)] += 1
        if responded:
            counts[FigureKind.RESPONDED, unit, slug, ""] += 1
            counts[FigureKind.RESPONDED_BY_VILLAGE, unit, slug, village or ""] += 1
            counts[FigureKind.RESPONDED_BY_CHANNEL, unit, slug, channel] += 1


async def _elements(session: AsyncSession, day: Day, counts: Counts) -> None:
    """The sums of the nine elements, and how many answered each."""
    parts = (Survey.unit, Survey.slug, SurveyAnswer.element)
    said = (
        select(*parts, func.sum(SurveyAnswer.value), func.count())
        .join(SurveyAnswer, SurveyAnswer.survey_id == Survey.id)
        .where(day.holds(Survey.invited_at))
        .group_by(*parts)
    )
    for unit, slug, element, total, count in await session.execute(said):
        counts[FigureKind.ELEMENT_SUM, unit, slug, element] += int(total)
        counts[FigureKind.ELEMENT_ANSWERS, unit, slug, element] += count


async def _promises(
    session: AsyncSession, reference: ReferenceData, day: Day, counts: Counts
) -> None:
    """What became of promises that day, why they were late, and how long the work took."""
    which = (Case.unit, Case.slug, Case.village, Case.late_cause, Case.submitted_at, Case.met_on)
    settled = (
        select(*which, Promise.outcome)
        .join(Case, Case.id == Promise.case_id)
        .where(Promise.settled_on == day.on, Promise.outcome.is_not(None))
    )
    took = _took(reference, day.on)
    found = await session.execute(settled)
    async for unit, slug, village, cause, sent, met_on, outcome in _in_parts(found):
        counts[FigureKind.PROMISE, unit, slug, str(outcome)] += 1
        if outcome == PromiseOutcome.BROKEN:
            counts[FigureKind.LATE_BY_VILLAGE, unit, slug, village or ""] += 1
            counts[FigureKind.LATE_BY_CAUSE, unit, slug, cause or ""] += 1
        if outcome in DUE and met_on == day.on:
            counts[FigureKind.DAYS, unit, slug, day_bin(took(sent))] += 1


async def _first_answers(
    session: AsyncSession, reference: ReferenceData, day: Day, counts: Counts
) -> None:
    """How long those had waited to whom an officer turned that day for the first time."""
    before = aliased(CaseEvent)
    earlier = select(before.id).where(
        before.case_id == CaseEvent.case_id,
        before.actor == Actor.OFFICER,
        before.at < day.start,
    )
    begun = select(CaseEvent.case_id).where(
        day.holds(CaseEvent.at), CaseEvent.actor == Actor.OFFICER, ~earlier.exists()
    )
    first = select(Case.unit, Case.slug, Case.submitted_at).where(
        Case.id.in_(begun), Case.submitted_at.is_not(None)
    )
    took = _took(reference, day.on)
    async for unit, slug, sent in _in_parts(await session.execute(first)):
        counts[FigureKind.FIRST_ANSWER, unit, slug, day_bin(took(sent))] += 1


async def _in_parts(found: Result[*tuple[Any, ...]]) -> AsyncIterator[Any]:
    """The rows one by one, and now and then room for others: a turn does not wait for a count."""
    for some in found.partitions(AT_ONCE):
        for row in some:
            yield row
        await asyncio.sleep(0)


def _took(reference: ReferenceData, until: date) -> Callable[[datetime | None], int]:
    """Working days from when a case was sent until a day; a date is looked up once."""
    week, holidays = reference.catalogue.office.week, reference.holidays
    since = cache(lambda day: count_working_days(day, until, week, holidays))
    return lambda sent: 0 if sent is None else since(reference.today(sent))


async def _talks(session: AsyncSession, day: Day, counts: Counts) -> None:
    alone = Talk.human.is_(False)
    resolved = and_(alone, Talk.stuck.is_(False))
    sums = select(
        func.count(),
        func.count().filter(Talk.human),
        func.count().filter(resolved),
        func.count().filter(Talk.missed > 0),
        func.coalesce(func.sum(Talk.turns), 0),
        func.coalesce(func.sum(Talk.missed), 0),
        func.coalesce(func.sum(Talk.corrected), 0),
    ).where(day.holds(Talk.begun_at))
    row = (await session.execute(sums)).one()
    for part, count in zip(TalkPart, row, strict=True):
        counts[FigureKind.TALK, "", "", part] += int(count)


async def count_now(session: AsyncSession, reference: ReferenceData, today: date) -> Counts:
    """How things stand: what is open, how old, where, and how much is past its promise."""
    groups = [(Case.submitted_at >= oldest(reference, today, most), str(most)) for most in AGES]
    age = case((Case.submitted_at.is_(None), str(AGES[0])), *groups, else_="").label("age")
    counts, parts = Counts(), (Case.unit, Case.slug, Case.village, age)
    # SQLite would rather walk through all cases in the order of the groups.
    still = _by_index(select(*parts, func.count()).where(OPEN), "open").group_by(*parts)
    for unit, slug, village, how_old, count in await session.execute(still):
        counts[FigureKind.OPEN_BY_AGE, unit, slug, how_old] += count
        counts[FigureKind.OPEN_BY_VILLAGE, unit, slug, village or ""] += count
    late = _by_index(_cases().where(RUNNING, past(today)), "running")
    for unit, slug, count in await session.execute(late):
        counts[FigureKind.OVERDUE, unit, slug, ""] += count
    return counts


def _by_index(query: Select[*tuple[Any, ...]], name: str) -> Select[*tuple[Any, ...]]:
    return query.with_hint(Case, f"INDEXED BY ix_cases_{name}", "sqlite")


def oldest(reference: ReferenceData, today: date, most: int) -> datetime:
    """When the day began since which so many working days have passed, at most."""
    day, week = today, reference.catalogue.office.week
    passed = int(is_working_day(day, week, reference.holidays))
    while passed <= most:
        day -= timedelta(days=1)
        passed += is_working_day(day, week, reference.holidays)
    return day_of(reference, day).start
