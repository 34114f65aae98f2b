"""The list of cases, and finding one by its code."""

from dataclasses import dataclass, replace

from aiohttp import web

from actions.casework import queues
from actions.casework.queues import PAGE, Counts, Wanted
from actions.domain.codes import read_code
from actions.domain.status import CaseKind, Meaning
from bot.console import forms
from bot.console.context import Console, console_of, staff_of
from bot.console.presenters import row_of, unit_names
from bot.console.render import page, redirect

LONGEST_CODE = 40
EVERYTHING = "semua"


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the figures above the list, which shows what it counts."""

    label: str
    count: int
    address: str
    current: bool
    alarming: bool = False


async def show(
    request: web.Request, *, status: int = 200, code: str = "", fault: bool = False
) -> web.StreamResponse:
    """The cases that are wanted, the most urgent first."""
    console, staff = console_of(request), staff_of(request)
    wanted, today = _wanted(request, console), console.reference.today(console.clock())
    async with console.reading() as session:
        total = await queues.how_many(session, staff, wanted, today)
        pages = max(-(-total // PAGE), 1)
        number = min(forms.number(request.query.get("hal", ""), 1, least=1), pages)
        found = await queues.cases(session, staff, wanted, today, page=number)
        counts = await queues.counts(session, staff, wanted, today)
    rows = [row_of(console, case, today) for case in found]
    return await page(
        request,
        "cases.html",
        status=status,
        rows=rows,
        total=total,
        wanted=wanted,
        tabs=_tabs(request, wanted, counts),
        units=_units(console, request),
        kinds=list(CaseKind),
        code=code,
        fault=fault,
        page_number=number,
        pages=pages,
        before=_address(request, wanted, number - 1) if number > 1 else None,
        after=_address(request, wanted, number + 1) if number < pages else None,
        hidden=_hidden_fields(wanted),
        narrowed=bool(wanted.unit or wanted.kind),
    )


def _wanted(request: web.Request, console: Console) -> Wanted:
    query = request.query
    meaning, kind, unit = query.get("arti"), query.get("jenis"), query.get("unit")
    return Wanted(
        meaning=Meaning(meaning) if meaning in set(Meaning) else None,
        everything=meaning == EVERYTHING,
        kind=CaseKind(kind) if kind in set(CaseKind) else None,
        unit=unit if unit in console.reference.catalogue.office.units else None,
        late=query.get("terlambat") == "1",
    )


def _query(wanted: Wanted) -> dict[str, str]:
    query: dict[str, str] = {}
    if wanted.meaning or wanted.everything:
        query["arti"] = wanted.meaning or EVERYTHING
    if wanted.unit:
        query["unit"] = wanted.unit
    if wanted.kind:
        query["jenis"] = wanted.kind
    if wanted.late:
        query["terlambat"] = "1"
    return query


def _address(request: web.Request, wanted: Wanted, number: int = 1) -> str:
    query = _query(wanted) | ({"hal": str(number)} if number > 1 else {})
    return str(request.app.router["permohonan"].url_for().with_query(query))


def _hidden_fields(wanted: Wanted) -> dict[str, str]:
    """What the filter's form must carry on."""
    return {key: text for key, text in _query(wanted).items() if key in {"arti", "terlambat"}}


def _tabs(request: web.Request, wanted: Wanted, counts: Counts) -> list[Tab]:
    word = console_of(request).word
    plain = Wanted(unit=wanted.unit, kind=wanted.kind)

    def tab(name: str, count: int, what: Wanted, *, alarming: bool = False) -> Tab:
        address = _address(request, what)
        return Tab(word(f"daftar.{name}"), count, address, what == wanted, alarming)

    return [
        tab("terbuka", counts.open, plain),
        tab("terlambat", counts.late, replace(plain, late=True), alarming=counts.late > 0),
        *(tab(m, counts.meanings[m], replace(plain, meaning=m)) for m in Meaning),
        tab(EVERYTHING, counts.everything, replace(plain, everything=True)),
    ]


def _units(console: Console, request: web.Request) -> dict[str, str]:
    """The units to choose from, for whoever sees more than one."""
    staff = staff_of(request)
    if staff.unit is not None and not queues.is_supervisor(staff):
        return {}
    return unit_names(console)


async def find(request: web.Request) -> web.StreamResponse:
    """Go to the case with the code that was typed; the code stays out of the address."""
    console = console_of(request)
    typed = forms.words(await forms.read_form(request), "kode", longest=LONGEST_CODE)
    code = read_code(typed, console.reference.catalogue.office.code_prefix)
    if code is not None:
        async with console.reading() as session:
            found = await queues.case_by_code(session, staff_of(request), code)
        if found is not None:
            return redirect(request, "permohonan_satu", id=str(found.id))
    return await show(request, status=404, code=typed, fault=True)
