"""Counts the figures of reports as the jobs do, but all days at once, and reads them."""

from __future__ import annotations

from actions.casework import figure_counting, figure_keeping, figures, report_cases
from actions.casework.figures import Scope, Work
from actions.casework.report_cases import Wanted
from actions.domain.figures import FigureKind
from actions.domain.period import Period, read_period
from actions.storage.tables import Staff
from tests.support.database import Database

ALL = 10_000


async def count_figures(database: Database) -> None:
    """Count every day, and how things stand."""
    now, reference = database.clock.now, database.reference
    async with database.sessions.begin() as session:
        counted = await figure_keeping.count(session, reference, now, most=ALL)
        await figure_keeping.keep(session, counted, now)
        today = reference.today(now)
        counts = await figure_counting.count_now(session, reference, today)
        await figure_keeping.keep_backlog(session, today, counts)


NOVEMBER = read_period("2026-11")
EVERYTHING = Scope()


async def work_of(
    database: Database, period: Period = NOVEMBER, scope: Scope = EVERYTHING
) -> Work:
    """What a report says of a period."""
    async with database.sessions() as session:
        return (await figures.work(session, period, scope)).get("", Work())


async def listed(
    database: Database,
    staff: Staff,
    kind: FigureKind,
    part: str | None = None,
    *,
    scope: Scope = EVERYTHING,
    period: Period = NOVEMBER,
    size: int = 25,
) -> list[str]:
    """The codes of all cases behind a figure, page after page."""
    wanted, codes, after = Wanted(kind, part, period, scope), list[str](), ""
    while True:
        async with database.sessions() as session:
            now = database.clock.now
            page = await report_cases.page(
                session, database.reference, staff, wanted, now, after=after, size=size
            )
        codes += [str(found.case.code) for found in page.rows]
        assert len(page.rows) <= size
        if not page.next:
            return codes
        after = page.next
