"""What time alone does to cases: drafts are forgotten, unanswered questions close a case."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import attachments
from actions.casework.cases import SYSTEM, move
from actions.catalogue.reference import ReferenceData
from actions.domain.calendar import count_working_days
from actions.domain.status import CaseKind, Status
from actions.storage.case_indexes import DRAFTS, PAUSED
from actions.storage.tables import Case

DRAFT_KEPT = timedelta(days=14)
RETURNED_DAYS = 30
ANSWER_WORKING_DAYS = 10
AT_ONCE = 20
_GIVEN_UP = {CaseKind.REQUEST: Status.EXPIRED, CaseKind.COMPLAINT: Status.WITHDRAWN}


async def forget_drafts(session: AsyncSession, reference: ReferenceData, now: datetime) -> int:
    """Give up drafts that nobody has touched for two weeks, with what they hold.

    Files for which no form was begun go too.
    """
    await attachments.forget_early(session, now)
    old = select(Case).where(DRAFTS, Case.updated_at < now - DRAFT_KEPT)
    drafts = await _locked(session, old.order_by(Case.updated_at, Case.id))
    for draft in drafts:
        draft.answers = {}
        await move(session, reference, draft, _GIVEN_UP[CaseKind(draft.kind)], by=SYSTEM, now=now)
    return len(drafts)


async def close_returned(session: AsyncSession, reference: ReferenceData, now: datetime) -> int:
    """Close requests that were returned as incomplete and not completed within 30 days."""
    today = reference.today(now)
    before = today - timedelta(days=RETURNED_DAYS)
    old = await _locked(session, _paused(Status.INCOMPLETE, before))
    return await _move_all(session, reference, old, Status.EXPIRED, now)


async def close_unanswered(session: AsyncSession, reference: ReferenceData, now: datetime) -> int:
    """Close complaints whose citizen has not answered within ten working days."""
    closed, before = 0, _first_day(reference, reference.today(now))
    for waiting, target in (
        (Status.NEEDS_DETAIL, Status.WITHDRAWN),
        (Status.AWAITING_REPLY, Status.RESOLVED_SILENTLY),
    ):
        late = await _locked(session, _paused(waiting, before))
        closed += await _move_all(session, reference, late, target, now)
    return closed


def _first_day(reference: ReferenceData, today: date) -> date:
    """The first day since which no more than `ANSWER_WORKING_DAYS` have passed."""
    week, day = reference.catalogue.office.week, today
    while count_working_days(day, today, week, reference.holidays) <= ANSWER_WORKING_DAYS:
        day -= timedelta(days=1)
    return day + timedelta(days=1)


def _paused(status: Status, before: date) -> Select[Case]:
    """Cases whose citizen is waited for since before a day, the longest first."""
    since = select(Case).where(PAUSED, Case.status == status, Case.paused_on < before)
    return since.order_by(Case.paused_on, Case.id)


async def _locked(session: AsyncSession, oldest: Select[Case]) -> Sequence[Case]:
    """Some of these cases that nobody else works on at this moment."""
    some = oldest.limit(AT_ONCE).with_for_update(skip_locked=True)
    return (await session.scalars(some)).all()


async def _move_all(
    session: AsyncSession,
    reference: ReferenceData,
    cases: Sequence[Case],
    target: Status,
    now: datetime,
) -> int:
    for case in cases:
        await move(session, reference, case, target, by=SYSTEM, now=now)
    return len(cases)
