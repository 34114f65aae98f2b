"""The ledger of promised dates: every one that a citizen was given, and what came of it."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.domain.work import PromiseOutcome
from actions.storage.tables import Case, Promise


def make(session: AsyncSession, case: Case, due_on: date, now: datetime) -> None:
    """Promise a date for a case."""
    case.promised_on = case.promised_on or due_on
    case.due_on = due_on
    session.add(Promise(case_id=case.id, made_at=now, due_on=due_on))


def said(case: Case) -> date | None:
    """The date that holds for a case, as its citizen knows it."""
    return case.next_on or case.due_on


async def standing(session: AsyncSession, case: Case) -> Promise | None:
    """The promise of a case that is neither kept nor broken yet."""
    last = select(Promise).where(Promise.case_id == case.id, Promise.outcome.is_(None))
    return await session.scalar(last.order_by(Promise.id.desc()).limit(1))


async def move_on(session: AsyncSession, case: Case, due_on: date) -> None:
    """Give the standing promise the days back that its citizen took."""
    case.due_on = due_on
    promise = await standing(session, case)
    if promise is not None:
        promise.due_on = due_on


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
    session: AsyncSession, case: Case, due_on: date, *, today: date, now: datetime
) -> None:
    """Promise another date: the one before is broken once it is over, else void."""
    await settle(session, case, today, void=True)
    make(session, case, due_on, now)
