"""What time alone does to cases: drafts are forgotten, unanswered questions close a case."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import attachments
from actions.casework.cases import SYSTEM, move
from actions.catalogue.reference import ReferenceData
from actions.domain.calendar import count_working_days
from actions.domain.status import CaseKind, Status
from actions.storage.tables import Case

DRAFT_KEPT = timedelta(days=14)
RETURNED_DAYS = 30
ANSWER_WORKING_DAYS = 10
AT_MOST = 200
_GIVEN_UP = {CaseKind.REQUEST: Status.EXPIRED, CaseKind.COMPLAINT: Status.WITHDRAWN}


async def forget_drafts(session: AsyncSession, reference: ReferenceData, now: datetime) -> int:
    """Give up drafts that nobody has touched for two weeks, with what they hold.

    Files for which no form was begun go too.
    """
    await attachments.forget_early(session, now)
    old = (Case.status == Status.DRAFT, Case.updated_at < now - DRAFT_KEPT)
    drafts = await _locked(session, old)
    for draft in drafts:
        draft.answers = {}
        await move(session, reference, draft, _GIVEN_UP[CaseKind(draft.kind)], by=SYSTEM, now=now)
    return len(drafts)


async def close_returned(session: AsyncSession, reference: ReferenceData, now: datetime) -> int:
    """Close requests that were returned as incomplete and not completed within 30 days."""
    today = reference.today(now)
    before = today - timedelta(days=RETURNED_DAYS)
    old = (Case.status == Status.INCOMPLETE, Case.paused_on < before)
    return await _move_all(session, reference, await _locked(session, old), Status.EXPIRED, now)


async def close_unanswered(session: AsyncSession, reference: ReferenceData, now: datetime) -> int:
    """Close complaints whose citizen has not answered within ten working days."""
    closed = 0
    for waiting, target in (
        (Status.NEEDS_DETAIL, Status.WITHDRAWN),
        (Status.AWAITING_REPLY, Status.RESOLVED_SILENTLY),
    ):
        found = await _locked(session, (Case.status == waiting,))
        late = [
            case for case in found if _is_overdue(reference, case.paused_on, reference.today(now))
        ]
        closed += await _move_all(session, reference, late, target, now)
    return closed


def _is_overdue(reference: ReferenceData, since: date | None, today: date) -> bool:
    if since is None:
        return False
    week = reference.catalogue.office.week
    return count_working_days(since, today, week, reference.holidays) > ANSWER_WORKING_DAYS


async def _locked(session: AsyncSession, which: Iterable[ColumnElement[bool]]) -> Sequence[Case]:
    """The oldest of these cases that nobody else works on at this moment."""
    oldest = select(Case).where(*which).order_by(Case.updated_at).limit(AT_MOST)
    return (await session.scalars(oldest.with_for_update(skip_locked=True))).all()


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
