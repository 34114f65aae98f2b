"""The clock of a case: it stops while the citizen is waited for, and promises are settled."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import promises, reminders
from actions.catalogue.reference import ReferenceData
from actions.domain import status as rules
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
        case.met_on = case.late_cause = None
        await _promise_again(session, reference, case, today, now)
    elif target in rules.RUNNING:
        await promises.renew_if_over(session, reference, case, now)
    reminders.wind(reference, case, target, now)


async def _pause(
    session: AsyncSession, reference: ReferenceData, case: Case, target: Status, today: date
) -> None:
    """Stop the clock, or give the days back that it stood still."""
    if rules.pauses_clock(target):
        case.paused_on = case.paused_on or today
    elif case.paused_on is not None and case.due_on is not None:
        lost = reference.working_days(case.paused_on, today)
        if lost:
            await promises.move_on(session, reference, case, lost)
        case.paused_on = None


async def _promise_again(
    session: AsyncSession, reference: ReferenceData, case: Case, today: date, now: datetime
) -> None:
    """Promise a case that is opened again as many working days as at first."""
    if case.submitted_at is None or case.promised_on is None:
        return
    days = reference.working_days(reference.today(case.submitted_at), case.promised_on)
    promises.make(session, case, reference.due(today, days), now)
