"""The report that opens first: how much came, what became of it, and what is still open."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aiohttp import web

from actions.casework import figures
from actions.casework.figures import FLOW, Work
from actions.domain.figures import AGES, FigureKind
from actions.domain.period import Period, month_of
from actions.domain.work import PromiseOutcome
from bot.console.presenters import unit_name
from bot.console.render import show_number
from bot.console.reports.charts import Bars, bars, columns
from bot.console.reports.frame import Frame, counted_at, frame_of, period_name, report
from bot.console.reports.parts import age_name, channel_name

MONTHS = 12
AGE_PARTS = (*(str(most) for most in AGES), "")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: a key, its name, and the work under it."""

    key: str
    name: str
    work: Work


async def show(request: web.Request) -> web.StreamResponse:
    """All of a period at a glance; every figure leads to its cases."""
    frame = frame_of(request)
    months = months_to(frame.period)
    async with frame.console.reading() as session:
        units = await figures.work(session, frame.period, frame.scope, by="unit")
        before = await figures.work(session, frame.period.before, frame.scope, kinds=FLOW)
        trend = await figures.by_month(session, months, frame.scope)
        came = await figures.split(session, FigureKind.CAME_BY_CHANNEL, frame.period, frame.scope)
        counted = await counted_at(frame, session)
    work = figures.together(units.values())
    return await report(
        frame,
        "report_overview.html",
        counted=counted,
        work=work,
        before=before.get("", Work()),
        before_name=period_name(frame.console, frame.period.before),
        lines=_lines(frame, units),
        months=[(period_name(frame.console, month), month, trend[month]) for month in months],
        chart=columns(
            [f"{month.start:%m}" for month in months],
            [[trend[m].came for m in months], [trend[m].ended for m in months]],
        ),
        ages=ages(frame, work),
        age_bars=bars_of(ages(frame, work)),
        channels=channels(frame, came),
        channel_bars=bars_of(channels(frame, came)),
        outcomes=list(PromiseOutcome),
        kind=FigureKind,
    )


def months_to(period: Period) -> Sequence[Period]:
    """The months up to the end of a period, oldest first."""
    found = [month_of(period.end)]
    while len(found) < MONTHS:
        found.insert(0, found[0].before)
    return found


def _lines(frame: Frame, units: dict[str, Work]) -> list[Line]:
    """The work unit by unit, where a report is about several."""
    if frame.scope.unit is not None:
        return []
    lines = [Line(key, unit_name(frame.console, key), work) for key, work in units.items() if key]
    return sorted(lines, key=lambda line: (-line.work.came, line.name))


def ages(frame: Frame, work: Work) -> list[tuple[str, str, int]]:
    """Open cases by age: the part, its name, how many."""
    return [(part, age_name(frame, part), work.ages[part]) for part in AGE_PARTS]


def channels(frame: Frame, came: Counter[str]) -> list[tuple[str, str, int]]:
    """What came by way: the way, its name, how much; the most first."""
    return [(part, channel_name(frame, part), count) for part, count in came.most_common()]


def bars_of(entries: Iterable[tuple[str, str, int]]) -> Bars:
    """Bars of the parts of a figure: each has a key, a name and a count."""
    return bars([(name, count, show_number(count)) for _, name, count in entries])
