"""The trail of who of the staff looked at what. Citizens may ask for it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.storage.tables import AccessLog, Case, Escalation, Staff


class Look(StrEnum):
    """What was looked at."""

    CASE = "buka"
    NUMBERS = "nomor"
    FILE = "berkas"
    ESCALATION = "percakapan"
    FOUND = "cari"


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of the trail."""

    at: datetime
    name: str
    look: str


def saw_case(session: AsyncSession, staff: Staff, case: Case, look: Look, now: datetime) -> None:
    """Write down that an officer opened a case, its hidden numbers, or one of its files."""
    session.add(AccessLog(staff_id=staff.id, case_id=case.id, action=look, at=now))


def saw_escalation(
    session: AsyncSession, staff: Staff, escalation: Escalation, now: datetime
) -> None:
    """Write down that an officer opened an escalation, and with it what it says on a case."""
    session.add(
        AccessLog(
            staff_id=staff.id,
            case_id=escalation.case_id,
            escalation_id=escalation.id,
            action=Look.ESCALATION,
            at=now,
        )
    )


@dataclass(frozen=True, slots=True)
class SeenByRole:
    """A line of the trail as citizens read it: by a role and unit, not a name."""

    at: datetime
    role: str
    unit: str | None
    look: str
    code: str | None


async def of_chat(session: AsyncSession, chat: str, limit: int) -> list[SeenByRole]:
    """Who looked at the cases of a chat, newest first."""
    found = await session.execute(
        select(AccessLog.at, Staff.role, Staff.unit, AccessLog.action, Case.code)
        .join(Staff, Staff.id == AccessLog.staff_id)
        .join(Case, Case.id == AccessLog.case_id)
        .where(Case.chat == chat)
        .order_by(AccessLog.id.desc())
        .limit(limit)
    )
    return [SeenByRole(*row) for row in found]


async def of_case(session: AsyncSession, case_id: int, limit: int = 50) -> list[Seen]:
    """Who looked at a case, newest first."""
    found = await session.execute(
        select(AccessLog.at, Staff.name, AccessLog.action)
        .join(Staff, Staff.id == AccessLog.staff_id)
        .where(AccessLog.case_id == case_id)
        .order_by(AccessLog.id.desc())
        .limit(limit)
    )
    return [Seen(*row) for row in found]
