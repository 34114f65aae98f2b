"""Alerts that did not arrive on an officer's Telegram, until somebody sees them in the console."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import rights
from actions.casework.alerts import PATIENCE
from actions.casework.staff_alerts import Told, read
from actions.catalogue.reference import ReferenceData
from actions.storage.tables import Case, Outbox, Staff, StaffAlert

KEPT = timedelta(days=7)
"""After a week the clock of the case has told others."""
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Lost:
    """One alert, and whom it did not reach."""

    name: str
    is_own: bool
    told: Told


def _lost(staff: Staff, now: datetime) -> ColumnElement[bool]:
    """What did not reach an officer, or for a head those of the unit."""
    near = StaffAlert.staff_id == staff.id
    if rights.is_supervisor(staff):
        unit = rights.unit_of(staff)
        near = or_(near, true() if unit is None else Staff.unit == unit)
    late = and_(Outbox.done_at.is_(None), Outbox.created_at < now - PATIENCE)
    unseen = (StaffAlert.outbox_id.is_not(None), StaffAlert.seen_at.is_(None))
    failed = or_(Outbox.failure.is_not(None), late)
    return and_(*unseen, StaffAlert.at > now - KEPT, Staff.active.is_(True), near, failed)


async def count(session: AsyncSession, staff: Staff, now: datetime) -> int:
    """How many there are."""
    found = (
        select(func.count(StaffAlert.id))
        .join(Staff, Staff.id == StaffAlert.staff_id)
        .join(Outbox, Outbox.id == StaffAlert.outbox_id)
        .where(_lost(staff, now))
    )
    return await session.scalar(found) or 0


async def newest(
    session: AsyncSession, reference: ReferenceData, staff: Staff, now: datetime
) -> list[Lost]:
    """The newest of them, as far as their cases are this officer's business."""
    found = (
        select(StaffAlert, Case, Staff)
        .join(Case, Case.id == StaffAlert.case_id)
        .join(Staff, Staff.id == StaffAlert.staff_id)
        .join(Outbox, Outbox.id == StaffAlert.outbox_id)
        .where(_lost(staff, now))
        .order_by(StaffAlert.at.desc(), StaffAlert.id.desc())
        .limit(SHOWN)
    )
    rows = await session.execute(found)
    return [
        Lost(person.name, person.id == staff.id, read(reference, alert, case))
        for alert, case, person in rows.all()
    ]
