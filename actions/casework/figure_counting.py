"""Counts from the rows what happened on one day of the office, and how things stand."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Result, Select, and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

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
    after = day + timedelta(days=1)
    start, end = (datetime.combine(each, time(), reference.zone) for each in (day, after))
    return Day(day, start, end)


async def count_day(session: AsyncSession, reference: ReferenceData, on: date) -> Counts:
    """All figures of a day."""
    day, counts = day_of(reference, on), Counts()
    for kind, query in _grouped(day):
        for unit, slug, part, count in await session.execute(query):
            counts[kind, unit or "", slug or "", str(part or "")] += int(count)
    await _promises(session, reference, day, counts)
    await _first_answers(session, reference, day, counts)
    await _talks(session, day, counts)
    return counts


def _grouped(day: Day) -> Iterator[tuple[FigureKind, Executable]]:
    """What the database can count alone: unit, service, part, how many."""
    came, sent = day.holds(Case.submitted_at), Case.code.is_not(None)
    for kind, part in (
        (FigureKind.CAME, None),
        (FigureKind.CAME_BY_VILLAGE, Case.village),
        (FigureKind.CAME_BY_CHANNEL, Case.channel),
    ):
        yield kind, _cases(part).where(came, sent)
    in_time = case((Case.first_answer_at < Case.answer_due_at, KEPT), else_=BROKEN)
    answered = (day.holds(Case.first_answer_at), ANSWER_DUE)
    yield FigureKind.ANSWER_DUE, _cases(in_time).where(*answered)
    yield FigureKind.ENDED, _cases(None).where(day.holds(Case.closed_at), sent)
    moved = (day.holds(CaseEvent.at), CaseEvent.kind == EventKind.MOVED)
    reopened = CaseEvent.to_status == Status.REOPENED
    yield FigureKind.REOPENED, _events(None).where(*moved, reopened)
    ours = (*moved, CaseEvent.staff_id.is_not(None))
    yield FigureKind.STEP, _events(CaseEvent.staff_id).where(*ours)
    yield FigureKind.DONE_BY, _done_by(day, DUE).where(*ours)
    yield FigureKind.LATE_BY, _done_by(day, (PromiseOutcome.BROKEN,)).where(*ours)
    yield (
        FigureKind.ESCALATED,
        select(Escalation.unit, func.min(""), Escalation.reason, func.count())
        .where(day.holds(Escalation.opened_at))
        .group_by(Escalation.unit, Escalation.reason),
    )
    yield from _surveys(day)


def _done_by(day: Day, outcomes: Sequence[PromiseOutcome]) -> Select[Any]:
    """Who brought a case, whose promise was settled that day, to where it is answered for."""
    settled = and_(Promise.case_id == Case.id, Promise.settled_on == day.on)
    columns: list[Any] = [Case.unit, Case.slug, CaseEvent.staff_id]
    return (
        select(*columns, func.count(Case.id.distinct()))
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .join(Promise, settled)
        .where(CaseEvent.to_status.in_(ANSWERS), Promise.outcome.in_(outcomes))
        .group_by(*columns)
    )


def _cases(part: Any) -> Select[Any]:
    columns = [Case.unit, Case.slug, *([] if part is None else [part])]
    shown = columns if part is not None else [*columns, func.min("")]
    return select(*shown, func.count()).group_by(*columns)


def _events(part: Any) -> Select[Any]:
    return _cases(part).select_from(CaseEvent).join(Case, Case.id == CaseEvent.case_id)


def _surveys(day: Day) -> Iterator[tuple[FigureKind, Executable]]:
    """What citizens who were asked that day have said, up to now."""
    asked, both = day.holds(Survey.invited_at), (Survey.unit, Survey.slug)
    answered = select(SurveyAnswer.survey_id).where(SurveyAnswer.survey_id == Survey.id).exists()
    said = Survey.overall.is_not(None)
    some = select(*both, func.min(""), func.count()).group_by(*both).where(asked)
    yield FigureKind.INVITED, some
    yield FigureKind.RESPONDED, some.where(answered)
    scores = select(*both, Survey.overall, func.count()).where(asked, said)
    yield FigureKind.SCORE, scores.group_by(*both, Survey.overall)
    per = (*both, SurveyAnswer.element)
    joined = SurveyAnswer.survey_id == Survey.id
    for kind, how in (
        (FigureKind.ELEMENT_SUM, func.sum(SurveyAnswer.value)),
        (FigureKind.ELEMENT_ANSWERS, func.count()),
    ):
        yield kind, select(*per, how).join(SurveyAnswer, joined).where(asked).group_by(*per)
    for kind, column in (
        (FigureKind.RESPONDED_BY_VILLAGE, Case.village),
        (FigureKind.RESPONDED_BY_CHANNEL, Case.channel),
    ):
        who = select(*both, column, func.count()).join(Case, Case.id == Survey.case_id)
        yield kind, who.where(asked, answered).group_by(*both, column)


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
    by_officer = CaseEvent.actor == Actor.OFFICER
    touched = select(CaseEvent.case_id).where(day.holds(CaseEvent.at), by_officer)
    first = (
        select(Case.unit, Case.slug, Case.submitted_at)
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .where(Case.id.in_(touched), by_officer, Case.submitted_at.is_not(None))
        .group_by(Case.id, Case.unit, Case.slug, Case.submitted_at)
        .having(func.min(CaseEvent.at) >= day.start)
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
    counts = Counts()
    for kind, query, index in (
        (FigureKind.OPEN_BY_AGE, _cases(age).where(OPEN), "open"),
        (FigureKind.OPEN_BY_VILLAGE, _cases(Case.village).where(OPEN), "open"),
        (FigureKind.OVERDUE, _cases(None).where(RUNNING, past(today)), "running"),
    ):
        # SQLite would rather walk through all cases in the order of the groups.
        by_index = query.with_hint(Case, f"INDEXED BY ix_cases_{index}", "sqlite")
        for unit, slug, part, count in await session.execute(by_index):
            counts[kind, unit, slug, part or ""] += count
    return counts


def oldest(reference: ReferenceData, today: date, most: int) -> datetime:
    """When the day began since which so many working days have passed, at most."""
    day, week = today, reference.catalogue.office.week
    passed = int(is_working_day(day, week, reference.holidays))
    while passed <= most:
        day -= timedelta(days=1)
        passed += is_working_day(day, week, reference.holidays)
    return day_of(reference, day).start
