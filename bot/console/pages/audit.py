"""The audit search: who did or read what, by person, case and time. Only admins come here."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aiohttp import web

from actions.casework import audit_search, cases
from actions.casework import staff as accounts
from actions.casework.audit_search import DONE, LOOKED, SECURITY, Found, Place, Trace, Wanted
from actions.domain.codes import read_code
from actions.domain.work import EventKind
from actions.storage.tables import Case
from bot.console.context import Console, console_of
from bot.console.render import page
from bot.http import forms

LONGEST_CODE = 40
QUERY = ("akun", "perkara", "dari", "sampai")
FAULTS = NO_CASE, BAD_DAY = ("perkara_tidak_ada", "tanggal_salah")


@dataclass(frozen=True, slots=True)
class Line:
    """One line in words; `case_id` is the case that its code leads to."""

    at: datetime
    who: str
    source: str
    what: str
    about: str
    case_id: int | None


async def show(request: web.Request, *, code: str = "", fault: str = "") -> web.StreamResponse:
    """The newest lines of what is looked for."""
    console = console_of(request)
    wanted, after = _wanted(request, console), _place(request.query.get("setelah", ""))
    async with console.reading() as session:
        found = await audit_search.search(session, wanted, after=after)
        everybody = await accounts.everybody(session)
        case = await session.get(Case, wanted.case) if wanted.case else None
    return await page(
        request,
        "audit.html",
        status=422 if fault else 200,
        lines=[_line(console, found, trace) for trace in found.lines],
        accounts=everybody,
        wanted=wanted,
        code=code or (case.code if case and case.code else ""),
        begin=request.query.get("dari", ""),
        end=request.query.get("sampai", ""),
        fault=fault,
        older=_older(request, found.lines[-1].place) if found.more else None,
    )


def _wanted(request: web.Request, console: Console) -> Wanted:
    query = request.query
    until = _day(query.get("sampai", ""))
    return Wanted(
        account=forms.number(query.get("akun", ""), 0, most=10**12) or None,
        case=forms.number(query.get("perkara", ""), 0, most=10**15) or None,
        begin=_morning(console, _day(query.get("dari", ""))),
        end=_morning(console, until + timedelta(days=1) if until else None),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _morning(console: Console, day: date | None) -> datetime | None:
    """When a day begins at the office."""
    return console.reference.start_of(day) if day else None


def _place(text: str) -> Place | None:
    at, _, rest = text.partition("~")
    source, _, number = rest.partition("~")
    try:
        return Place(datetime.fromisoformat(at), source, int(number))
    except ValueError:
        return None


def _older(request: web.Request, last: Place) -> str:
    query = {name: request.query[name] for name in QUERY if request.query.get(name)}
    query["setelah"] = f"{last.at.isoformat()}~{last.source}~{last.id}"
    return str(request.app.router["pengaturan_jejak"].url_for().with_query(query))


def _line(console: Console, found: Found, trace: Trace) -> Line:
    code = found.codes.get(trace.case_id or 0, "")
    about = (
        found.names.get(int(trace.about), "") if trace.source == SECURITY and trace.about else code
    )
    return Line(
        at=trace.at,
        who=found.names.get(trace.staff_id or 0, "") or console.word("telusur.warga"),
        source=trace.source,
        what=_what(console, trace),
        about=about,
        case_id=trace.case_id if code else None,
    )


def _what(console: Console, trace: Trace) -> str:
    if trace.source == LOOKED:
        return console.word(f"jejak.{trace.what}")
    if trace.source == SECURITY:
        return console.word(f"kejadian.{trace.what}")
    if trace.source != DONE:
        sheet = console.word(f"pengaturan.lembar.{trace.what}.judul")
        return console.word("telusur.mengatur", lembar=sheet)
    if trace.what == EventKind.MOVED:
        return console.word("telusur.pindah", status=console.word(f"status.{trace.about}"))
    return console.word(f"peristiwa.{trace.what}")


async def find(request: web.Request) -> web.StreamResponse:
    """Go to the list of what was asked for; a code becomes the number of its case."""
    console, sent = console_of(request), await forms.read_form(request)
    query = {
        name: text
        for name in ("akun", "dari", "sampai")
        if (text := forms.words(sent, name, longest=12))
    }
    typed = forms.words(sent, "kode", longest=LONGEST_CODE)
    if any(_day(query[name]) is None for name in ("dari", "sampai") if name in query):
        return await show(request, code=typed, fault=BAD_DAY)
    if typed:
        code = read_code(typed, *console.reference.catalogue.office.code_prefixes)
        async with console.reading() as session:
            case = await cases.by_code(session, code) if code else None
        if case is None:
            return await show(request, code=typed, fault=NO_CASE)
        query["perkara"] = str(case.id)
    address = request.app.router["pengaturan_jejak"].url_for().with_query(query)
    return web.Response(status=303, headers={"Location": str(address)})
