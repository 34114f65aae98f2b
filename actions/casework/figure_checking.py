"""Checks kept figures against the rows that they were counted from, and counts them anew.

Rows stay when citizens are erased, so what they say of a day stays too; but talks are deleted
after a time, and the figures of older ones are believed.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import figure_keeping
from actions.casework.figure_counting import Counts, count_day
from actions.casework.figure_keeping import STANDS_AFTER, Counted
from actions.catalogue.reference import ReferenceData
from actions.domain.figures import FigureKind, Grain
from actions.domain.period import month_of
from actions.storage.tables import Figure, FigureDay, FigureMark


async def days(
    session: AsyncSession, reference: ReferenceData, now: datetime, *, everything: bool
) -> Sequence[date]:
    """The days that were counted, but for today: those that still may change, or all."""
    today = reference.today(now)
    counted = select(FigureDay.day).where(FigureDay.day < today).order_by(FigureDay.day)
    if not everything:
        counted = counted.where(FigureDay.day >= today - STANDS_AFTER)
    return (await session.scalars(counted)).all()


async def waiting(session: AsyncSession) -> int:
    """How many days and changes wait to be counted: what `differing` says is not the last word."""
    stale = select(func.count()).select_from(FigureDay).where(FigureDay.stale)
    marks = select(func.count()).select_from(FigureMark)
    return (await session.scalar(stale) or 0) + (await session.scalar(marks) or 0)


async def differing(
    session: AsyncSession, reference: ReferenceData, day: date, now: datetime
) -> dict[FigureKind, int]:
    """By how much the figures kept of a day are wrong, by kind."""
    kept, counted = (
        await _kept(session, Grain.DAY, day),
        await recount(session, reference, day, now),
    )
    return _off(kept, counted)


async def differing_month(session: AsyncSession, month: date) -> dict[FigureKind, int]:
    """By how much the figures kept of a month differ from the sums of its days."""
    period, summed = month_of(month), Counts()
    day = period.start
    while day <= period.end:
        summed += await _kept(session, Grain.DAY, day)
        day += timedelta(days=1)
    return _off(await _kept(session, Grain.MONTH, period.start), summed)


async def recount(
    session: AsyncSession, reference: ReferenceData, day: date, now: datetime
) -> Counts:
    """The figures of a day as the rows say, with those of talks that are deleted as they were."""
    counts = await count_day(session, reference, day)
    if day >= reference.today(now) - timedelta(days=reference.retention.lines):
        return counts
    kept = await _kept(session, Grain.DAY, day)
    rest = {key: count for key, count in counts.items() if key[0] is not FigureKind.TALK}
    talks = {key: count for key, count in kept.items() if key[0] is FigureKind.TALK}
    return Counts(rest | talks)


async def rebuild(
    session: AsyncSession, reference: ReferenceData, some: Collection[date], now: datetime
) -> None:
    """Count some days anew and write them down, with their months."""
    counted = {day: await recount(session, reference, day, now) for day in some}
    await figure_keeping.keep(session, Counted(counted), now)


async def _kept(session: AsyncSession, grain: Grain, start: date) -> Counts:
    columns = (Figure.kind, Figure.unit, Figure.slug, Figure.part, Figure.count)
    rows = await session.execute(select(*columns).where(*figure_keeping.of(grain, start, start)))
    return Counts({(FigureKind(kind), unit, slug, part): n for kind, unit, slug, part, n in rows})


def _off(kept: Counts, counted: Counts) -> dict[FigureKind, int]:
    off = dict[FigureKind, int]()
    for key in kept.keys() | counted.keys():
        if kept[key] != counted[key]:
            off[key[0]] = off.get(key[0], 0) + abs(kept[key] - counted[key])
    return off
