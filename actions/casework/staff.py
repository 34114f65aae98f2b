"""Accounts of officers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import security_log, staff_sessions
from actions.casework.passwords import PasswordHash
from actions.casework.security_log import Origin, SecurityKind
from actions.storage.tables import Staff


class Role(StrEnum):
    """What an account may do: work on cases, oversee who does, or manage accounts too."""

    OFFICER = "petugas"
    SUPERVISOR = "pengawas"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Rights:
    """What an account may do and see; one of a village belongs to a unit, admins to none."""

    role: Role
    unit: str | None = None
    village: str | None = None
    sees_secret: bool = False


class UsernameTakenError(Exception):
    """Another account has this name."""


async def add(
    session: AsyncSession,
    *,
    username: str,
    name: str,
    rights: Rights,
    password_hash: PasswordHash,
    origin: Origin,
) -> Staff:
    """Make an account; raises UsernameTakenError."""
    if await by_username(session, username) is not None:
        raise UsernameTakenError(username)
    staff = Staff(
        username=username.strip().lower(),
        name=name,
        role=rights.role,
        unit=rights.unit,
        village=rights.village,
        sees_secret=rights.sees_secret,
        created_at=origin.at,
        password_hash=password_hash,
        active=True,
    )
    session.add(staff)
    await session.flush()
    security_log.note(session, SecurityKind.ACCOUNT_MADE, origin, staff.id)
    if rights.sees_secret:
        security_log.note(session, SecurityKind.SECRET_GIVEN, origin, staff.id)
    return staff


async def set_password(
    session: AsyncSession,
    staff: Staff,
    new: PasswordHash,
    origin: Origin,
    *,
    but: str | None = None,
) -> None:
    """Change the password and end every session of the account, or all `but` one's own."""
    staff.password_hash = new
    security_log.note(session, SecurityKind.PASSWORD, origin, staff.id)
    await staff_sessions.end_all(session, staff, but=but)


async def deactivate(session: AsyncSession, staff: Staff, origin: Origin) -> None:
    """Close an account; what it did stays in the history."""
    staff.active = False
    security_log.note(session, SecurityKind.ACCOUNT_CLOSED, origin, staff.id)
    await staff_sessions.end_all(session, staff)


def activate(session: AsyncSession, staff: Staff, origin: Origin) -> None:
    """Open a closed account again."""
    staff.active = True
    security_log.note(session, SecurityKind.ACCOUNT_OPENED, origin, staff.id)


def set_rights(session: AsyncSession, staff: Staff, rights: Rights, origin: Origin) -> None:
    """Change what an account may do and see; it counts from its next page on."""
    if (staff.role, staff.unit, staff.village) != (rights.role, rights.unit, rights.village):
        staff.role, staff.unit, staff.village = rights.role, rights.unit, rights.village
        security_log.note(session, SecurityKind.ROLE, origin, staff.id)
    if staff.sees_secret is not rights.sees_secret:
        staff.sees_secret = rights.sees_secret
        given = SecurityKind.SECRET_GIVEN if rights.sees_secret else SecurityKind.SECRET_TAKEN
        security_log.note(session, given, origin, staff.id)


async def units_without_secret(session: AsyncSession, units: Iterable[str]) -> list[str]:
    """Those units whose secret cases no active account may see."""
    allowed = select(Staff).where(Staff.sees_secret.is_(True), Staff.active.is_(True))
    able = {
        None if one.role == Role.ADMIN else one.unit
        for one in (await session.scalars(allowed)).all()
    }
    return [] if None in able else sorted(set(units) - able)


async def by_username(session: AsyncSession, username: str) -> Staff | None:
    """The account of this name, upper or lower case."""
    return await session.scalar(select(Staff).where(Staff.username == username.strip().lower()))


async def by_telegram(session: AsyncSession, telegram_id: int) -> Staff | None:
    """The active account of a Telegram user."""
    same = select(Staff).where(Staff.telegram_id == telegram_id, Staff.active.is_(True))
    return await session.scalar(same)


async def everybody(session: AsyncSession) -> Sequence[Staff]:
    """All accounts by name."""
    return (await session.scalars(select(Staff).order_by(Staff.username))).all()
