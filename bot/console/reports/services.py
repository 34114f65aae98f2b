"""Services beside each other: what matters most and works least, and what to care for first."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from actions.casework import figures
from actions.casework.figures import Work
from actions.domain.figures import FigureKind, Priority, percent, priority
from bot.console.presenters import called
from bot.console.reports.charts import Point
from bot.console.reports.frame import Frame, counted_at, frame_of, report
from bot.http import forms

SHOWN = 25
SIDE, EDGE = 360, 30
"""The picture is a square; its points lie within the edges."""


@dataclass(frozen=True, slots=True)
class Line:
    """A service with its number in the picture, its work, importance and priority."""

    number: int
    slug: str
    name: str
    work: Work
    importance: int
    priority: Priority

    @property
    def performance(self) -> int | None:
        """The mean of being on time and satisfaction, as far as known."""
        return self.work.standing.performance


@dataclass(frozen=True, slots=True)
class Picture:
    """Points by performance (to the right) and importance (upwards), and the lines between."""

    points: list[Point]
    across: float
    up: float


async def show(request: web.Request) -> web.StreamResponse:
    """All services with their figures, the picture, and the order of care."""
    frame = frame_of(request)
    async with frame.console.reading() as session:
        kinds = (*figures.FLOW, *figures.STANDING, FigureKind.DAYS, FigureKind.SCORE)
        found = await figures.work(session, frame.period, frame.scope, by="slug", kinds=kinds)
        counted = await counted_at(frame, session)
    lines = lines_of(frame, found)
    pages = max(-(-len(lines) // SHOWN), 1)
    number = min(forms.number(request.query.get("hal", ""), 1, least=1), pages)
    shown = lines[(number - 1) * SHOWN : number * SHOWN]
    return await report(
        frame,
        "report_services.html",
        counted=counted,
        lines=shown,
        number=number,
        pages=pages,
        first=sorted(lines, key=lambda line: -line.priority.score),
        picture=_picture(shown),
        side=SIDE,
        edge=EDGE,
        kind=FigureKind,
    )


def lines_of(frame: Frame, found: dict[str, Work]) -> list[Line]:
    """The services to which anybody came, those with most first."""
    some = [(slug, work) for slug, work in found.items() if work.came]
    some.sort(key=lambda entry: (-entry[1].came, entry[0]))
    most = some[0][1].came if some else 0
    return [
        Line(
            number=n,
            slug=slug,
            name=called(frame.console, slug),
            work=work,
            importance=percent(work.came, most) or 0,
            priority=priority(work.standing, most),
        )
        for n, (slug, work) in enumerate(some, 1)
    ]


def _picture(lines: Sequence[Line]) -> Picture | None:
    """The services whose performance is known; the lines lie at the mean of each axis."""
    known = [(line, line.performance) for line in lines]
    placed = [(line, value) for line, value in known if value is not None]
    if not placed:
        return None
    across = sum(value for _, value in placed) / len(placed)
    up = sum(line.importance for line, _ in placed) / len(placed)
    points = [
        Point(_across(value), _up(line.importance), line.number, line.name)
        for line, value in placed
    ]
    return Picture(points, _across(across), _up(up))


def _across(value: float) -> float:
    return round(EDGE + (SIDE - 2 * EDGE) * value / 100, 1)


def _up(value: float) -> float:
    return round(SIDE - EDGE - (SIDE - 2 * EDGE) * value / 100, 1)
