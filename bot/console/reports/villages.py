"""The map by village: a square for each, darker where there is more, and the table beneath."""

from collections import Counter
from dataclasses import dataclass

from aiohttp import web

from actions.casework import figures
from actions.casework.figures import Total
from actions.domain.figures import FigureKind
from bot.console.render import show_number
from bot.console.reports.charts import WIDTH, Square, shade
from bot.console.reports.frame import Frame, counted_at, frame_of, report
from bot.console.reports.parts import village_name

MEASURES = {
    "masuk": FigureKind.CAME_BY_VILLAGE,
    "telat": FigureKind.LATE_BY_VILLAGE,
    "buka": FigureKind.OPEN_BY_VILLAGE,
}
"""What the map can show, by the word in the address."""


@dataclass(frozen=True, slots=True)
class Line:
    """A village with what came from there, was late, and is open."""

    part: str
    name: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Picture:
    """The squares of the villages that have a place, and how large each and all are."""

    squares: list[Square]
    side: int
    height: int


async def show(request: web.Request) -> web.StreamResponse:
    """The map, on what was chosen to be shown."""
    frame, measure = frame_of(request), request.query.get("ukuran", "masuk")
    if measure not in MEASURES:
        raise web.HTTPNotFound
    async with frame.console.reading() as session:
        happened = [FigureKind.CAME_BY_VILLAGE, FigureKind.LATE_BY_VILLAGE]
        found = await figures.totals(session, happened, frame.period, frame.scope)
        found += await figures.standing(session, [FigureKind.OPEN_BY_VILLAGE], frame.scope)
        counted = await counted_at(frame, session)
    lines = lines_of(frame, found)
    return await report(
        frame,
        "report_villages.html",
        counted=counted,
        lines=lines,
        picture=_picture(frame, lines, measure),
        measure=measure,
        measures=MEASURES,
        width=WIDTH,
    )


def lines_of(frame: Frame, found: list[Total]) -> list[Line]:
    """All villages of the office's area, and whatever else was named; the most first."""
    counts = {measure: Counter[str]() for measure in MEASURES}
    measure_of = {kind: measure for measure, kind in MEASURES.items()}
    for total in found:
        counts[measure_of[total.kind]][total.part] += total.count
    names = frame.console.reference.catalogue.office.villages | {total.part for total in found}
    lines = [
        Line(part, village_name(frame, part), {m: counts[m][part] for m in MEASURES})
        for part in names
    ]
    return sorted(lines, key=lambda line: (-line.counts["masuk"], line.name))


def _picture(frame: Frame, lines: list[Line], measure: str) -> Picture | None:
    """Squares where data/office.yml puts them; villages without a place are in the table only."""
    area = frame.console.reference.catalogue.office.area
    places = {village: at for part in area for village, at in part.squares.items()}
    placed = [(line, places[line.part]) for line in lines if line.part in places]
    if not placed:
        return None
    counts = [line.counts[measure] for line, _ in placed if line.counts[measure]] or [0]
    side = WIDTH // max(column for _, (_, column) in placed)
    squares = [
        Square(
            (column - 1) * side,
            (row - 1) * side,
            line.name.split(" ", 1),
            show_number(line.counts[measure]),
            shade(line.counts[measure], min(counts), max(counts)),
        )
        for line, (row, column) in placed
    ]
    return Picture(squares, side, side * max(row for _, (row, _) in placed))
