"""What citizens say of the service: the survey's index, unit by unit."""

from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from actions.casework import rights, survey_index
from actions.casework.survey_index import Result
from actions.casework.surveys import SCORES
from actions.domain.survey import Element
from bot.console import forms
from bot.console.context import Console, console_of, staff_of
from bot.console.presenters import unit_name
from bot.console.render import page, show_decimal

FIRST_YEAR = 2020
QUARTERS = (1, 2, 3, 4)
MONTHS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A unit's result with labels; `lowest` are the elements to work on."""

    unit: str
    result: Result
    lowest: list[str]
    elements: list[tuple[str, str]]


async def show(request: web.Request) -> web.StreamResponse:
    """The index of a year or quarter, for the officer's unit or for all that were rated."""
    console, staff = console_of(request), staff_of(request)
    today = console.reference.today(console.clock())
    year = forms.number(
        request.query.get("tahun", ""), today.year, least=FIRST_YEAR, most=today.year
    )
    quarter = forms.number(request.query.get("triwulan", ""), 0, most=len(QUARTERS))
    unit = rights.unit_of(staff)
    units = [unit] if unit else list(console.reference.catalogue.office.units)
    start, end = _period(console, year, quarter)
    async with console.reading() as session:
        found = await survey_index.results(session, units, start, end)
    rows = [_row(console, result) for result in found if result.served]
    return await page(
        request,
        "survey.html",
        rows=rows,
        year=year,
        quarter=quarter,
        quarters=QUARTERS,
        years=range(today.year, FIRST_YEAR - 1, -1),
        scores=SCORES,
        score_names={n: console.reference.texts.plain(f"survei.nilai.{n}") for n in SCORES},
    )


def _period(console: Console, year: int, quarter: int) -> tuple[datetime, datetime]:
    """The first moment of the period, and the first after it, on the office's clock."""
    first, last = (MONTHS * (quarter - 1), MONTHS * quarter) if quarter else (0, 12)
    years, month = divmod(last, 12)
    zone = console.reference.zone
    start = datetime(year, first + 1, 1, tzinfo=zone)
    return start, datetime(year + years, month + 1, 1, tzinfo=zone)


def _row(console: Console, result: Result) -> Row:
    names = {element: console.word(f"unsur.{element}") for element in Element}
    return Row(
        unit=unit_name(console, result.unit),
        result=result,
        lowest=[names[element] for element in result.index.lowest()],
        elements=[(names[e], show_decimal(mean)) for e, mean in result.index.nrr.items()],
    )
