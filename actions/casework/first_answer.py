"""The clock of the first answer: until when an officer has to turn to what was sent.

Only where a rule says so. It is met once an officer moves the case or writes to its citizen; it
never stands still, since nobody can wait for a citizen who was told nothing yet.
"""

from datetime import UTC, datetime, timedelta

from actions.catalogue.reference import ReferenceData
from actions.domain.calendar import add_working_minutes, working_minutes
from actions.domain.clocks import Stage
from actions.domain.status import is_open, status_of
from actions.domain.terms import Measure, Term, term_of
from actions.forms.show import show_day
from actions.storage.tables import Case

STEPS = (50, 80, 100)
"""Percent of the working time after which officers are told, as of the clock of the whole."""


def begin(reference: ReferenceData, case: Case, now: datetime) -> None:
    """Set the clock by the rule that is valid today, if there is one; the case keeps it."""
    rule = reference.clock_for(case.slug, reference.today(now), Stage.ANSWER)
    if rule is None:
        return
    deadline = reference.calendar(case.unit).after(reference.local(now), rule.term)
    midnight = reference.start_of(deadline.on + timedelta(days=1))
    case.answer_rule_id, case.answer_reminded = rule.id, 0
    case.answer_due_at = (deadline.at or midnight).astimezone(UTC)


def given(case: Case, now: datetime) -> None:
    """Note that an officer has turned to its citizen, the first time."""
    if case.submitted_at is not None and case.first_answer_at is None:
        case.first_answer_at = now


def is_waited_for(case: Case) -> bool:
    """Whether the clock of the first answer runs."""
    waits = case.answer_due_at is not None and case.first_answer_at is None
    return waits and is_open(status_of(case.status))


def is_late(case: Case, now: datetime) -> bool:
    """Whether nobody has answered in time."""
    return is_waited_for(case) and case.answer_due_at is not None and case.answer_due_at <= now


def late_by(reference: ReferenceData, case: Case, now: datetime) -> Term | None:
    """By how much an answer is late that nobody has given; None while it is in time."""
    due = case.answer_due_at
    if due is None or not is_late(case, now):
        return None
    measure = reference.measure(case.answer_rule_id)
    # What is due on a day ends with that day, so that the day itself is not counted.
    since = reference.local(due) - timedelta(microseconds=measure is not Measure.WORKING_HOURS)
    lost = reference.calendar(case.unit).passed(since, reference.local(now), measure)
    return term_of(lost, measure)


def next_step(reference: ReferenceData, case: Case) -> datetime | None:
    """When the first step comes that nobody was told of; None where nobody waits."""
    if not is_waited_for(case):
        return None
    step = next((step for step in STEPS if step > (case.answer_reminded or 0)), None)
    return None if step is None else _moment(reference, case, step)


def passed(reference: ReferenceData, case: Case, now: datetime) -> int:
    """The last step that the clock has reached; 0 before the first, and where nobody waits."""
    if not is_waited_for(case):
        return 0
    return max((step for step in STEPS if _moment(reference, case, step) <= now), default=0)


def _moment(reference: ReferenceData, case: Case, step: int) -> datetime:
    begun = reference.local(case.submitted_at or case.created_at)
    due = reference.local(case.answer_due_at or case.created_at)
    hours, holidays = reference.hours_of(case.unit), reference.holidays
    ahead = working_minutes(begun, due, hours, holidays) * step // 100
    moment = add_working_minutes(begun, ahead, hours, holidays) if step < STEPS[-1] else due
    return (moment or due).astimezone(UTC)


def limit_in_words(reference: ReferenceData, case: Case) -> str:
    """Until when an answer is due, as people say it; nothing without a rule."""
    if case.answer_due_at is None:
        return ""
    due = reference.local(case.answer_due_at)
    if reference.measure(case.answer_rule_id) is Measure.WORKING_HOURS:
        hour = f"{due:%H.%M}"
        return reference.texts.plain("lama.pukul", tanggal=show_day(due.date()), jam=hour)
    return show_day(due.date() - timedelta(days=1))
