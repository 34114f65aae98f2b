"""What time alone does to cases: drafts are forgotten, unanswered questions close a case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.requests import SYSTEM, move
from actions.domain.calendar import count_working_days
from actions.domain.status import CaseKind, Status
from actions.hall import Hall
from actions.storage.tables import Attachment, Request

DRAFT_KEPT = timedelta(days=14)
RETURNED_DAYS = 30
ANSWER_WORKING_DAYS = 10
AT_MOST = 200
_GIVEN_UP = {CaseKind.REQUEST: Status.EXPIRED, CaseKind.COMPLAINT: Status.WITHDRAWN}


async def forget_drafts(session: AsyncSession, hall: Hall, now: datetime) -> int:
    """Give up drafts that nobody has touched for two weeks, with what they hold."""
    old = (Request.status == Status.DRAFT, Request.updated_at < now - DRAFT_KEPT)
    drafts = await _locked(session, old)
    for draft in drafts:
        draft.answers, draft.nik_hash = {}, None
        await move(session, hall, draft, _GIVEN_UP[CaseKind(draft.kind)], by=SYSTEM, now=now)
    ids = [draft.id for draft in drafts]
    await session.execute(delete(Attachment).where(Attachment.request_id.in_(ids)))
    return len(drafts)


async def close_returned(session: AsyncSession, hall: Hall, now: datetime) -> int:
    """Close requests that were returned as incomplete and not completed within 30 days."""
    today = hall.today(now)
    before = today - timedelta(days=RETURNED_DAYS)
    old = (Request.status == Status.INCOMPLETE, Request.paused_on < before)
    return await _move_all(session, hall, await _locked(session, old), Status.EXPIRED, now)


async def close_unanswered(session: AsyncSession, hall: Hall, now: datetime) -> int:
    """Close complaints whose citizen has not answered within ten working days."""
    closed = 0
    for waiting, target in (
        (Status.NEEDS_DETAIL, Status.WITHDRAWN),
        (Status.AWAITING_REPLY, Status.RESOLVED_SILENTLY),
    ):
        found = await _locked(session, (Request.status == waiting,))
        late = [case for case in found if _is_overdue(hall, case.paused_on, hall.today(now))]
        closed += await _move_all(session, hall, late, target, now)
    return closed


def _is_overdue(hall: Hall, since: date | None, today: date) -> bool:
    if since is None:
        return False
    week = hall.catalogue.office.week
    return count_working_days(since, today, week, hall.holidays) > ANSWER_WORKING_DAYS


async def _locked(
    session: AsyncSession, which: Iterable[ColumnElement[bool]]
) -> Sequence[Request]:
    """The oldest of these cases that nobody else works on at this moment."""
    oldest = select(Request).where(*which).order_by(Request.updated_at).limit(AT_MOST)
    return (await session.scalars(oldest.with_for_update(skip_locked=True))).all()


async def _move_all(
    session: AsyncSession, hall: Hall, cases: Sequence[Request], target: Status, now: datetime
) -> int:
    for case in cases:
        await move(session, hall, case, target, by=SYSTEM, now=now)
    return len(cases)
