"""Surveys of those who were served, as citizens judge a unit: many marks, few words."""

from datetime import datetime, timedelta
from random import Random

from actions.casework.surveys import LOW, REMIND_AFTER
from actions.domain.survey import HIGHEST_SCORE, LOWEST_SCORE, Element
from actions.storage.tables import Case, Survey, SurveyAnswer
from bot.demo.scribe import SOON, Scribe, Told

ANSWERS, EAGER, COMMENTS, ALL_NINE = 0.4, 0.97, 0.35, 0.7
GOOD, SPREAD = (2.7, 3.8), 0.6


def survey(scribe: Scribe, told: Told, case: Case, invited: datetime, random: Random) -> int:
    """The survey of a finished case; the mark, 0 while nobody gave one."""
    eager = case.unit in scribe.officers
    answered = invited + timedelta(hours=random.expovariate(1 / 20) + 0.1)
    answers = random.random() < (EAGER if eager else ANSWERS) and answered < scribe.now
    mean = Random(f"{case.unit}").uniform(*GOOD)  # noqa: S311  a unit is as good as it is
    overall = _mark(mean, random) if answers else 0
    number, comment = scribe.number(Survey), None
    if answers and random.random() < COMMENTS:
        comment = random.choice(scribe.words.chat["komentar"][str(overall)])
        told.says(answered + timedelta(minutes=2), comment)
    reminded = invited + REMIND_AFTER
    late = reminded < (answered if answers else scribe.now)
    scribe.add(
        Survey,
        id=number,
        case_id=case.id,
        chat=case.chat,
        unit=case.unit,
        slug=case.slug,
        invited_at=invited,
        reminded_at=reminded if late else None,
        overall=overall or None,
        comment=comment,
        answered_at=answered if answers else None,
        closed_at=None,
    )
    called = scribe.reference.catalogue.item(case.slug).called
    told.hears(invited + SOON, scribe.text("survei.tanya", kode=case.code, hal=called))
    if answers and (eager or random.random() < ALL_NINE):
        for element in Element:
            mark = _mark((mean + overall) / 2, random)
            scribe.add(SurveyAnswer, survey_id=number, element=element, value=mark)
    return overall


def is_low(mark: int) -> bool:
    """Whether a mark leads to a human."""
    return 0 < mark <= LOW


def _mark(mean: float, random: Random) -> int:
    return min(max(round(random.gauss(mean, SPREAD)), LOWEST_SCORE), HIGHEST_SCORE)
