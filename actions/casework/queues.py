"""What an officer may see: cases and escalations as lists, as counts, and one by one.

Whatever somebody may not see (`rights`) is not found, as if it did not exist.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from actions.casework import rights
from actions.casework.escalations import State
from actions.casework.rights import is_supervisor as is_supervisor  # noqa: PLC0414
from actions.casework.rights import visible
from actions.catalogue.reference import ReferenceData
from actions.storage.tables import Attachment, Case, Chat, Escalation, Staff

ESCALATIONS_SHOWN = 200


MOST_WAITING = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """Of who waits for a human, what is needed to count them."""

    id: int
    alert_id: int | None
    claimed_by: int | None
    understood: dict[str, Any]


class OutdatedError(Exception):
    """Somebody else changed the row since it was read."""


async def case(session: AsyncSession, staff: Staff, case_id: int) -> Case | None:
    """One case; None when it does not exist or is none of this officer's business.

    A unit that a case is sent to, or that is asked about it, sees it until it has answered.
    """
    return await _opened(session, staff, Case.id == case_id)


async def works_on(session: AsyncSession, staff: Staff, case: Case) -> bool:
    """Whether a case is this officer's business by right, not only for a question."""
    mine = select(Case.id).where(Case.id == case.id, visible(staff))
    return await session.scalar(mine) is not None


async def case_by_code(session: AsyncSession, staff: Staff, code: str) -> Case | None:
    """The case with this code, as `case`."""
    return await _opened(session, staff, Case.code == code)


async def _opened(session: AsyncSession, staff: Staff, which: ColumnElement[bool]) -> Case | None:
    found = await session.scalar(select(Case).where(which))
    may = found is not None and await rights.may_open(session, staff, found)
    return found if may else None


async def attachment(session: AsyncSession, case: Case, attachment_id: int) -> Attachment | None:
    """One file of a case."""
    file = await session.get(Attachment, attachment_id)
    return file if file is not None and file.case_id == case.id else None


async def hold(
    session: AsyncSession, row: Case | Escalation, seen_version: int | None = None
) -> None:
    """Lock a row before it is changed: its chat first, as a citizen's turn does.

    Raises OutdatedError when it is not the version that the officer looked at.
    """
    await session.execute(select(Chat.id).where(Chat.id == row.chat).with_for_update())
    await session.refresh(row, with_for_update=True)
    if seen_version is not None and seen_version != row.version:
        raise OutdatedError(row.id)


async def is_blocked(session: AsyncSession, chat: str) -> bool:
    """Whether the citizen has blocked the bot, so that no message arrives."""
    return bool(await session.scalar(select(Chat.blocked).where(Chat.id == chat)))


def _visible_escalations(staff: Staff) -> ColumnElement[bool]:
    """What somebody answers, and what waits for their unit about no case that is hidden."""
    unit = rights.unit_of(staff)
    ours = or_(Escalation.unit.is_(None), Escalation.unit == unit) if unit else true()
    near = or_(Case.code.is_(None), rights.in_village(staff))
    ours_to_see = (rights.in_unit(staff), near, rights.not_hidden(staff))
    about = exists().where(Case.id == Escalation.case_id, *ours_to_see)
    case = or_(Escalation.case_id.is_(None), about)
    return or_(Escalation.claimed_by == staff.id, and_(ours, case))


def _may_know(reference: ReferenceData, staff: Staff, escalation: Escalation | Waiting) -> bool:
    """Whether an escalation's topic is no secret to this officer; it stands in a sealed column."""
    if escalation.claimed_by == staff.id:
        return True
    topic = (escalation.understood or {}).get("topik")
    complaint = reference.catalogue.complaints.get(topic or "")
    if complaint is None or not complaint.secret:
        return True
    return staff.sees_secret and rights.unit_of(staff) in {None, complaint.unit}


async def escalations(
    session: AsyncSession, reference: ReferenceData, staff: Staff, *, closed: bool = False
) -> list[Escalation]:
    """Escalations: waiting ones first, who waits longest at the top; or those that are over."""
    found = select(Escalation).where(_visible_escalations(staff))
    if closed:  # by the time, not the status: nearly all of them are over
        found = found.where(Escalation.closed_at.is_not(None))
        found = found.order_by(Escalation.closed_at.desc(), Escalation.id.desc())
    else:
        found = found.where(Escalation.status.in_([State.WAITING, State.CLAIMED]))
        found = found.order_by(Escalation.status != State.WAITING, Escalation.opened_at)
    some = found.limit(ESCALATIONS_SHOWN).options(defer(Escalation.turns, raiseload=True))
    rows = (await session.scalars(some)).all()
    return [row for row in rows if _may_know(reference, staff, row)]


async def waiting(session: AsyncSession, reference: ReferenceData, staff: Staff) -> list[Waiting]:
    """Those who wait for a human, at most `MOST_WAITING`, without what they wrote."""
    columns = (getattr(Escalation, field.name) for field in fields(Waiting))
    found = select(*columns).where(_visible_escalations(staff), Escalation.status == State.WAITING)
    oldest = found.order_by(Escalation.opened_at).limit(MOST_WAITING)
    rows = [Waiting(*row) for row in await session.execute(oldest)]
    return [row for row in rows if _may_know(reference, staff, row)]


async def all_waiting(session: AsyncSession) -> Sequence[Escalation]:
    """Everybody who waits, whoever may know; longest first."""
    waits = select(Escalation).where(Escalation.status == State.WAITING)
    return (await session.scalars(waits.order_by(Escalation.opened_at))).all()


async def escalation(
    session: AsyncSession, reference: ReferenceData, staff: Staff, escalation_id: int
) -> Escalation | None:
    """One escalation; None when it does not exist or is none of this officer's business."""
    found = select(Escalation).where(Escalation.id == escalation_id, _visible_escalations(staff))
    row = await session.scalar(found)
    return row if row is not None and _may_know(reference, staff, row) else None


async def names(session: AsyncSession, ids: Iterable[int | None]) -> dict[int, str]:
    """The names of staff by id."""
    wanted = {staff_id for staff_id in ids if staff_id is not None}
    if not wanted:
        return {}
    rows = await session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(wanted)))
    return {row.id: row.name for row in rows}


async def count_by_status(session: AsyncSession) -> dict[str, int]:
    """How many cases there are in each status."""
    rows = await session.execute(select(Case.status, func.count()).group_by(Case.status))
    return {row[0]: row[1] for row in rows}
