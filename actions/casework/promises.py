"""The ledger of promised dates: every one that a citizen was given, and what came of it."""

from datetime import UTC, date, datetime, time

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.catalogue.reference import ReferenceData
from actions.domain.status import Actor
from actions.domain.terms import Deadline, Measure
from actions.domain.work import EventKind, PromiseOutcome
from actions.forms.show import show_day
from actions.storage.tables import Case, CaseEvent, Promise

LEAST_DAYS = 3
"""Working days that a new date lies ahead at least: a sooner one is broken again too easily."""


def make(session: AsyncSession, case: Case, deadline: Deadline, now: datetime) -> None:
    """Promise a date for a case, or a moment of it."""
    case.promised_on = case.promised_on or deadline.on
    case.next_on, case.reminded = None, 0
    _set(case, deadline)
    session.add(Promise(case_id=case.id, made_at=now, due_on=case.due_on, due_at=case.due_at))


def _set(case: Case, deadline: Deadline) -> None:
    case.due_on, case.due_at = deadline.on, deadline.at and deadline.at.astimezone(UTC)


def said(case: Case) -> date | None:
    """The date that holds for a case, as its citizen knows it."""
    return case.next_on or case.due_on


def in_words(reference: ReferenceData, case: Case) -> str:
    """The date that holds, with the hour where hours are counted; nothing without one."""
    day = said(case)
    if day is None or case.next_on is not None:
        return show_day(day) if day else ""
    return first_in_words(reference, case)


def first_in_words(reference: ReferenceData, case: Case) -> str:
    """The date that was promised before the case was late; nothing without one."""
    day = show_day(case.due_on) if case.due_on else ""
    at = hour(reference, case)
    return reference.texts.plain("lama.pukul", tanggal=day, jam=at) if at else day


def hour(reference: ReferenceData, case: Case) -> str:
    """At which hour a promise ends that counts hours: "14.00"; nothing of another."""
    return f"{reference.local(case.due_at):%H.%M}" if case.due_at else ""


def end(reference: ReferenceData, case: Case) -> datetime | None:
    """The last moment of what was promised, on the office's clock."""
    if case.due_at is not None:
        return reference.local(case.due_at)
    return datetime.combine(case.due_on, time.max, reference.zone) if case.due_on else None


async def standing(session: AsyncSession, case: Case) -> Promise | None:
    """The promise of a case that is neither kept nor broken yet."""
    last = select(Promise).where(Promise.case_id == case.id, Promise.outcome.is_(None))
    return await session.scalar(last.order_by(Promise.id.desc()).limit(1))


async def move_on(
    session: AsyncSession, reference: ReferenceData, case: Case, since: datetime, now: datetime
) -> None:
    """Give the time back that its citizen took: to what is promised, and to what was."""
    if case.due_on is None:
        return
    begun, ended = reference.local(since), reference.local(now)
    measure, calendar = reference.measure(case.clock_rule_id), reference.calendar(case.unit)
    at = case.due_at and reference.local(case.due_at)
    lost = calendar.passed(begun, ended, measure)
    _set(case, calendar.put_off(Deadline(case.due_on, at), lost, measure))
    if case.next_on is not None:
        days = Measure.DAYS if measure is Measure.DAYS else Measure.WORKING_DAYS
        lost = calendar.passed(begun, ended, days)
        case.next_on = calendar.put_off(Deadline(case.next_on), lost, days).on
    promise = await standing(session, case)
    if promise is not None:
        promise.due_on = said(case) or promise.due_on
        promise.due_at = case.due_at if case.next_on is None else None


async def settle(
    session: AsyncSession, reference: ReferenceData, case: Case, now: datetime, *, void: bool
) -> None:
    """Write down what became of the standing promise when its case was done or ended."""
    promise, today = await standing(session, case), reference.today(now)
    if promise is None:
        return
    late = now > promise.due_at if promise.due_at is not None else today > promise.due_on
    kept = PromiseOutcome.VOID if void else PromiseOutcome.KEPT
    promise.outcome = PromiseOutcome.BROKEN if late else kept
    promise.settled_on = today


async def renew(
    session: AsyncSession, reference: ReferenceData, case: Case, new_date: date, now: datetime
) -> None:
    """Promise another date: the one before is broken once it is over, else void.

    `due_on` stays: how late a case is counts from what was promised before it was late.
    """
    await settle(session, reference, case, now, void=True)
    case.next_on = new_date
    session.add(Promise(case_id=case.id, made_at=now, due_on=new_date))
    told = {"tanggal": new_date.isoformat()}
    session.add(
        CaseEvent(case_id=case.id, kind=EventKind.PROMISED, at=now, actor=Actor.SYSTEM, data=told)
    )


def is_over(reference: ReferenceData, case: Case, now: datetime) -> bool:
    """Whether the date that holds for a case has passed, or its moment."""
    if case.next_on is None and case.due_at is not None:
        return case.due_at < now
    date_said = said(case)
    return date_said is not None and date_said < reference.today(now)


async def renew_if_over(
    session: AsyncSession, reference: ReferenceData, case: Case, now: datetime
) -> None:
    """Promise a case that ought to be done half of its working days more, three at least."""
    if case.submitted_at is None or case.promised_on is None:
        return
    if not is_over(reference, case, now):
        return
    begun = reference.today(case.submitted_at)
    half = -(-reference.working_days(begun, case.promised_on) // 2)
    new_date = reference.due(reference.today(now), max(half, LEAST_DAYS))
    await renew(session, reference, case, new_date, now)
