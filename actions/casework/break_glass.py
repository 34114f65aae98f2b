"""Opening a secret case without the right to it: with a reason, for half an hour, and not alone.

For when nobody who has the right can be reached. Only who oversees others may; the reason is
written to the trail, and those who have the right are told.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import audit_log, rights, staff_sessions
from actions.casework.audit_log import Look
from actions.casework.staff import Role
from actions.casework.staff_alerts import alert_staff
from actions.storage.tables import Case, Staff

OPEN_FOR = timedelta(minutes=30)
BROKEN_INTO = "dibuka_paksa"


async def find(session: AsyncSession, staff: Staff, code: str) -> Case | None:
    """The secret case of this code, where its unit and village are this officer's."""
    found = await session.scalar(select(Case).where(Case.code == code, Case.secret.is_(True)))
    may = rights.is_supervisor(staff) and found is not None and rights.is_in_reach(staff, found)
    return found if may else None


async def open_case(
    session: AsyncSession, staff: Staff, token: str, case: Case, reason: str, now: datetime
) -> None:
    """Open a case in the session of a cookie, write down why, and tell who watches over it."""
    await staff_sessions.open_secret(session, token, case.id, now + OPEN_FOR)
    audit_log.saw_case(session, staff, case, Look.BROKEN_INTO, now, reason=reason)
    for watcher in await _watchers(session, staff, case):
        alert_staff(session, watcher, BROKEN_INTO, case, now)


async def _watchers(session: AsyncSession, opener: Staff, case: Case) -> Sequence[Staff]:
    """The others who oversee it: those with the right to it, or all where nobody has that."""
    roles = Staff.role.in_([Role.SUPERVISOR, Role.ADMIN])
    others = select(Staff).where(roles, Staff.active.is_(True), Staff.id != opener.id)
    found = (await session.scalars(others.order_by(Staff.id))).all()
    near = [one for one in found if rights.is_in_reach(one, case)]
    return [one for one in near if rights.knows(one, case)] or near
