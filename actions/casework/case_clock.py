"""The clock of a case: it stops while the citizen is waited for, and promises are settled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import promises, reminders
from actions.catalogue.reference import ReferenceData
from actions.domain import status as rules
from actions.domain.status import Status
from actions.storage.tables import Case


def begin(session: AsyncSession, reference: ReferenceData, case: Case, now: datetime) -> None:
    """Promise a date by the rule that is valid today; the case keeps that rule."""
    today = reference.today(now)
    rule, days = reference.clock_for(case.slug, today), reference.promised_days(case.slug, today)
    case.clock_rule_id = rule.id if rule else None
    promises.make(session, case, reference.due(today, days), now)


async def run(
    session: AsyncSession, reference: ReferenceData, case: Case, target: Status, now: datetime
) -> None:
    """Do to the promised date what moving to `target` does; before the case is moved."""
    today = reference.today(now)
    await _pause(session, reference, case, target, today)
    if case.submitted_at is None:
        return
    if rules.stops_clock(target) and case.met_on is None:
        case.met_on = today
        await promises.settle(session, case, today, void=not rules.keeps_promise(target))
    elif not rules.stops_clock(target) and case.met_on is not None:
        case.met_on = case.late_cause = None
        await _promise_again(session, reference, case, today, now)
    elif target in rules.RUNNING:
        await promises.renew_if_over(session, reference, case, now)
    reminders.wind(reference, case, target, now)


async def _pause(
    session: AsyncSession, reference: ReferenceData, case: Case, target: Status, today: date
) -> None:
    """Stop the clock, where its rule lets it, or give the days back that it stood still."""
    if rules.pauses_clock(target) and _may_pause(reference, case):
        case.paused_on = case.paused_on or today
    elif case.paused_on is not None and case.due_on is not None:
        lost = reference.working_days(case.paused_on, today)
        if lost:
            await promises.move_on(session, reference, case, lost)
        case.paused_on = None


def _may_pause(reference: ReferenceData, case: Case) -> bool:
    """Whether the rule that the case began under lets its clock stand still."""
    rule = reference.clock(case.clock_rule_id)
    return rule is None or rule.pauses


async def _promise_again(
    session: AsyncSession, reference: ReferenceData, case: Case, today: date, now: datetime
) -> None:
    """Promise a case that is opened again as many working days as at first."""
    if case.submitted_at is None or case.promised_on is None:
        return
    days = reference.working_days(reference.today(case.submitted_at), case.promised_on)
    promises.make(session, case, reference.due(today, days), now)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clock of a case shows, in working days; `left` is 0 once `late` is not."""

    used: int
    paused: int
    left: int
    late: int


def read(
    reference: ReferenceData, case: Case, moves: Sequence[tuple[datetime, Status]], today: date
) -> Reading | None:
    """Read the clock since the case was sent, or opened again; None without a promise.

    It stood still on the days that its citizen was waited for.
    """
    if case.submitted_at is None or case.due_on is None:
        return None
    end = case.met_on or (reference.today(case.closed_at) if case.closed_at else today)
    start, pauses = _pauses(reference, case.submitted_at, moves, end)
    if not _may_pause(reference, case):
        pauses = []
    paused = sum(reference.working_days(begun, ended) for begun, ended in pauses)
    stood = case.paused_on or end
    return Reading(
        used=max(reference.working_days(start, end) - paused, 0),
        paused=paused,
        left=reference.working_days(stood, case.due_on),
        late=reference.working_days(case.due_on, stood),
    )


def _pauses(
    reference: ReferenceData,
    since: datetime,
    moves: Sequence[tuple[datetime, Status]],
    end: date,
) -> tuple[date, list[tuple[date, date]]]:
    """When the clock was set going, and from when to when it stood still since."""
    again = [at for at, status in moves if status is Status.REOPENED]
    start = again[-1] if again else since
    days = [(reference.today(at), status) for at, status in moves if at >= start]
    ends = [day for day, _ in days[1:]] + [end]
    stops = [(day, until, status) for (day, status), until in zip(days, ends, strict=True)]
    return reference.today(start), [
        (day, until) for day, until, status in stops if rules.pauses_clock(status)
    ]
