"""Who may see which case: role, unit, village, and the right to secret ones.

An admin sees the cases of all units. Anybody else sees those of their unit, or of all units when
they belong to none, and of their village when they belong to one. Secret cases are a right of
their own, which no role brings: without it they are open to their owner, and to whoever broke
into one in this session (`break_glass`). What complains of a unit is hidden from everybody of it.
"""

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.accusation import is_about, mark
from actions.casework.staff import Role
from actions.storage.tables import Case, Staff, Transfer


def is_supervisor(staff: Staff) -> bool:
    """Whether an account oversees others: of its unit, or of all units when it has none."""
    return staff.role in {Role.SUPERVISOR, Role.ADMIN}


def unit_of(staff: Staff) -> str | None:
    """The one unit that an account sees cases of; None for all of them."""
    return None if staff.role == Role.ADMIN else staff.unit


def village_of(staff: Staff) -> str | None:
    """The one village that an account sees cases of; None for all of them."""
    return None if staff.role == Role.ADMIN else staff.village


def visible(staff: Staff) -> ColumnElement[bool]:
    """The cases that an account finds in its lists; drafts belong to their citizens alone."""
    return and_(Case.code.is_not(None), in_unit(staff), in_village(staff), not_hidden(staff))


def in_unit(staff: Staff) -> ColumnElement[bool]:
    """The cases of the units that an account works for."""
    unit = unit_of(staff)
    return true() if unit is None else Case.unit == unit


def in_village(staff: Staff) -> ColumnElement[bool]:
    """The cases of the villages that an account works for."""
    village = village_of(staff)
    return true() if village is None else Case.village == village


def not_hidden(staff: Staff) -> ColumnElement[bool]:
    """The cases that are no secret to an account."""
    if staff.sees_secret:
        return _not_about(staff)
    open_ones = [Case.secret.is_(False), Case.owner_id == staff.id]
    known = or_(*open_ones, Case.id.in_(staff.opened)) if staff.opened else or_(*open_ones)
    return and_(known, _not_about(staff))


def _not_about(staff: Staff) -> ColumnElement[bool]:
    """The cases that do not complain of an account's own unit: those it never sees."""
    if staff.unit is None:
        return true()
    return or_(Case.reported.is_(None), ~Case.reported.contains(mark(staff.unit), autoescape=True))


def knows(staff: Staff, case: Case) -> bool:
    """Whether a case is no secret to an account: what `not_hidden` says to the database."""
    allowed = staff.sees_secret or case.owner_id == staff.id or case.id in staff.opened
    return (allowed or not case.secret) and not is_about(case, staff.unit)


def is_in_reach(staff: Staff, case: Case) -> bool:
    """Whether a case is of a unit and village that an account works for."""
    ours = unit_of(staff) in {None, case.unit} and not is_about(case, staff.unit)
    return ours and _is_near(staff, case)


def _is_near(staff: Staff, case: Case) -> bool:
    """Whether it is of an account's village; where a draft is from, nobody knows yet."""
    return case.code is None or village_of(staff) in {None, case.village}


def sees(staff: Staff, case: Case) -> bool:
    """Whether an account finds a case in its lists: what `visible` says to the database."""
    return case.code is not None and is_in_reach(staff, case) and knows(staff, case)


async def may_open(session: AsyncSession, staff: Staff, case: Case) -> bool:
    """Whether an account may open a case: one that it sees, or that waits for its unit's word."""
    if case.code is None or not knows(staff, case):
        return False
    return is_in_reach(staff, case) or (
        _is_near(staff, case) and await _is_brought(session, staff, case)
    )


async def _is_brought(session: AsyncSession, staff: Staff, case: Case) -> bool:
    """Whether another unit has sent a case to this one, or asks it something."""
    brought = select(Transfer.id).where(
        Transfer.case_id == case.id,
        Transfer.to_unit == staff.unit,
        Transfer.answered_at.is_(None),
    )
    return await session.scalar(brought.limit(1)) is not None
