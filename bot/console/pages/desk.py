"""The desk: trays of cases by who must act."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import desk, ownership
from actions.casework.desk import MOST, PAGE, Tray, Wanted
from actions.domain.status import CaseKind
from actions.storage.tables import Case, Staff
from bot.console.context import Console, console_of, staff_of
from bot.console.desk_rows import rows_of
from bot.console.presenters import called, colleague, unit_names
from bot.console.render import page
from bot.console.tray_address import (
    fields_of,
    origin_of,
    read_place,
    read_wanted,
    show_place,
)

FIRST = (Tray.URGENT, Tray.ANSWERED, Tray.LATE, Tray.SENT_HERE, Tray.NEW, Tray.MINE)
"""Where an officer who asks for no tray begins: at the first of these with something in it."""
ALARMING = frozenset({Tray.URGENT, Tray.LATE})


@dataclass(frozen=True, slots=True)
class TrayLink:
    """One tray as an entry beside the list."""

    label: str
    count: str
    address: str
    current: bool
    alarming: bool


async def show(request: web.Request) -> web.StreamResponse:
    """The trays, and the cases of one."""
    console, staff = console_of(request), staff_of(request)
    today = console.reference.today(console.clock())
    async with console.reading() as session:
        filters = read_wanted(request.query, console, Tray.NEW)
        counts = await count_trays(session, request, filters)
        wanted = read_wanted(request.query, console, _first(counts))
        after = read_place(wanted.tray, request.query.get("sesudah", ""))
        found = await desk.cases(session, staff, wanted, today, after=after, limit=PAGE + 1)
        rows = await rows_of(session, console, found[:PAGE])
        peers = await ownership.peers(session, staff)
    return await page(
        request,
        "desk.html",
        rows=rows,
        peers=[(one.id, colleague(console, one)) for one in peers],
        wanted=wanted,
        trays=links_of(request, wanted, counts),
        following=_following(request, wanted, found),
        top=_address(request, wanted) if after else None,
        origin=origin_of(wanted),
        choices=_choices(console, staff),
        narrowed=wanted != Wanted(wanted.tray),
    )


async def count_trays(
    session: AsyncSession, request: web.Request, wanted: Wanted
) -> Counter[Tray]:
    """How much lies in each tray but the one of what is over."""
    console, staff = console_of(request), staff_of(request)
    today = console.reference.today(console.clock())
    counted = (tray for tray in Tray if tray is not Tray.DONE)
    return Counter(
        {t: await desk.count(session, staff, replace(wanted, tray=t), today) for t in counted}
    )


def _first(counts: Counter[Tray]) -> Tray:
    return next((tray for tray in FIRST if counts[tray]), Tray.NEW)


def _address(request: web.Request, wanted: Wanted, **more: str) -> str:
    return str(request.app.router["meja"].url_for().with_query(fields_of(wanted) | more))


def _following(request: web.Request, wanted: Wanted, found: Sequence[Case]) -> str | None:
    """The address of what comes behind this page; None at the end."""
    place = desk.place_of(wanted.tray, found[PAGE - 1]) if len(found) > PAGE else None
    return _address(request, wanted, sesudah=show_place(place)) if place else None


def links_of(request: web.Request, wanted: Wanted | None, counts: Counter[Tray]) -> list[TrayLink]:
    """The trays as links; None is wanted where the tray of escalations is open."""
    word, base = console_of(request).word, wanted or Wanted(Tray.NEW)
    return [
        TrayLink(
            label=word(f"meja.baki.{tray}"),
            count=_shown(counts[tray]) if tray in counts else "",
            address=_address(request, replace(base, tray=tray)),
            current=wanted is not None and tray is wanted.tray,
            alarming=tray in ALARMING and counts[tray] > 0,
        )
        for tray in Tray
    ]


def _shown(count: int) -> str:
    return str(count) if count < MOST else f"{MOST - 1}+"


def _choices(console: Console, staff: Staff) -> dict[str, dict[str, str]]:
    """What a tray can be narrowed by; the unit only for whoever sees more than one."""
    catalogue = console.reference.catalogue
    names = {slug: called(console, slug) for slug in [*catalogue.services, *catalogue.complaints]}
    return {
        "jenis": {str(kind): console.word(f"jenis.{kind}") for kind in CaseKind},
        "hal": dict(sorted(names.items(), key=lambda entry: entry[1].casefold())),
        "desa": {name: name for name in sorted(catalogue.office.villages)},
        "unit": {} if staff.unit else unit_names(console),
    }
