"""What was late in a period, and why: causes, units, and the cases themselves."""

from collections import Counter

from aiohttp import web

from actions.casework import figures, report_cases
from actions.casework.figures import Work
from actions.casework.report_cases import Wanted
from actions.domain.figures import FigureKind, percent
from actions.domain.work import PromiseOutcome
from bot.console.presenters import unit_name
from bot.console.reports.figure_cases import rows_of
from bot.console.reports.frame import Frame, counted_at, frame_of, report
from bot.console.reports.overview import bars_of
from bot.console.reports.parts import cause_name


async def show(request: web.Request) -> web.StreamResponse:
    """Broken promises by cause and by unit, and the newest of them as a list."""
    frame = frame_of(request)
    wanted = Wanted(FigureKind.PROMISE, PromiseOutcome.BROKEN, frame.period, frame.scope)
    async with frame.console.reading() as session:
        kinds = (FigureKind.PROMISE, *figures.STANDING)
        units = await figures.work(session, frame.period, frame.scope, by="unit", kinds=kinds)
        kind = FigureKind.LATE_BY_CAUSE
        causes = await figures.split(session, kind, frame.period, frame.scope)
        found = await report_cases.page(
            session, frame.console.reference, frame.staff, wanted, frame.console.clock()
        )
        counted = await counted_at(frame, session)
    return await report(
        frame,
        "report_late.html",
        counted=counted,
        work=figures.together(units.values()),
        causes=causes_of(frame, causes),
        cause_bars=bars_of([line[:3] for line in causes_of(frame, causes)]),
        lines=_late_units(frame, units),
        rows=rows_of(frame, found.rows),
        more=bool(found.next),
        broken=PromiseOutcome.BROKEN,
        kind=FigureKind,
    )


def causes_of(frame: Frame, causes: Counter[str]) -> list[tuple[str, str, int, int | None]]:
    """Causes, the most frequent first: the key, in words, how many, in percent."""
    whole = causes.total()
    return [
        (cause, cause_name(frame, cause), count, percent(count, whole))
        for cause, count in causes.most_common()
    ]


def _late_units(frame: Frame, units: dict[str, Work]) -> list[tuple[str, str, Work]]:
    """The units that were late, those with the most broken promises first."""
    late = [(key, unit_name(frame.console, key), work) for key, work in units.items()]
    shown = [line for line in late if line[2].broken or line[2].overdue]
    return sorted(shown, key=lambda line: (-line[2].broken, line[1]))
