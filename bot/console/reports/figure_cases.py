"""The cases behind a figure, a page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from aiohttp import web

from actions.casework import report_cases
from actions.casework.report_cases import LISTS, OF_STAFF, BadCursorError, Found, Page, Wanted
from actions.domain.figures import FigureKind
from bot.console.presenters import Row, row_of
from bot.console.reports.frame import Frame, frame_of, is_head, report
from bot.console.reports.parts import cause_name, name_of

LONGEST_PART = 80


@dataclass(frozen=True, slots=True)
class Line:
    """A case of the list: its row, when it counted, what was promised, where, and why late."""

    row: Row
    day: date
    due_on: date | None
    village: str
    cause: str


async def show(request: web.Request) -> web.StreamResponse:
    """The cases that a figure counts, newest first."""
    frame = frame_of(request)
    wanted = wanted_of(frame)
    found = await _page(frame, wanted)
    after = {"sesudah": found.next, **_figure(wanted)} if found.next else {}
    return await report(
        frame,
        "report_cases.html",
        wanted=wanted,
        part=name_of(frame, wanted.kind, wanted.part),
        rows=rows_of(frame, found.rows),
        first=frame.address("laporan_perkara", **_figure(wanted)),
        is_first="sesudah" not in request.query,
        after=frame.address("laporan_perkara", **after) if after else "",
        figure=_figure(wanted),
    )


async def _page(frame: Frame, wanted: Wanted) -> Page:
    console, after = frame.console, frame.request.query.get("sesudah", "")
    try:
        async with console.reading() as session:
            return await report_cases.page(
                session, console.reference, frame.staff, wanted, console.clock(), after=after
            )
    except BadCursorError:
        raise web.HTTPNotFound from None


def wanted_of(frame: Frame) -> Wanted:
    """The figure that the address names; 404 for none, and for what is not theirs to see."""
    query = frame.request.query
    try:
        kind = FigureKind(query.get("angka", ""))
    except ValueError:
        raise web.HTTPNotFound from None
    part = query.get("bagian")
    if kind not in LISTS or (part and len(part) > LONGEST_PART):
        raise web.HTTPNotFound
    if kind in OF_STAFF and not is_head(frame.staff):
        raise web.HTTPNotFound
    return Wanted(kind, part, frame.period, frame.scope)


def _figure(wanted: Wanted) -> dict[str, str]:
    part = {} if wanted.part is None else {"bagian": wanted.part}
    return {"angka": wanted.kind, **part}


def rows_of(frame: Frame, found: Iterable[Found]) -> list[Line]:
    """Cases with labels."""
    return [_line(frame, one) for one in found]


def _line(frame: Frame, one: Found) -> Line:
    reference = frame.console.reference
    day = reference.today(one.at) if isinstance(one.at, datetime) else one.at
    return Line(
        row=row_of(frame.console, one.case),
        day=day,
        due_on=one.due_on,
        village=one.case.village or "",
        cause=cause_name(frame, one.case.late_cause) if one.case.late_cause else "",
    )
