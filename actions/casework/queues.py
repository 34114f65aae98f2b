"""What an officer may see: cases and escalations as lists, as counts, and one by one.

Whatever somebody may not see (`rights`) is not found, as if it did not exist.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import rights
from actions.casework.escalations import State
from actions.casework.rights import is_supervisor as is_supervisor  # noqa: PLC0414
from actions.casework.rights import visible
from actions.catalogue.reference import ReferenceData
from actions.domain.status import RUNNING, CaseKind, Meaning, Status, status_of
from actions.storage.tables import Attachment, Case, Chat, Escalation, Staff

PAGE = 25
ESCALATIONS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of cases should hold.

    `meaning` None stands for every case that still needs somebody; `everything` for all.
    """

    meaning: Meaning | None = None
    unit: str | None = None
    kind: CaseKind | None = None
    late: bool = False
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases there are, with the unit and kind that are wanted."""

    open: int
    late: int
    meanings: Counter[Meaning]
    everything: int


def _fits(wanted: Wanted, today: date) -> Iterable[ColumnElement[bool]]:
    if wanted.meaning is not None:
        yield Case.status.in_([s for s in Status if s.meaning is wanted.meaning])
    elif not wanted.everything:
        yield Case.closed_at.is_(None)
    if wanted.unit:
        yield Case.unit == wanted.unit
    if wanted.kind:
        yield Case.kind == wanted.kind
    if wanted.late:
        yield is_late(today)


def is_late(today: date) -> ColumnElement[bool]:
    """Cases whose clock runs past the promised date: what `lateness.days_late` counts."""
    return and_(Case.due_on < today, Case.paused_on.is_(None), Case.status.in_(RUNNING))


async def cases(
    session: AsyncSession, staff: Staff, wanted: Wanted, today: date, *, page: int = 1
) -> Sequence[Case]:
    """One page of cases, those that are due first at the top."""
    found = (
        select(Case)
        .where(visible(staff), *_fits(wanted, today))
        .order_by(Case.due_on.is_(None), Case.due_on, Case.id)
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    )
    return (await session.scalars(found)).all()


async def how_many(session: AsyncSession, staff: Staff, wanted: Wanted, today: date) -> int:
    """How many cases all pages of a list hold."""
    found = select(func.count()).select_from(Case)
    return await session.scalar(found.where(visible(staff), *_fits(wanted, today))) or 0


async def counts(session: AsyncSession, staff: Staff, wanted: Wanted, today: date) -> Counts:
    """The figures above a list, for its unit and kind."""
    same = Wanted(unit=wanted.unit, kind=wanted.kind, everything=True)
    rows = await session.execute(
        select(Case.status, Case.closed_at.is_(None), func.count())
        .where(visible(staff), *_fits(same, today))
        .group_by(Case.status, Case.closed_at.is_(None))
    )
    meanings: Counter[Meaning] = Counter()
    still_open = everything = 0
    for status, is_open, number in rows:
        meanings[status_of(status).meaning] += number
        everything += number
        still_open += number if is_open else 0
    late = Wanted(unit=wanted.unit, kind=wanted.kind, late=True)
    return Counts(still_open, await how_many(session, staff, late, today), meanings, everything)


async def case(session: AsyncSession, staff: Staff, case_id: int) -> Case | None:
    """One case; None when it does not exist or is none of this officer's business."""
    return await _opened(session, staff, Case.id == case_id)


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


async def hold(session: AsyncSession, row: Case | Escalation) -> None:
    """Lock a row before it is changed: its chat first, as a citizen's turn does."""
    await session.execute(select(Chat.id).where(Chat.id == row.chat).with_for_update())
    await session.refresh(row, with_for_update=True)


async def is_blocked(session: AsyncSession, chat: str) -> bool:
    """Whether the citizen has blocked the bot, so that no message arrives."""
    return bool(await session.scalar(select(Chat.blocked).where(Chat.id == chat)))


def _visible_escalations(staff: Staff) -> ColumnElement[bool]:
    """What somebody answers, and what waits for their unit about no case that is hidden."""
    unit = rights.unit_of(staff)
    ours = or_(Escalation.unit.is_(None), Escalation.unit == unit) if unit else true()
    near = or_(Case.code.is_(None), rights.in_village(staff))
    about = select(Case.id).where(rights.in_unit(staff), near, rights.not_hidden(staff))
    case = or_(Escalation.case_id.is_(None), Escalation.case_id.in_(about))
    return or_(Escalation.claimed_by == staff.id, and_(ours, case))


def _may_know(reference: ReferenceData, staff: Staff, escalation: Escalation) -> bool:
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
    over = Escalation.status == State.CLOSED
    found = select(Escalation).where(_visible_escalations(staff), over if closed else ~over)
    if closed:
        found = found.order_by(Escalation.closed_at.desc())
    else:
        found = found.order_by(Escalation.status != State.WAITING, Escalation.opened_at)
    rows = (await session.scalars(found.limit(ESCALATIONS_SHOWN))).all()
    return [row for row in rows if _may_know(reference, staff, row)]


async def waiting(
    session: AsyncSession, reference: ReferenceData, staff: Staff
) -> list[Escalation]:
    """Those who wait for a human."""
    found = select(Escalation).where(
        _visible_escalations(staff), Escalation.status == State.WAITING
    )
    rows = (await session.scalars(found)).all()
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
