"""An office at a glance, for its head: load, what falls due, the ladder, and handing over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import ownership, queues, rights, unit_board
from actions.casework.unit_board import Load, Sight, Which
from actions.storage.tables import Case, Staff, Transfer
from bot.console.context import Console, console_of, staff_of
from bot.console.presenters import Row, called, colleague, row_of, unit_name, unit_names
from bot.console.render import page
from bot.http import forms

SOON_DAYS = 3
CAUSES_OF = timedelta(days=90)
LONGEST_ID, LONGEST_NOTE = 15, 1000
NOBODY = "0"


@dataclass(frozen=True, slots=True)
class Typed:
    """The form for handing over, kept when it cannot be taken as it is."""

    giver: str = ""
    taker: str = ""
    which: str = Which.ALL
    note: str = ""


EMPTY = Typed()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's load by name; `gone` is an account that is closed."""

    key: str
    name: str
    load: Load
    gone: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What one unit waits for from another."""

    case: Case
    called: str
    kind: str
    giver: str
    taker: str
    note: str
    transfer: Transfer


async def show(request: web.Request) -> web.StreamResponse:
    """The unit of its head, or one of those that they oversee."""
    return await _page(request, _sight(request, request.query.get("unit", "")))


def _sight(request: web.Request, chosen: str) -> Sight:
    console, staff = console_of(request), staff_of(request)
    own, today = rights.unit_of(staff), console.reference.today(console.clock())
    known = chosen in console.reference.catalogue.office.units
    unit = own or (chosen if known else None)
    return Sight(staff, unit, today, console.reference.due(today, SOON_DAYS))


async def _page(
    request: web.Request,
    sight: Sight,
    *,
    typed: Typed = EMPTY,
    fault: str = "",
    done: tuple[int, int] | None = None,
) -> web.StreamResponse:
    console = console_of(request)
    async with console.reading() as session:
        context = await _gather(session, console, sight)
    return await page(
        request,
        "unit.html",
        status=422 if fault else 200,
        typed=typed,
        fault=fault,
        done=done,
        unit=sight.unit,
        unit_called=unit_name(console, sight.unit) or console.word("akun.semua_unit"),
        units={} if rights.unit_of(sight.staff) else unit_names(console),
        choices=list(Which),
        days=SOON_DAYS,
        longest=LONGEST_NOTE,
        most=unit_board.MOST_AT_ONCE,
        most_counted=unit_board.MOST_COUNTED,
        **context,
    )


async def _gather(session: AsyncSession, console: Console, sight: Sight) -> dict[str, Any]:
    loads = await unit_board.loads(session, sight)
    soon = await unit_board.due_soon(session, sight)
    ladder = await unit_board.on_the_ladder(session, sight)
    owners = {one.owner_id for one in loads}
    people = {one.id: one for one in await _people(session, sight)}
    names = await queues.names(session, owners)
    since = console.clock() - CAUSES_OF
    causes = await unit_board.causes(session, sight, since)
    questions = await unit_board.questions(session, sight)
    labels = console.reference.catalogue.office.late_causes
    return {
        "loads": [_person(console, one, names, people) for one in loads],
        "takers": [(str(one.id), colleague(console, one)) for one in people.values()],
        "soon": _rows(console, soon, names),
        "ladder": _rows(console, ladder, names),
        "causes": [(labels.get(key, key), number) for key, number in causes.most_common()],
        "causes_cut": causes.total() >= unit_board.MOST_COUNTED,
        "questions": [_question(console, transfer, case) for transfer, case in questions],
    }


async def _people(session: AsyncSession, sight: Sight) -> Sequence[Staff]:
    """Who may be given cases of the unit that is looked at."""
    peers = await ownership.peers(session, sight.staff)
    return [
        one for one in peers if sight.unit is None or rights.unit_of(one) in {None, sight.unit}
    ]


def _person(
    console: Console, load: Load, names: dict[int, str], active: dict[int, Staff]
) -> Person:
    if load.owner_id is None:
        return Person(NOBODY, console.word("papan.tanpa_petugas"), load, gone=False)
    name = names.get(load.owner_id, "")
    return Person(str(load.owner_id), name, load, gone=load.owner_id not in active)


def _rows(console: Console, cases: Sequence[Case], names: dict[int, str]) -> list[tuple[Row, str]]:
    return [(row_of(console, one), names.get(one.owner_id or 0, "")) for one in cases]


def _question(console: Console, transfer: Transfer, case: Case) -> Question:
    return Question(
        case,
        called(console, case.slug),
        console.word(f"papan.jenis.{transfer.kind}"),
        unit_name(console, transfer.from_unit),
        unit_name(console, transfer.to_unit),
        str(transfer.note or ""),
        transfer,
    )


async def hand_over(request: web.Request) -> web.StreamResponse:
    """Give cases of one officer, or those that nobody has, to another; most urgent first."""
    sent = await forms.read_form(request)
    sight = _sight(request, forms.words(sent, "unit", longest=40))
    typed = Typed(
        giver=forms.words(sent, "dari", longest=LONGEST_ID),
        taker=forms.words(sent, "kepada", longest=LONGEST_ID),
        which=forms.words(sent, "yang", longest=20),
        note=forms.words(sent, "catatan", longest=LONGEST_NOTE),
    )
    fault = _fault(typed)
    if fault:
        return await _page(request, sight, typed=typed, fault=fault)
    return await _hand_over(request, sight, typed)


def _fault(typed: Typed) -> str:
    if not typed.giver.isdecimal() or typed.which not in set(Which):
        return "serah_dari"
    return "serah_sama" if typed.giver == typed.taker else ""


async def _hand_over(request: web.Request, sight: Sight, typed: Typed) -> web.StreamResponse:
    console, giver = console_of(request), int(typed.giver) or None
    async with console.writing() as session:
        people = await _people(session, sight)
        taker = next((one for one in people if str(one.id) == typed.taker), None)
        ids = await unit_board.cases_of(session, sight, giver, Which(typed.which))
        if taker is not None and ids:
            outcome = await ownership.pass_on_all(
                session, ids, taker, by=sight.staff, now=console.clock(), note=typed.note
            )
    if taker is None:
        return await _page(request, sight, typed=typed, fault="serah_kepada")
    if not ids:
        return await _page(request, sight, typed=typed, fault="serah_kosong")
    return await _page(request, sight, done=(len(outcome.done), len(outcome.refused)))
