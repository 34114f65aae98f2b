"""What is done by hand with the figures of reports: check them, count them anew."""

from collections.abc import Callable, Mapping
from datetime import datetime

from actions.casework import figure_checking, figure_counting, figure_keeping
from actions.catalogue.reference import ReferenceData
from actions.domain.figures import FigureKind
from actions.domain.period import month_of
from actions.storage.engine import Sessions, reading

AT_ONCE = 7
"""How many days one transaction counts: others write in between."""
Say = Callable[[str], None]


async def check(
    sessions: Sessions, reference: ReferenceData, now: datetime, say: Say, *, everything: bool
) -> int:
    """Compare what is kept with the rows; 1 where something differs."""
    async with reading(sessions) as session:
        days = await figure_checking.days(session, reference, now, everything=everything)
    wrong = 0
    for day in days:
        async with reading(sessions) as session:
            off = await figure_checking.differing(session, reference, day, now)
        wrong += _tell(say, str(day), off)
    for month in sorted({month_of(day).start for day in days}):
        async with reading(sessions) as session:
            off = await figure_checking.differing_month(session, month)
        wrong += _tell(say, f"{month:%Y-%m}", off)
    async with reading(sessions) as session:
        waiting = await figure_checking.waiting(session)
    say(f"Checked: {len(days)} days. Wrong: {wrong}. Changes that wait to be counted: {waiting}.")
    if wrong:
        say("What waits is counted within minutes. For the rest: python -m bot figures rebuild")
    return 1 if wrong else 0


async def rebuild(
    sessions: Sessions, reference: ReferenceData, now: datetime, say: Say, *, everything: bool
) -> int:
    """Count the days and how things stand anew."""
    async with reading(sessions) as session:
        days = await figure_checking.days(session, reference, now, everything=everything)
    for first in range(0, len(days), AT_ONCE):
        async with sessions.begin() as session:
            some = days[first : first + AT_ONCE]
            await figure_checking.rebuild(session, reference, some, now)
    today = reference.today(now)
    async with sessions.begin() as session:
        counts = await figure_counting.count_now(session, reference, today)
        await figure_keeping.keep_backlog(session, today, counts)
    say(f"Counted anew: {len(days)} days.")
    return 0


def _tell(say: Say, when: str, off: Mapping[FigureKind, int]) -> int:
    if off:
        kinds = ", ".join(f"{kind} by {count}" for kind, count in sorted(off.items()))
        say(f"{when}  {kinds}")
    return 1 if off else 0


ACTIONS = {"check": check, "rebuild": rebuild}
