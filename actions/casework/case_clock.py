"""The clock of a case: it stops while the citizen is waited for, and promises are settled."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import promises
from actions.catalogue.reference import ReferenceData
from actions.domain import status as rules
from actions.domain.calendar import count_working_days
from actions.domain.status import Status
from actions.storage.tables import Case


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
        case.met_on = None
        await _promise_again(session, reference, case, today, now)


async def _pause(
    session: AsyncSession, reference: ReferenceData, case: Case, target: Status, today: date
) -> None:
    """Stop the clock, where its rule lets it, or give the days back that it stood still."""
    rule = reference.clock(case.clock_rule_id)
    if rules.pauses_clock(target) and (rule is None or rule.pauses):
        case.paused_on = case.paused_on or today
    elif case.paused_on is not None and case.due_on is not None:
        week = reference.catalogue.office.week
        lost = count_working_days(case.paused_on, today, week, reference.holidays)
        if lost:
            await promises.move_on(session, case, reference.due(case.due_on, lost))
        case.paused_on = None


async def _promise_again(
    session: AsyncSession, reference: ReferenceData, case: Case, today: date, now: datetime
) -> None:
    """Promise a case that is opened again as many working days as at first."""
    if case.submitted_at is None or case.promised_on is None:
        return
    begun, week = reference.today(case.submitted_at), reference.catalogue.office.week
    days = count_working_days(begun, case.promised_on, week, reference.holidays)
    promises.make(session, case, reference.due(today, days), now)
