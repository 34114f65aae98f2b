"""What all reports have: period, unit and service from the address, and links that keep them.

"masa" is a period's key, or "dari" and "sampai" are two days; without either it is last month.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import figure_keeping
from actions.casework.figures import Scope
from actions.casework.rights import unit_of
from actions.casework.staff import Role
from actions.domain.period import (
    QUARTER_MONTHS,
    YEAR_MONTHS,
    BadPeriodError,
    Period,
    choices,
    month_of,
    read_period,
    read_range,
)
from actions.forms.show import MONTH_NAMES
from actions.storage.tables import Staff
from bot.console.context import Console, console_of, staff_of
from bot.console.presenters import called, unit_name, unit_names
from bot.console.render import page, show_short_date

TABS = ("", "terlambat", "layanan", "wilayah", "kepuasan", "bot", "petugas")
"""The reports: the name of the page after "laporan_", the first is "laporan" alone."""


FILES = {
    "laporan": ("unit.csv", "laporan.xlsx", "laporan.pdf", "papan.svg"),
    "laporan_terlambat": ("sebab.csv", "laporan.xlsx"),
    "laporan_layanan": ("layanan.csv", "laporan.xlsx"),
    "laporan_wilayah": ("desa.csv", "laporan.xlsx"),
    "laporan_kepuasan": ("kepuasan.csv", "laporan.xlsx", "kepuasan.pdf", "papan.svg"),
    "laporan_perkara": ("perkara.csv", "perkara.xlsx"),
}
"""What can be taken home from each report."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a report is about. `fault` says that the address named a period that is none."""

    request: web.Request
    console: Console
    staff: Staff
    today: date
    period: Period
    scope: Scope
    fault: bool = False

    @property
    def query(self) -> dict[str, str]:
        """What addresses carry on."""
        scope = {"unit": self.scope.unit, "layanan": self.scope.slug}
        own = unit_of(self.staff)
        return {"masa": self.period.key} | {
            name: text for name, text in scope.items() if text and text != own
        }

    def address(self, name: str, /, **more: str) -> str:
        """The address of another report on the same period, or of the same on something else."""
        return str(self.request.app.router[name].url_for().with_query({**self.query, **more}))

    def file(self, name: str, /, **more: str) -> str:
        """The address of a file of this report."""
        address = self.request.app.router["laporan_unduh"].url_for(unduhan=name)
        return str(address.with_query({**self.query, **more}))

    def cases(self, kind: str, part: str | None = None, /, **more: str) -> str:
        """The address of the cases behind a figure."""
        split = {} if part is None else {"bagian": part}
        return self.address("laporan_perkara", angka=kind, **split, **more)


def frame_of(request: web.Request) -> Frame:
    """Read what a report is about; units that somebody may not read are not found."""
    console, staff = console_of(request), staff_of(request)
    today = console.reference.today(console.clock())
    period, fault = _period(request, today)
    return Frame(request, console, staff, today, period, _scope(request, console, staff), fault)


def _period(request: web.Request, today: date) -> tuple[Period, bool]:
    query, usual = request.query, month_of(today).before
    try:
        if query.get("dari") or query.get("sampai"):
            return read_range(query.get("dari", ""), query.get("sampai", "")), False
        return (read_period(query["masa"]) if query.get("masa") else usual), False
    except BadPeriodError:
        return usual, True


def _scope(request: web.Request, console: Console, staff: Staff) -> Scope:
    catalogue, own = console.reference.catalogue, unit_of(staff)
    unit = request.query.get("unit") or None
    slug = request.query.get("layanan") or None
    known = slug in catalogue.services or slug in catalogue.complaints
    if (unit and unit not in catalogue.office.units) or (slug and not known):
        raise web.HTTPNotFound
    if own is not None and unit not in {None, own}:
        raise web.HTTPNotFound
    return Scope(own or unit, slug)


def period_name(console: Console, period: Period) -> str:
    """A period in words: "Oktober 2026", "Triwulan 4 tahun 2026"."""
    month, year = MONTH_NAMES[period.start.month - 1], period.start.year
    if period.months == YEAR_MONTHS:
        return console.word("laporan.setahun", tahun=year)
    if period.months == QUARTER_MONTHS:
        number = period.start.month // QUARTER_MONTHS + 1
        return console.word("laporan.triwulan", nomor=number, tahun=year)
    if period.months:
        return f"{month} {year}"
    first, last = show_short_date(period.start), show_short_date(period.end)
    return console.word("laporan.rentang", dari=first, sampai=last)


def scope_name(frame: Frame) -> str:
    """Whom a report is about, in words."""
    console, scope = frame.console, frame.scope
    unit = unit_name(console, scope.unit) if scope.unit else console.word("laporan.semua_unit")
    return f"{unit}, {called(console, scope.slug)}" if scope.slug else unit


def is_head(staff: Staff) -> bool:
    """Whether somebody heads one unit, and so may see what its officers do."""
    return staff.role == Role.SUPERVISOR and staff.unit is not None


def _services(frame: Frame) -> dict[str, str]:
    """The services and complaints to choose from, in the order of the alphabet."""
    catalogue, unit = frame.console.reference.catalogue, frame.scope.unit
    items = (*catalogue.services.items(), *catalogue.complaints.items())
    names = ((slug, item.called) for slug, item in items if unit in {None, item.unit})
    return dict(sorted(names, key=lambda entry: entry[1].casefold()))


def _periods(frame: Frame) -> Sequence[tuple[str, str]]:
    """The periods to choose from, that of the page among them."""
    known = choices(frame.today)
    known += [] if frame.period in known else [frame.period]
    return [(period.key, period_name(frame.console, period)) for period in known]


def _tabs(frame: Frame) -> list[tuple[str, str]]:
    """The reports that somebody may open: the name of the page, and that of its word."""
    shown = [tab for tab in TABS if tab != "petugas" or is_head(frame.staff)]
    return [(f"laporan_{tab}" if tab else "laporan", tab or "ringkasan") for tab in shown]


def _here(frame: Frame) -> str:
    """The page that the form of periods asks again; a plan is sent from that of satisfaction."""
    resource = frame.request.match_info.route.resource
    name = (resource.name or "") if resource else ""
    return "laporan_kepuasan" if name == "laporan_rencana" else name


async def counted_at(frame: Frame, session: AsyncSession) -> datetime | None:
    """When the figures were counted last; None where that was never, or the period is over."""
    last = min(frame.today, frame.period.end)
    return await figure_keeping.counted_at(session, last)


async def report(
    frame: Frame, template: str, *, counted: datetime | None = None, **context: Any
) -> web.StreamResponse:
    """Render a report in its frame."""
    own = unit_of(frame.staff)
    return await page(
        frame.request,
        template,
        frame=frame,
        counted=counted,
        period_name=period_name(frame.console, frame.period),
        scope_name=scope_name(frame),
        periods=_periods(frame),
        units={} if own is not None else unit_names(frame.console),
        services=_services(frame),
        tabs=_tabs(frame),
        here=_here(frame),
        files=FILES.get(_here(frame), ()),
        **context,
    )
