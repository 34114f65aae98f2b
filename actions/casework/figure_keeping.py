"""Keeps the figures of reports: counts days anew, sums months up, notes how things stand.

What happens today may change what was counted yesterday (a case is opened again, a survey is
answered late), so each day of the last quarter is counted again in turn. Older days stand.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Date, delete, func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.figure_counting import Counts, count_day
from actions.catalogue.reference import ReferenceData
from actions.domain.figures import FigureKind, Grain
from actions.domain.period import LONGEST_DAYS, Period, month_of
from actions.storage.locks import FIGURES, try_lock
from actions.storage.tables import Case, Figure, FigureDay, Talk

NEW_AT_ONCE, AGAIN_AT_ONCE = 6, 2
"""How many days one round counts for the first time, and again."""

STANDS_AFTER = timedelta(days=92)
LONGEST = timedelta(days=LONGEST_DAYS)


async def count(
    session: AsyncSession, reference: ReferenceData, now: datetime, *, new: int = NEW_AT_ONCE
) -> dict[date, Counts]:
    """The figures of today, and of some days that were not counted yet, or not for long."""
    today = reference.today(now)
    missing = await uncounted(session, reference, today)
    days = {today, *missing[:new], *await _oldest(session, today)}
    return {day: await count_day(session, reference, day) for day in sorted(days)}


async def keep(session: AsyncSession, counted: Mapping[date, Counts], now: datetime) -> None:
    """Write figures of days down, and sum the months up that these lie in."""
    if not await try_lock(session, FIGURES):
        return
    for day, counts in counted.items():
        await session.execute(delete(Figure).where(*_of(Grain.DAY, day, day)))
        await _write(session, Grain.DAY, day, counts)
        await session.merge(FigureDay(day=day, made_at=now))
    for period in {month_of(day) for day in counted}:
        await _sum_up(session, period)


async def keep_backlog(session: AsyncSession, today: date, counts: Counts) -> None:
    """Write down how things stand, as `count_now` found it."""
    if await try_lock(session, FIGURES):
        await session.execute(delete(Figure).where(Figure.grain == Grain.NOW))
        await _write(session, Grain.NOW, today, counts)


async def counted_at(session: AsyncSession, day: date) -> datetime | None:
    """When the figures of a day were counted last."""
    return await session.scalar(select(FigureDay.made_at).where(FigureDay.day == day))


def _of(grain: Grain, first: date, last: date) -> tuple[ColumnElement[bool], ...]:
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
    await session.execute(delete(Figure).where(*_of(Grain.MONTH, month.start, month.start)))
    key = (Figure.kind, Figure.unit, Figure.slug, Figure.part)
    sums = (
        select(literal(Grain.MONTH), literal(month.start, Date), *key, func.sum(Figure.count))
        .where(*_of(Grain.DAY, month.start, month.end))
        .group_by(*key)
    )
    columns = ["grain", "start", "kind", "unit", "slug", "part", "count"]
    await session.execute(insert(Figure).from_select(columns, sums))


async def uncounted(session: AsyncSession, reference: ReferenceData, today: date) -> list[date]:
    """The days before today since the first case that were never counted, newest first."""
    begun = [
        await session.scalar(select(func.min(moment)))
        for moment in (Case.submitted_at, Talk.begun_at)
    ]
    known = [reference.today(moment) for moment in begun if moment is not None]
    if not known:
        return []
    counted = set((await session.scalars(select(FigureDay.day))).all())
    first = max(min(known), today - LONGEST)
    days = (today - timedelta(days=n) for n in range(1, (today - first).days + 1))
    return [day for day in days if day not in counted]


async def _oldest(session: AsyncSession, today: date) -> Sequence[date]:
    """The days that may still change and were not counted for longest."""
    young = (FigureDay.day < today, FigureDay.day >= today - STANDS_AFTER)
    oldest = select(FigureDay.day).where(*young).order_by(FigureDay.made_at, FigureDay.day)
    return (await session.scalars(oldest.limit(AGAIN_AT_ONCE))).all()
