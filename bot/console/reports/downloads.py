"""Files of a report: tables for spreadsheets, documents to hand in, a picture for the board."""

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp_jinja2
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import figures, survey_index
from actions.casework.figures import Work
from bot.console.reports.documents import Draw, month_report, survey_report
from bot.console.reports.figure_cases import wanted_of
from bot.console.reports.frame import Frame, frame_of, period_name, scope_name
from bot.console.reports.sheets import csv_file, xlsx_file
from bot.console.reports.tables import (
    Table,
    all_tables,
    case_table,
    cause_table,
    survey_table,
    village_table,
    work_table,
)

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
}


def _by(name: str, by: str) -> "Make":
    async def make(frame: Frame, session: AsyncSession) -> Table:
        return await (survey_table if name == "survey" else work_table)(frame, session, by)

    return make


async def _cases(frame: Frame, session: AsyncSession) -> Table:
    return await case_table(frame, session, wanted_of(frame))


Make = Callable[[Frame, AsyncSession], Awaitable[Table]]
TABLES: dict[str, Make] = {
    "unit": _by("work", "unit"),
    "layanan": _by("work", "slug"),
    "desa": village_table,
    "sebab": cause_table,
    "kepuasan": _by("survey", "unit"),
    "perkara": _cases,
}


async def send(request: web.Request) -> web.StreamResponse:
    """The file that the address names, of the period and scope that it names."""
    frame, name = frame_of(request), request.match_info["unduhan"]
    async with frame.console.reading() as session:
        draw = await _prepare(frame, session, name)
    content = await asyncio.to_thread(draw)
    stem, _, ending = name.partition(".")
    file = f"{stem}-{frame.period.key}.{ending}"
    headers = {
        "Content-Type": TYPES[ending],
        "Content-Disposition": f'attachment; filename="{file}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return web.Response(body=content, headers=headers)


async def _prepare(frame: Frame, session: AsyncSession, name: str) -> Draw:
    """What draws the file; all that it says is read before."""
    stem, _, ending = name.partition(".")
    if name == "laporan.pdf":
        return await month_report(frame, session)
    if name == "kepuasan.pdf":
        return await survey_report(frame, session)
    if name == "papan.svg":
        return await _poster(frame, session)
    if name == "laporan.xlsx":
        tables = await all_tables(frame, session)
        return lambda: xlsx_file(tables)
    if stem in TABLES and ending in {"csv", "xlsx"}:
        table = await TABLES[stem](frame, session)
        return lambda: csv_file(table) if ending == "csv" else xlsx_file([table])
    raise web.HTTPNotFound


async def _poster(frame: Frame, session: AsyncSession) -> Draw:
    """One picture for the notice board."""
    found = await survey_index.together(session, frame.period, frame.scope)
    work = (await figures.work(session, frame.period, frame.scope)).get("", Work())
    context = {
        "index": found.index,
        "work": work,
        "period": period_name(frame.console, frame.period),
        "scope": scope_name(frame),
    }
    text = aiohttp_jinja2.render_string("report_poster.svg", frame.request, context)
    return text.encode
