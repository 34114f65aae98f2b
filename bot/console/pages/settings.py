"""What the administrator sets: every sheet by the same pages, each change looked at twice."""

from collections.abc import Mapping
from datetime import timedelta

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import office_settings, settings_log
from actions.casework.office_settings import PAGE, Entry, Hand, NoRowError
from actions.casework.office_tables import InUseError
from actions.catalogue.overlay import shipped_rows
from actions.catalogue.sheets import HOLIDAYS, SHEETS, TEMPLATES, FieldsError, Sheet, Values, read
from actions.domain.clocks import Stage
from actions.domain.terms import Measure
from actions.storage.tables import Template
from bot.console import sheet_view
from bot.console.context import Console, console_of, staff_of
from bot.console.pages.settings_history import differences_of, line_of
from bot.console.render import page, redirect
from bot.http import forms
from bot.http.forms import Sent
from bot.live_settings import refresh

LONGEST = 3000
SURE, AGAIN, START = "pasti", "lagi", "0"


async def show(request: web.Request) -> web.StreamResponse:
    """All that can be set."""
    console = console_of(request)
    async with console.reading() as session:
        counts = await office_settings.own_rows(session)
    return await page(request, "settings.html", sheets=list(SHEETS.values()), counts=counts)


def _sheet(request: web.Request) -> Sheet:
    sheet = SHEETS.get(request.match_info["lembar"])
    if sheet is None:
        raise web.HTTPNotFound
    return sheet


async def show_sheet(request: web.Request) -> web.StreamResponse:
    """The rows of a sheet."""
    console, sheet = console_of(request), _sheet(request)
    after = request.query.get("sesudah", _usual_place(console, sheet))[:80]
    async with console.reading() as session:
        found = await _entries(session, console, sheet, after)
        gone = await office_settings.removed(session, console.deps.shipped, sheet)
    more = len(found) > PAGE
    here = request.app.router["pengaturan_lembar"].url_for(lembar=sheet.key)
    return await page(
        request,
        "sheet.html",
        sheet=sheet,
        columns=sheet_view.listed(sheet),
        rows=[_row(console, sheet, entry) for entry in found[:PAGE]],
        gone=[(key, sheet_view.title_of(console, sheet, key, gone[key])) for key in gone],
        first=str(here.with_query(sesudah=_start(sheet))) if after > START else None,
        more=str(here.with_query(sesudah=found[PAGE - 1].key)) if more else None,
    )


def _usual_place(console: Console, sheet: Sheet) -> str:
    """Where a list begins: that of holidays today, all others at their start."""
    today = console.reference.today(console.clock())
    return str(today - timedelta(days=1)) if sheet is HOLIDAYS else _start(sheet)


def _start(sheet: Sheet) -> str:
    """What all rows stand behind: nothing where the newest, of the highest number, is first."""
    return "" if sheet.newest_first else START


async def _entries(
    session: AsyncSession, console: Console, sheet: Sheet, after: str
) -> list[Entry]:
    try:
        return await office_settings.entries(session, console.deps.shipped, sheet, after=after)
    except ValueError:  # an address that somebody wrote
        raise web.HTTPNotFound from None


def _row(console: Console, sheet: Sheet, entry: Entry) -> tuple[Entry, str, dict[str, str]]:
    title = sheet_view.title_of(console, sheet, entry.key, entry.values)
    return entry, title, sheet_view.shown_all(console, sheet, entry.values)


async def show_new(request: web.Request) -> web.StreamResponse:
    """The form for a new row."""
    sheet = _sheet(request)
    if not sheet.grows:
        raise web.HTTPNotFound
    usual = {"jeda": "ya", "aktif": "ya", "satuan": Measure.WORKING_DAYS, "tahap": Stage.DONE}
    return await row_page(request, sheet, None, usual)


async def show_row(request: web.Request) -> web.StreamResponse:
    """The form of a row, and its history."""
    sheet = _sheet(request)
    entry = await entry_of(request, sheet)
    return await row_page(request, sheet, entry, sheet_view.typed_of(sheet, entry.values))


async def entry_of(request: web.Request, sheet: Sheet) -> Entry:
    """The row that the address names; 404 where there is none."""
    console = console_of(request)
    try:
        async with console.reading() as session:
            return await office_settings.entry(
                session, console.deps.shipped, sheet, request.match_info["baris"]
            )
    except NoRowError:
        raise web.HTTPNotFound from None


