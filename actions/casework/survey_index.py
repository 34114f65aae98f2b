"""What citizens said of the service in a period, unit by unit: the survey's index."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.domain.survey import Element, Index, index
from actions.storage.tables import Survey, SurveyAnswer


@dataclass(frozen=True, slots=True)
class Result:
    """A unit's index, how many were served (and so invited), and the single scores 1 to 4."""

    unit: str
    index: Index
    served: int
    scores: Counter[int]


async def results(
    session: AsyncSession, units: Sequence[str], start: datetime, end: datetime
) -> list[Result]:
    """One result a unit, in the order given, units without anybody served included."""
    served, scores = await _invited(session, units, start, end)
    answers = await _answers(session, units, start, end)
    return [
        Result(unit, index(answers[unit].values(), served[unit]), served[unit], scores[unit])
        for unit in units
    ]


async def _invited(
    session: AsyncSession, units: Sequence[str], start: datetime, end: datetime
) -> tuple[Counter[str], dict[str, Counter[int]]]:
    rows = await session.execute(
        select(Survey.unit, Survey.overall).where(
            Survey.unit.in_(units), Survey.invited_at >= start, Survey.invited_at < end
        )
    )
    served: Counter[str] = Counter()
    scores: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for unit, score in rows:
        served[unit] += 1
        if score is not None:
            scores[unit][score] += 1
    return served, scores


async def _answers(
    session: AsyncSession, units: Sequence[str], start: datetime, end: datetime
) -> dict[str, dict[int, dict[Element, int]]]:
    rows = await session.execute(
        select(Survey.unit, Survey.id, SurveyAnswer.element, SurveyAnswer.value)
        .join(Survey, Survey.id == SurveyAnswer.survey_id)
        .where(Survey.unit.in_(units), Survey.invited_at >= start, Survey.invited_at < end)
    )
    answers: defaultdict[str, dict[int, dict[Element, int]]] = defaultdict(dict)
    for unit, survey_id, element, value in rows:
        answers[unit].setdefault(survey_id, {})[Element(element)] = value
    return answers
