"""Marks, in the transaction that changes it, whatever was counted on a day that is over.

What happens is counted on the day on which it happens, and today is counted again and again. But
a case may go to another unit, be opened again, be rated days after it was asked: the figures of
earlier days then change too. Marks are only added, so nobody waits for anybody.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, attributes
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE

from actions.storage.case_tables import Case
from actions.storage.report_tables import FigureMark
from actions.storage.survey_tables import Survey, SurveyAnswer
from actions.storage.work_tables import Promise

_COUNTED_BY = (
    *("unit", "slug", "village", "channel", "late_cause"),
    *("first_answer_at", "answer_due_at", "closed_at", "met_on"),
)
_SETTLED_BY = ("outcome", "settled_on")


class MarkingSession(Session):
    """A session that adds such marks to what it writes."""


@event.listens_for(MarkingSession, "before_flush")
def _mark(session: Session, *_: Any) -> None:
    session.add_all([*_cases(session), *_surveys(session)])


def _cases(session: Session) -> Iterator[FigureMark]:
    """Marks for cases of which something else is counted than what was known before."""
    changed = {
        row.id if isinstance(row, Case) else row.case_id
        for row in session.dirty
        if (isinstance(row, Case) and _was_sent(row) and _differs(row, _COUNTED_BY))
        or (isinstance(row, Promise) and _differs(row, _SETTLED_BY))
    }
    return (FigureMark(case_id=case_id) for case_id in sorted(changed))


def _surveys(session: Session) -> Iterator[FigureMark]:
    """Marks for surveys that say something new; they count on the day of their invitation."""
    answered = {row.survey_id for row in session.new if isinstance(row, SurveyAnswer)}
    for row in session.dirty:
        if isinstance(row, SurveyAnswer):
            answered.add(row.survey_id)
        elif isinstance(row, Survey) and session.is_modified(row):
            answered.add(row.id)
    return (FigureMark(survey_id=survey_id) for survey_id in sorted(answered))


def _was_sent(case: Case) -> bool:
    """Whether it was more than a draft before."""
    return case.code is not None and not attributes.get_history(case, "code").added


def _differs(row: Any, names: tuple[str, ...]) -> bool:
    """Whether one of these had a value before, and has another one; unknown ones count too."""
    for name in names:
        history = attributes.get_history(row, name, PASSIVE_NO_INITIALIZE)
        if history.added and (not history.deleted or history.deleted[0] is not None):
            return True
    return False
