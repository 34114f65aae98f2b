"""What citizens say of the service, by PermenPANRB 14/2017, and what is done about it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import figures, survey_index, survey_plans
from actions.casework.survey_index import Answers
from actions.casework.survey_plans import EmptyPlanError, Plan
from actions.casework.surveys import SCORES
from actions.domain.figures import FigureKind
from actions.domain.period import Period
from actions.domain.survey import Element, Index
from actions.storage.tables import SurveyPlan
from bot.console.presenters import called, unit_name
from bot.console.render import show_decimal
from bot.console.reports.charts import bars, line
from bot.console.reports.frame import Frame, counted_at, frame_of, period_name, report
from bot.console.reports.parts import channel_name, village_name
from bot.http import forms

TREND = 6
LOWEST_INDEX, HIGHEST_INDEX = 25, 100
WORST = 3


@dataclass(frozen=True, slots=True)
class Line:
    """What was said of a unit or service."""

    key: str
    name: str
    answers: Answers

    @property
    def index(self) -> Index:
        """The index, and whether the sample suffices."""
        return self.answers.index


async def show(request: web.Request, *, status: int = 200, fault: str = "") -> web.StreamResponse:
    """The index of the period; a grade only where enough citizens answered."""
    frame = frame_of(request)
    async with frame.console.reading() as session:
        found = await survey_index.together(session, frame.period, frame.scope)
        units = await _lines(frame, session, "unit") if frame.scope.unit is None else []
        services = await _lines(frame, session, "slug") if frame.scope.slug is None else []
        trend = await survey_index.trend(session, frame.period, frame.scope, TREND)
        who = await _respondents(frame, session)
        plans = await _plans(frame, session)
        counted = await counted_at(frame, session)
    response = await report(
        frame,
        "report_survey.html",
        counted=counted,
        found=found,
        index=found.index,
        elements=elements(frame, found.index),
        bars=bars(_element_bars(frame, found.index)),
        worst=found.index.lowest(WORST) if found.index.sufficient else (),
        plans=plans,
        may_plan=frame.scope.unit is not None
        and survey_plans.may_plan(frame.staff, frame.scope.unit),
        lines={"unit": units, "layanan": services},
        trend=[(period_name(frame.console, period), said) for period, said in trend],
        chart=line(_points(frame, trend), LOWEST_INDEX, HIGHEST_INDEX),
        who=who,
        scores=SCORES,
        score_names={n: frame.console.reference.texts.plain(f"survei.nilai.{n}") for n in SCORES},
        problem=fault,
        kind=FigureKind,
    )
    response.set_status(status)
    return response


async def _lines(frame: Frame, session: AsyncSession, by: str) -> list[Line]:
    """The answers by "unit" or "slug", those of whom most were served first."""
    name = unit_name if by == "unit" else called
    found = await survey_index.answers(session, frame.period, frame.scope, by=by)
    lines = [Line(key, name(frame.console, key), said) for key, said in found.items()]
    return sorted(lines, key=lambda line: (-line.answers.invited, line.name))


async def _respondents(
    frame: Frame, session: AsyncSession
) -> list[tuple[str, list[tuple[str, int]]]]:
    """Who answered, as far as the bot knows: by way and by village."""
    found = []
    for kind, name, heading in (
        (FigureKind.RESPONDED_BY_CHANNEL, channel_name, "kanal"),
        (FigureKind.RESPONDED_BY_VILLAGE, village_name, "desa"),
    ):
        counts = await figures.split(session, kind, frame.period, frame.scope)
        parts = [(name(frame, part), count) for part, count in counts.most_common()]
        found.append((heading, parts))
    return found


async def _plans(frame: Frame, session: AsyncSession) -> dict[Element, SurveyPlan]:
    if frame.scope.unit is None:
        return {}
    return await survey_plans.plans(session, frame.scope.unit, frame.period)


def elements(frame: Frame, index: Index) -> list[tuple[Element, str, Decimal | None]]:
    """The nine elements: each with its name, and its mean score where anybody gave one."""
    word = frame.console.word
    return [(each, word(f"unsur.{each}"), index.nrr.get(each)) for each in Element]


def _element_bars(frame: Frame, index: Index) -> list[tuple[str, int, str]]:
    if not index.sufficient:
        return []
    return [
        (name, int(mean * 100), show_decimal(mean))
        for _, name, mean in elements(frame, index)
        if mean is not None
    ]


def _points(frame: Frame, trend: list[tuple[Period, Answers]]) -> list[tuple[str, float | None]]:
    """The indexes of enough answers; a period without leaves a gap."""
    return [
        (
            period_name(frame.console, period)[:3] if period.months == 1 else period.key[-7:],
            float(said.index.ikm) if said.index.sufficient and said.index.ikm else None,
        )
        for period, said in trend
    ]


async def plan(request: web.Request) -> web.StreamResponse:
    """Write down what is done about an element; for the head of the unit."""
    frame, sent = frame_of(request), await forms.read_form(request)
    console, unit = frame.console, frame.scope.unit
    if unit is None or not survey_plans.may_plan(frame.staff, unit):
        raise web.HTTPNotFound
    element = forms.words(sent, "unsur", longest=20)
    if element not in set(Element):
        raise web.HTTPNotFound
    try:
        wanted = _read_plan(sent)
        async with console.writing() as session:
            await survey_plans.save(
                session,
                frame.staff,
                unit=unit,
                period=frame.period,
                element=Element(element),
                plan=wanted,
                today=frame.today,
                now=console.clock(),
            )
    except (EmptyPlanError, ValueError):
        return await show(request, status=422, fault="rencana")
    address = frame.address("laporan_kepuasan")
    return web.Response(status=303, headers={"Location": f"{address}#rencana"})


def _read_plan(sent: forms.Sent) -> Plan:
    """Raises ValueError where the day is none."""
    return Plan(
        action=forms.words(sent, "apa", longest=survey_plans.LONGEST_ACTION),
        due_on=date.fromisoformat(forms.words(sent, "kapan", longest=10)),
        who=forms.words(sent, "siapa", longest=survey_plans.LONGEST_WHO),
        done=sent.get("selesai") == "ya",
    )


async def moved(request: web.Request) -> web.StreamResponse:
    """Lead from the address of before to where the survey is now."""
    raise web.HTTPMovedPermanently(request.app.router["laporan_kepuasan"].url_for())
