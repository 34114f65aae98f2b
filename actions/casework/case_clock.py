"""The clock of a case: it stops while the citizen is waited for, and promises are settled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import first_answer, promises, reminders
from actions.catalogue.reference import ReferenceData
from actions.domain import status as rules
from actions.domain.status import Status
from actions.domain.terms import Measure, Term, term_of
from actions.storage.tables import Case


def begin(session: AsyncSession, reference: ReferenceData, case: Case, now: datetime) -> None:
    """Promise a date by the rule that is valid today; the case keeps that rule."""
    today = reference.today(now)
    rule = reference.clock_for(case.slug, today)
    case.clock_rule_id = rule.id if rule else None
    _promise(session, reference, case, reference.promised(case.slug, today), now)
    first_answer.begin(reference, case, now)


def _promise(
    session: AsyncSession, reference: ReferenceData, case: Case, term: Term, now: datetime
) -> None:
    deadline = reference.calendar(case.unit).after(reference.local(now), term)
    promises.make(session, case, deadline, now)


async def run(
    session: AsyncSession, reference: ReferenceData, case: Case, target: Status, now: datetime
) -> None:
    """Do to the promised date what moving to `target` does; before the case is moved."""
    await _pause(session, reference, case, target, now)
    if case.submitted_at is None:
        return
    if rules.stops_clock(target) and case.met_on is None:
        case.met_on = reference.today(now)
        void = not rules.keeps_promise(target)
        await promises.settle(session, reference, case, now, void=void)
    elif not rules.stops_clock(target) and case.met_on is not None:
        case.met_on = case.late_cause = None
        _promise_again(session, reference, case, now)
    elif target in rules.RUNNING:
        await promises.renew_if_over(session, reference, case, now)
    reminders.wind(reference, case, target, now)


async def _pause(
    session: AsyncSession, reference: ReferenceData, case: Case, target: Status, now: datetime
) -> None:
    """Stop the clock, where its rule lets it, or give the time back that it stood still."""
    if rules.pauses_clock(target) and _may_pause(reference, case):
        case.paused_on = case.paused_on or reference.today(now)
        case.paused_at = case.paused_at or now
    elif case.paused_on is not None and case.due_on is not None:
        since = stands_since(reference, case) or now
        await promises.move_on(session, reference, case, since, now)
        case.paused_on = case.paused_at = None


def stands_since(reference: ReferenceData, case: Case) -> datetime | None:
    """Since when the clock stands still; of one that was stopped long ago the day is known."""
    if case.paused_on is None:
        return None
    return case.paused_at or reference.start_of(case.paused_on)


def _may_pause(reference: ReferenceData, case: Case) -> bool:
    """Whether the rule that the case began under lets its clock stand still."""
    rule = reference.clock(case.clock_rule_id)
    return rule is None or rule.pauses


def _promise_again(
    session: AsyncSession, reference: ReferenceData, case: Case, now: datetime
) -> None:
    """Promise a case that is opened again as much time as at first."""
    if case.submitted_at is None or case.promised_on is None:
        return
    rule = reference.clock(case.clock_rule_id)
    begun = reference.today(case.submitted_at)
    term = rule.term if rule else Term(reference.working_days(begun, case.promised_on))
    _promise(session, reference, case, term, now)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clock of a case shows in its measure; `left` is 0 once `late` is not."""

    used: int
    paused: int
    left: int
    late: int
    measure: Measure = Measure.WORKING_DAYS

    def term(self, length: int) -> Term:
        """One of the numbers with what it counts."""
        return Term(length, self.measure)


def read(
    reference: ReferenceData,
    case: Case,
    moves: Sequence[tuple[datetime, Status]],
    now: datetime,
) -> Reading | None:
    """Read the clock since the case was sent, or opened again; None without a promise.

    It stood still on the days, or in the hours, that its citizen was waited for.
    """
    due = promises.end(reference, case)
    if case.submitted_at is None or due is None:
        return None
    met = _met(moves) if case.met_on else None
    end = met or case.closed_at or now
    start, pauses = _pauses(case.submitted_at, moves, end)
    calendar, measure = reference.calendar(case.unit), reference.measure(case.clock_rule_id)

    def between(since: datetime, until: datetime) -> int:
        return calendar.passed(reference.local(since), reference.local(until), measure)

    stood = sum(between(*pause) for pause in pauses) if _may_pause(reference, case) else 0
    last = stands_since(reference, case) or end
    used = max(between(start, end) - stood, 0)
    minutes_or_days = (used, stood, between(last, due), between(due, last))
    used, stood, left, late = (term_of(each, measure).length for each in minutes_or_days)
    return Reading(used, stood, left, late, measure)


def _met(moves: Sequence[tuple[datetime, Status]]) -> datetime | None:
    """When the status was reached that met the promise: the first of those at the end."""
    met = None
    for at, status in reversed(moves):
        if not rules.stops_clock(status):
            break
        met = at
    return met


def _pauses(
    since: datetime, moves: Sequence[tuple[datetime, Status]], end: datetime
) -> tuple[datetime, list[tuple[datetime, datetime]]]:
    """When the clock was set going, and from when to when it stood still since."""
    again = [at for at, status in moves if status is Status.REOPENED]
    start = again[-1] if again else since
    later = [(at, status) for at, status in moves if at >= start]
    ends = [at for at, _ in later[1:]] + [end]
    stops = [(at, until, status) for (at, status), until in zip(later, ends, strict=True)]
    return start, [(at, until) for at, until, status in stops if rules.pauses_clock(status)]
