"""Keeps the figures of reports: counts days anew, sums months up, notes how things stand.

What happens today may change what was counted yesterday (a case is opened again, a survey is
answered late). Whatever changes so is marked in its own transaction (storage/figure_marks), and
the days that it touches are counted again, if they are of the last quarter. Older days stand.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Date, delete, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import talks
from actions.casework.figure_counting import Counts, count_day, day_of
from actions.catalogue.reference import ReferenceData
from actions.domain.figures import FigureKind, Grain
from actions.domain.period import LONGEST_DAYS, Period, month_of
from actions.storage.locks import FIGURES, try_lock
from actions.storage.tables import (
    Case,
    CaseEvent,
    Figure,
    FigureDay,
    FigureMark,
    Promise,
    Survey,
    Talk,
)

AT_ONCE = 6
"""How many days beside today one round counts for the first time, and again."""
MARKS_AT_ONCE = 500
TODAYS_TURN = timedelta(seconds=100)

STANDS_AFTER = timedelta(days=92)
LONGEST = timedelta(days=LONGEST_DAYS)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a round has found: the figures of days, and which others are to be counted again.

    `marks` are those from which that was learnt.
    """

    days: Mapping[date, Counts]
    again: frozenset[date] = frozenset()
    marks: Sequence[int] = field(default=())


async def count(
    session: AsyncSession,
    reference: ReferenceData,
    now: datetime,
    *,
    most: int = AT_ONCE,
    enough: Callable[[], bool] = lambda: False,
) -> Counted:
    """The figures of today, and of days that were never counted, or have changed since.

    Where a day is much work, `enough` ends the round; one is always counted.
    """
    today = reference.today(now)
    marks, touched = await _touched(session, reference)
    known = {row.day: row for row in await session.scalars(select(FigureDay))}
    missing = await uncounted(session, reference, today, known)
    again = [
        day
        for day, row in sorted(known.items(), key=lambda item: (item[1].made_at, item[0]))
        if today - STANDS_AFTER <= day < today
        and (row.stale or day in touched or not _is_whole(reference, row, now))
    ]
    some, counted = [*again[:most], *missing[:most]], known.get(today)
    # Where there is time for one day alone, today and the others take turns.
    first = some[:1] if counted is not None and now - counted.made_at < TODAYS_TURN else []
    days = dict[date, Counts]()
    for day in (*first, today, *some[len(first) :]):
        if days and enough():
            break
        days[day] = await count_day(session, reference, day)
    return Counted(days, frozenset(again) - days.keys(), marks)


async def _touched(
    session: AsyncSession, reference: ReferenceData
) -> tuple[Sequence[int], frozenset[date]]:
    """Marks, and the days on which something is counted of what they are about."""
    marked = select(FigureMark).order_by(FigureMark.id).limit(MARKS_AT_ONCE)
    marks = (await session.scalars(marked)).all()
    cases = [mark.case_id for mark in marks if mark.case_id is not None]
    surveys = [mark.survey_id for mark in marks if mark.survey_id is not None]
    moments, days = set[datetime | None](), set[date | None]()
    if cases:
        for column, table in ((CaseEvent.at, CaseEvent), (Survey.invited_at, Survey)):
            found = await session.scalars(select(column).where(table.case_id.in_(cases)))
            moments.update(found)
        own = select(Case.submitted_at, Case.first_answer_at, Case.closed_at, Case.met_on)
        for sent, first, closed, met in await session.execute(own.where(Case.id.in_(cases))):
            moments |= {sent, first, closed}
            days.add(met)
        settled = select(Promise.settled_on).where(Promise.case_id.in_(cases))
        days.update(await session.scalars(settled))
    if surveys:
        asked = select(Survey.invited_at).where(Survey.id.in_(surveys))
        moments.update(await session.scalars(asked))
    days |= {reference.today(moment) for moment in moments if moment is not None}
    return [mark.id for mark in marks], frozenset(day for day in days if day is not None)


def _is_whole(reference: ReferenceData, row: FigureDay, now: datetime) -> bool:
    """Whether a day was counted since it was over, and since its last talks can have ended."""
    end = day_of(reference, row.day).end
    return all(row.made_at >= over or now < over for over in (end, end + talks.PAUSE))


async def keep(session: AsyncSession, counted: Counted, now: datetime) -> None:
    """Write figures of days down, and sum the months up that these lie in."""
    if not await try_lock(session, FIGURES):
        return
    for day, counts in counted.days.items():
        await session.execute(delete(Figure).where(*of(Grain.DAY, day, day)))
        await _write(session, Grain.DAY, day, counts)
        await session.merge(FigureDay(day=day, made_at=now, stale=False))
    for period in {month_of(day) for day in counted.days}:
        await _sum_up(session, period)
    stale = update(FigureDay).where(FigureDay.day.in_(counted.again), ~FigureDay.stale)
    await session.execute(stale.values(stale=True))
    await session.execute(delete(FigureMark).where(FigureMark.id.in_(counted.marks)))


async def keep_backlog(session: AsyncSession, today: date, counts: Counts) -> None:
    """Write down how things stand, as `count_now` found it."""
    if await try_lock(session, FIGURES):
        await session.execute(delete(Figure).where(Figure.grain == Grain.NOW))
        await _write(session, Grain.NOW, today, counts)


async def counted_at(session: AsyncSession, day: date) -> datetime | None:
    """When the figures of a day were counted last."""
    return await session.scalar(select(FigureDay.made_at).where(FigureDay.day == day))


def of(grain: Grain, first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    """The rows of some time; all kinds are named, so that the key finds them."""
    kinds = Figure.kind.in_(list(FigureKind))
    return (Figure.grain == grain, kinds, Figure.start.between(first, last))


async def _write(session: AsyncSession, grain: Grain, start: date, counts: Counts) -> None:
    rows = [
        {"grain": grain, "kind": kind, "start": start, "unit": unit, "slug": slug}
        | {"part": part, "count": count}
        for (kind, unit, slug, part), count in sorted(counts.items())
        if count
    ]
    if rows:
        await session.execute(insert(Figure), rows)


async def _sum_up(session: AsyncSession, month: Period) -> None:
    await session.execute(delete(Figure).where(*of(Grain.MONTH, month.start, month.start)))
    key = (Figure.kind, Figure.unit, Figure.slug, Figure.part)
    sums = (
        select(literal(Grain.MONTH), literal(month.start, Date), *key, func.sum(Figure.count))
        .where(*of(Grain.DAY, month.start, month.end))
        .group_by(*key)
    )
    columns = ["grain", "start", "kind", "unit", "slug", "part", "count"]
    await session.execute(insert(Figure).from_select(columns, sums))


async def uncounted(
    session: AsyncSession, reference: ReferenceData, today: date, counted: Iterable[date]
) -> list[date]:
    """The days before today since the first case that were never counted, newest first."""
    begun = [
        await session.scalar(select(func.min(moment)))
        for moment in (Case.submitted_at, Talk.begun_at)
    ]
    known = [reference.today(moment) for moment in begun if moment is not None]
    if not known:
        return []
    first = max(min(known), today - LONGEST)
    days = (today - timedelta(days=n) for n in range(1, (today - first).days + 1))
    done = set(counted)
    return [day for day in days if day not in done]
