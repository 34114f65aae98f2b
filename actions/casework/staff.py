"""Accounts of officers and their console sessions."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.storage.tables import Staff, StaffSession

HASHER = PasswordHasher()
MIN_PASSWORD = 10
MAX_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
SESSION_IDLE = timedelta(hours=12)
# Checked when the account does not exist, so that both cases take the same time.
NOBODY = HASHER.hash(secrets.token_urlsafe())


class Role(StrEnum):
    """What an account may do: work on its unit's cases, on all, or manage accounts too."""

    OFFICER = "petugas"
    SUPERVISOR = "pengawas"
    ADMIN = "admin"


class WeakPasswordError(Exception):
    """The password is too short."""


class UsernameTakenError(Exception):
    """Another account has this name."""


class LockedError(Exception):
    """Too many wrong passwords; the account is closed for a while."""


@dataclass(frozen=True, slots=True)
class Login:
    """A fresh session: the cookie's token is seen only here."""

    token: str
    csrf: str


async def add(
    session: AsyncSession, *, username: str, name: str, role: Role, password: str,
    now: datetime, unit: str | None = None, telegram_id: int | None = None,
) -> Staff:  # fmt: skip
    """Make an account; raises WeakPasswordError or UsernameTakenError."""
    if await by_username(session, username) is not None:
        raise UsernameTakenError(username)
    staff = Staff(username=username.lower(), name=name, role=role, unit=unit, created_at=now,
                  telegram_id=telegram_id, password_hash=_hash(password), active=True,
                  failed_logins=0)  # fmt: skip
    session.add(staff)
    await session.flush()
    return staff


def _hash(password: str) -> str:
    if len(password) < MIN_PASSWORD:
        raise WeakPasswordError
    return HASHER.hash(password)


async def set_password(session: AsyncSession, staff: Staff, password: str) -> None:
    """Change the password and end every session of the account."""
    staff.password_hash = _hash(password)
    staff.failed_logins, staff.locked_until = 0, None
    await end_sessions(session, staff)


async def deactivate(session: AsyncSession, staff: Staff) -> None:
    """Close an account; what it did stays in the history."""
    staff.active = False
    await end_sessions(session, staff)


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


async def log_in(
    session: AsyncSession, username: str, password: str, now: datetime
) -> Login | None:
    """Open a session, or None for a wrong name or password; raises LockedError."""
    staff = await by_username(session, username)
    if staff is not None and staff.locked_until is not None and staff.locked_until > now:
        raise LockedError
    if not _matches(staff.password_hash if staff else NOBODY, password):
        _count_failure(staff, now)
        return None
    if staff is None or not staff.active:
        return None
    staff.failed_logins, staff.locked_until = 0, None
    if HASHER.check_needs_rehash(staff.password_hash):
        staff.password_hash = HASHER.hash(password)
    login = Login(secrets.token_urlsafe(32), secrets.token_urlsafe(32))
    session.add(
        StaffSession(token_hash=_digest(login.token), staff_id=staff.id, csrf=login.csrf,
                     created_at=now, seen_at=now)
    )  # fmt: skip
    return login


def _matches(stored: str, password: str) -> bool:
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def _count_failure(staff: Staff | None, now: datetime) -> None:
    if staff is None:
        return
    staff.failed_logins += 1
    if staff.failed_logins >= MAX_FAILURES:
        staff.failed_logins, staff.locked_until = 0, now + LOCKED_FOR


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def of_token(
    session: AsyncSession, token: str, now: datetime
) -> tuple[Staff, StaffSession] | None:
    """Who a cookie belongs to; None when it is unknown, idle too long, or closed."""
    found = await session.execute(
        select(Staff, StaffSession)
        .join(StaffSession, StaffSession.staff_id == Staff.id)
        .where(StaffSession.token_hash == _digest(token), Staff.active.is_(True))
        .where(StaffSession.seen_at > now - SESSION_IDLE)
    )
    row = found.one_or_none()
    return None if row is None else (row[0], row[1])


async def log_out(session: AsyncSession, token: str) -> None:
    """End the session of a cookie."""
    await session.execute(delete(StaffSession).where(StaffSession.token_hash == _digest(token)))


async def end_sessions(session: AsyncSession, staff: Staff) -> None:
    """Log an account out everywhere."""
    await session.execute(delete(StaffSession).where(StaffSession.staff_id == staff.id))
