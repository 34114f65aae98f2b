"""The ledger of promised dates: every one that a citizen was given, and what came of it."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.catalogue.reference import ReferenceData
from actions.domain.status import Actor
from actions.domain.work import EventKind, PromiseOutcome
from actions.storage.tables import Case, CaseEvent, Promise

LEAST_DAYS = 3
"""Working days that a new date lies ahead at least: a sooner one is broken again too easily."""


def make(session: AsyncSession, case: Case, due_on: date, now: datetime) -> None:
    """Promise a date for a case."""
    case.promised_on = case.promised_on or due_on
    case.due_on, case.next_on, case.reminded = due_on, None, 0
    session.add(Promise(case_id=case.id, made_at=now, due_on=due_on))


def said(case: Case) -> date | None:
    """The date that holds for a case, as its citizen knows it."""
    return case.next_on or case.due_on


async def standing(session: AsyncSession, case: Case) -> Promise | None:
    """The promise of a case that is neither kept nor broken yet."""
    last = select(Promise).where(Promise.case_id == case.id, Promise.outcome.is_(None))
    return await session.scalar(last.order_by(Promise.id.desc()).limit(1))


async def move_on(
    session: AsyncSession, reference: ReferenceData, case: Case, working_days: int
) -> None:
    """Give the days back that its citizen took: to what is promised, and to what was."""
    if case.due_on is None:
        return
    case.due_on = reference.due(case.due_on, working_days)
    if case.next_on is not None:
        case.next_on = reference.due(case.next_on, working_days)
    promise = await standing(session, case)
    if promise is not None:
        promise.due_on = said(case) or promise.due_on


async def settle(session: AsyncSession, case: Case, today: date, *, void: bool) -> None:
    """Write down what became of the standing promise on the day its case was done or ended."""
    promise = await standing(session, case)
    if promise is None:
        return
    late = today > promise.due_on
    kept = PromiseOutcome.VOID if void else PromiseOutcome.KEPT
    promise.outcome = PromiseOutcome.BROKEN if late else kept
    promise.settled_on = today


async def renew(
    session: AsyncSession, case: Case, new_date: date, *, today: date, now: datetime
) -> None:
    """Promise another date: the one before is broken once it is over, else void.

    `due_on` stays: how late a case is counts from what was promised before it was late.
    """
    await settle(session, case, today, void=True)
    case.next_on = new_date
    session.add(Promise(case_id=case.id, made_at=now, due_on=new_date))
    told = {"tanggal": new_date.isoformat()}
    session.add(
        CaseEvent(case_id=case.id, kind=EventKind.PROMISED, at=now, actor=Actor.SYSTEM, data=told)
    )


def is_over(case: Case, today: date) -> bool:
    """Whether the date that holds for a case has passed."""
    date_said = said(case)
    return date_said is not None and date_said < today


async def renew_if_over(
    session: AsyncSession, reference: ReferenceData, case: Case, now: datetime
) -> None:
    """Promise a case that ought to be done half of its working days more, three at least."""
    today = reference.today(now)
    if case.submitted_at is None or case.promised_on is None or not is_over(case, today):
        return
    begun = reference.today(case.submitted_at)
    half = -(-reference.working_days(begun, case.promised_on) // 2)
    new_date = reference.due(today, max(half, LEAST_DAYS))
    await renew(session, case, new_date, today=today, now=now)
