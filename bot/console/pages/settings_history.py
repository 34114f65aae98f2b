"""Who changed what of the settings, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from actions.casework import office_settings, settings_log
from actions.casework.templates import ATTACHMENT
from actions.catalogue.sheets import SHEETS, Sheet, Values
from bot.console import sheet_view
from bot.console.context import Console, console_of
from bot.console.pages.training import SHEET as MODELS
from bot.console.render import page
from bot.http import forms

TOLD = (*SHEETS, MODELS)
"""What the history tells of."""
Difference = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One change as it is read."""

    at: datetime
    by: str
    sheet: str
    title: str
    differences: Sequence[Difference]


def line_of(console: Console, change: settings_log.Changed) -> Line:
    """A change in words."""
    sheet = SHEETS.get(change.sheet)
    if sheet is None:
        pair = [str((state or {}).get("model", "")) for state in (change.before, change.after)]
        return Line(change.at, change.by, change.sheet, change.row, [("model", pair[0], pair[1])])
    title = sheet_view.title_of(console, sheet, change.row, change.after or change.before or {})
    return Line(
        change.at,
        change.by,
        change.sheet,
        title,
        differences_of(console, sheet, change.before, change.after),
    )


def differences_of(
    console: Console, sheet: Sheet, before: Values | None, after: Values | None
) -> list[Difference]:
    """The columns that changed, with both values in words; nothing where there was no row."""

    def said(key: str, value: object, state: Values | None) -> str:
        return sheet_view.shown(console, sheet.column(key), value) if state is not None else ""

    if before and after and ATTACHMENT in after:
        return [(ATTACHMENT, _is_there(console, before), _is_there(console, after))]
    return [
        (key, said(key, old, before), said(key, new, after))
        for key, old, new in office_settings.differences(sheet, before, after)
    ]


def _is_there(console: Console, state: Values) -> str:
    return console.word("pengaturan.ya" if state[ATTACHMENT] else "pengaturan.tidak")


async def show(request: web.Request) -> web.StreamResponse:
    """Who changed what, newest first."""
    console = console_of(request)
    wanted = request.query.get("lembar", "")
    before = forms.number(request.query.get("sebelum", ""), 0, most=10**15) or None
    only = wanted if wanted in TOLD else None
    async with console.reading() as session:
        found = await settings_log.lines(session, sheet=only, before=before)
    here = request.app.router["pengaturan_riwayat"].url_for()
    query = {"lembar": only} if only else {}
    last = found[settings_log.PAGE - 1].id if len(found) > settings_log.PAGE else None
    return await page(
        request,
        "history.html",
        lines=[line_of(console, change) for change in found[: settings_log.PAGE]],
        told=TOLD,
        only=only,
        older=str(here.with_query({**query, "sebelum": str(last)})) if last else None,
    )
