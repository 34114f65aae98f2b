"""Counts the figures of reports as the jobs do, but all days at once."""

from __future__ import annotations

from actions.casework import figure_counting, figure_keeping
from tests.support.database import Database

ALL = 10_000


async def count_figures(database: Database) -> None:
    """Count every day, and how things stand."""
    now, reference = database.clock.now, database.reference
    async with database.sessions.begin() as session:
        counted = await figure_keeping.count(session, reference, now, new=ALL)
        await figure_keeping.keep(session, counted, now)
        today = reference.today(now)
        counts = await figure_counting.count_now(session, reference, today)
        await figure_keeping.keep_backlog(session, today, counts)
