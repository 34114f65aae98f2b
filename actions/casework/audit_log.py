"""The trail of who of the staff looked at what. Citizens may ask for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.catalogue.reference import ReferenceData
from actions.storage.batches import delete_some
from actions.storage.tables import AccessLog, Case, Escalation, Staff


class Look(StrEnum):
    """What was looked at."""

    CASE = "buka"
    NUMBERS = "nomor"
    FILE = "berkas"
    ESCALATION = "percakapan"
    BROKEN_INTO = "paksa"
    FOUND = "cari"


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of the trail."""

    at: datetime
    name: str
    look: str
    reason: str | None = None


def saw_case(
    session: AsyncSession,
    staff: Staff,
    case: Case,
    look: Look,
    now: datetime,
    *,
    reason: str | None = None,
) -> None:
    """Write down that an officer opened a case, its hidden numbers, or one of its files."""
    line = AccessLog(staff_id=staff.id, case_id=case.id, action=look, reason=reason, at=now)
    session.add(line)


def saw_escalation(
    session: AsyncSession,
    staff: Staff,
    escalation: Escalation,
    now: datetime,
    *,
    look: Look = Look.ESCALATION,
) -> None:
    """Write down that an officer opened an escalation, and with it what it says on a case."""
    session.add(
        AccessLog(
            staff_id=staff.id,
            case_id=escalation.case_id,
            escalation_id=escalation.id,
            action=look,
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


def in_words(reference: ReferenceData, look: SeenByRole) -> str:
    """A line of the trail as its citizen reads it."""
    texts = reference.texts
    who = texts.plain(f"pribadi.dilihat_oleh.{look.role}")
    if look.unit:
        who = f"{who} {reference.catalogue.unit(look.unit).short}"
    return texts.plain(
        "pribadi.dilihat_baris",
        waktu=f"{reference.local(look.at):%d-%m-%Y %H.%M}",
        siapa=who,
        apa=texts.plain(f"pribadi.dilihat_apa.{look.look}"),
        kode=look.code or "",
    )


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


async def others_lately(
    session: AsyncSession, case_id: int, staff: Staff, since: datetime
) -> list[Seen]:
    """Who else opened a case since then, each once, the last one first."""
    found = await session.execute(
        select(func.max(AccessLog.at), Staff.name)
        .join(Staff, Staff.id == AccessLog.staff_id)
        .where(
            AccessLog.case_id == case_id,
            AccessLog.staff_id != staff.id,
            AccessLog.at >= since,
            AccessLog.action == Look.CASE,
        )
        .group_by(Staff.id, Staff.name)
        .order_by(func.max(AccessLog.at).desc())
    )
    return [Seen(at, name, Look.CASE) for at, name in found]


async def looked_since(
    session: AsyncSession, case: Case, staff: Staff, look: Look, since: datetime
) -> bool:
    """Whether an officer's look of this kind is written down already."""
    mine = (AccessLog.case_id == case.id, AccessLog.staff_id == staff.id)
    found = select(AccessLog.id).where(*mine, AccessLog.action == look, AccessLog.at >= since)
    return await session.scalar(found.limit(1)) is not None


async def prune(session: AsyncSession, now: datetime, kept: timedelta) -> int:
    """Forget old lines of the trail; returns how many."""
    return await delete_some(session, AccessLog, AccessLog.at < now - kept)


async def of_case(session: AsyncSession, case_id: int, limit: int = 50) -> list[Seen]:
    """Who looked at a case, newest first."""
    found = await session.execute(
        select(AccessLog.at, Staff.name, AccessLog.action, AccessLog.reason)
        .join(Staff, Staff.id == AccessLog.staff_id)
        .where(AccessLog.case_id == case_id)
        .order_by(AccessLog.id.desc())
        .limit(limit)
    )
    return [Seen(*row) for row in found]
