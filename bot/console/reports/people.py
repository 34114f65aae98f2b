"""What officers of a unit did, with the mix of their cases; for the head of that unit alone."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import web

from actions.casework import figures, queues
from actions.casework.figures import Total, Work
from actions.domain.figures import FigureKind, percent
from bot.console.presenters import called
from bot.console.reports.frame import counted_at, frame_of, is_head, report

KINDS = (FigureKind.STEP, FigureKind.DONE_BY, FigureKind.LATE_BY)
MOST_COMMON = 3


@dataclass
class Line:
    """An officer: steps, cases answered for, how many of them late, and which they were.

    `load` are the days that such cases usually take in this unit: who has the hard ones has more.
    """

    staff_id: int
    name: str = ""
    steps: int = 0
    late: int = 0
    load: int = 0
    done: Counter[str] = field(default_factory=Counter)

    @property
    def on_time(self) -> int | None:
        """Of what was answered for, how much in time, in percent."""
        whole = self.done.total()
        return percent(whole - self.late, whole)

    def add(self, total: Total) -> None:
        """Count a sum in."""
        match total.kind:
            case FigureKind.STEP:
                self.steps += total.count
            case FigureKind.LATE_BY:
                self.late += total.count
            case _:
                self.done[total.key] += total.count


async def show(request: web.Request) -> web.StreamResponse:
    """The officers of the unit that somebody heads; for anybody else the page does not exist."""
    frame = frame_of(request)
    if not is_head(frame.staff):
        raise web.HTTPNotFound
    async with frame.console.reading() as session:
        found = await figures.totals(session, KINDS, frame.period, frame.scope, by="slug")
        days = [FigureKind.DAYS]
        usual = await figures.work(session, frame.period, frame.scope, by="slug", kinds=days)
        names = await queues.names(session, {int(total.part) for total in found})
        counted = await counted_at(frame, session)
    lines = lines_of(found, usual, names)
    return await report(
        frame,
        "report_people.html",
        counted=counted,
        lines=lines,
        mixes={
            line.staff_id: [
                (called(frame.console, slug), count)
                for slug, count in line.done.most_common(MOST_COMMON)
            ]
            for line in lines
        },
        kind=FigureKind,
    )


def lines_of(
    found: list[Total], usual: Mapping[str, Work], names: Mapping[int, str]
) -> list[Line]:
    """One line an officer, in the order of the alphabet: it is no ranking."""
    people: defaultdict[int, list[Total]] = defaultdict(list)
    for total in found:
        people[int(total.part)].append(total)
    lines = [Line(staff_id, names.get(staff_id, "")) for staff_id in people]
    for line in lines:
        for total in people[line.staff_id]:
            line.add(total)
        days = {slug: work.took.median or 0 for slug, work in usual.items()}
        line.load = sum(days.get(slug, 0) * count for slug, count in line.done.items())
    return sorted(lines, key=lambda line: line.name.casefold())