async def row_page(
    request: web.Request,
    sheet: Sheet,
    entry: Entry | None,
    typed: Mapping[str, str],
    *,
    faults: Mapping[str, str] | None = None,
    in_use: bool = False,
    file_fault: str = "",
) -> web.StreamResponse:
    """The form of a row, with what was typed and what is wrong with it."""
    console = console_of(request)
    async with console.reading() as session:
        template = await _template(session, sheet, entry)
        past = await settings_log.lines(session, sheet=sheet.key, row=entry.key) if entry else []
    title = sheet_view.title_of(console, sheet, entry.key, entry.values) if entry else ""
    return await page(
        request,
        "row.html",
        status=422 if faults or in_use or file_fault else 200,
        sheet=sheet,
        entry=entry,
        title=title,
        fields=sheet_view.fields_of(console, sheet, typed, faults or {}),
        faults=faults or {},
        in_use=in_use,
        file={"name": template.file, "fault": file_fault} if template else None,
        restorable=entry is not None and entry.own and _is_shipped(console, sheet, entry),
        history=[line_of(console, change) for change in past],
    )


async def _template(session: AsyncSession, sheet: Sheet, entry: Entry | None) -> Template | None:
    """The reply that a row is, which alone can bring a file."""
    if sheet is not TEMPLATES or entry is None:
        return None
    return await session.get(Template, int(entry.key))


def _is_shipped(console: Console, sheet: Sheet, entry: Entry) -> bool:
    return entry.key in shipped_rows(console.deps.shipped, sheet.key)


async def add(request: web.Request) -> web.StreamResponse:
    """Keep a new row, once it is confirmed."""
    sheet = _sheet(request)
    if not sheet.grows:
        raise web.HTTPNotFound
    return await _take(request, sheet, None)


async def change(request: web.Request) -> web.StreamResponse:
    """Keep a row, once it is confirmed."""
    sheet = _sheet(request)
    return await _take(request, sheet, await entry_of(request, sheet))


async def _take(request: web.Request, sheet: Sheet, entry: Entry | None) -> web.StreamResponse:
    console, sent = console_of(request), await forms.read_form(request)
    typed = {c.key: forms.words(sent, c.key, longest=LONGEST) for c in sheet.columns}
    if _has(sent, AGAIN):
        return await row_page(request, sheet, entry, typed)
    key = entry.key if entry else None
    shipped = console.deps.shipped
    try:
        values = read(sheet, typed, sheet_view.choices_of(console))
        if not _has(sent, SURE):
            async with console.reading() as session:
                await office_settings.check_row(session, shipped, sheet, key, values)
            return await _confirm(request, sheet, entry, values, typed)
        async with console.writing() as session:
            hand = Hand(staff_of(request), console.clock())
            await office_settings.save(session, shipped, sheet, key, values, hand)
    except FieldsError as error:
        return await row_page(request, sheet, entry, typed, faults=error.faults)
    except InUseError:
        return await row_page(request, sheet, entry, typed, in_use=True)
    return await _done(request, sheet, "pengaturan_disimpan")


def _has(sent: Sent, name: str) -> bool:
    return forms.words(sent, name, longest=5) == "ya"


async def _confirm(
    request: web.Request,
    sheet: Sheet,
    entry: Entry | None,
    values: Values | None,
    typed: Mapping[str, str],
) -> web.StreamResponse:
    """What would change; nothing is kept yet."""
    console = console_of(request)
    before = entry.values if entry else None
    key = entry.key if entry else ""
    return await page(
        request,
        "confirm.html",
        sheet=sheet,
        entry=entry,
        title=sheet_view.title_of(console, sheet, key, values or before or {}) if key else "",
        differences=differences_of(console, sheet, before, values),
        typed=typed,
        address=request.path,
        removing=values is None,
    )


async def remove(request: web.Request) -> web.StreamResponse:
    """Take a row out, once it is confirmed."""
    console, sheet = console_of(request), _sheet(request)
    entry = await entry_of(request, sheet)
    if not sheet.grows:
        raise web.HTTPNotFound
    if not _has(await forms.read_form(request), SURE):
        return await _confirm(request, sheet, entry, None, {})
    try:
        async with console.writing() as session:
            hand = Hand(staff_of(request), console.clock())
            await office_settings.remove(session, console.deps.shipped, sheet, entry.key, hand)
    except InUseError:
        typed = sheet_view.typed_of(sheet, entry.values)
        return await row_page(request, sheet, entry, typed, in_use=True)
    return await _done(request, sheet, "pengaturan_dihapus")


async def restore(request: web.Request) -> web.StreamResponse:
    """Let a row be as data/ has it; that can be changed again, so nobody is asked twice."""
    console, sheet, key = console_of(request), _sheet(request), request.match_info["baris"]
    try:
        async with console.writing() as session:
            hand = Hand(staff_of(request), console.clock())
            await office_settings.restore(session, console.deps.shipped, sheet, key, hand)
    except NoRowError:
        raise web.HTTPNotFound from None
    return await _done(request, sheet, "pengaturan_bawaan")


async def _done(request: web.Request, sheet: Sheet, notice: str) -> web.StreamResponse:
    """Let it count here at once, and go back to the sheet."""
    await refresh(console_of(request).deps)
    return redirect(request, "pengaturan_lembar", notice=notice, lembar=sheet.key)
