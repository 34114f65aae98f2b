"""Accounts of officers and their console sessions."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import security_log
from actions.casework.passwords import NOBODY, PasswordHash
from actions.casework.security_log import Origin, SecurityKind
from actions.storage.tables import Staff, StaffSession

MAX_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
SESSION_IDLE = timedelta(hours=2)
SESSION_LENGTH = timedelta(hours=12)


class Role(StrEnum):
    """What an account may do: work on its unit's cases, on all, or manage accounts too."""

    OFFICER = "petugas"
    SUPERVISOR = "pengawas"
    ADMIN = "admin"


class UsernameTakenError(Exception):
    """Another account has this name."""


class TelegramTakenError(Exception):
    """Another account belongs to this Telegram user."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a password is compared with; of a name that nobody has, a hash that fits nothing."""

    staff_id: int | None
    password_hash: PasswordHash


@dataclass(frozen=True, slots=True)
class Login:
    """A fresh session: the cookie's token is seen only here."""

    token: str
    csrf: str


async def add(
    session: AsyncSession,
    *,
    username: str,
    name: str,
    role: Role,
    password_hash: PasswordHash,
    origin: Origin,
    unit: str | None = None,
    telegram_id: int | None = None,
) -> Staff:
    """Make an account; raises UsernameTakenError or TelegramTakenError."""
    if await by_username(session, username) is not None:
        raise UsernameTakenError(username)
    if telegram_id is not None and await _has_account(session, telegram_id):
        raise TelegramTakenError(telegram_id)
    staff = Staff(
        username=username.strip().lower(),
        name=name,
        role=role,
        unit=unit,
        created_at=origin.at,
        telegram_id=telegram_id,
        password_hash=password_hash,
        active=True,
        failed_logins=0,
    )
    session.add(staff)
    await session.flush()
    security_log.note(session, SecurityKind.ACCOUNT_MADE, origin, staff.id)
    return staff


async def _has_account(session: AsyncSession, telegram_id: int) -> bool:
    same = select(Staff.id).where(Staff.telegram_id == telegram_id)
    return await session.scalar(same) is not None


async def set_password(
    session: AsyncSession, staff: Staff, new: PasswordHash, origin: Origin
) -> None:
    """Change the password and end every session of the account."""
    staff.password_hash = new
    staff.failed_logins, staff.locked_until = 0, None
    security_log.note(session, SecurityKind.PASSWORD, origin, staff.id)
    await end_sessions(session, staff)


async def deactivate(session: AsyncSession, staff: Staff, origin: Origin) -> None:
    """Close an account; what it did stays in the history."""
    staff.active = False
    security_log.note(session, SecurityKind.ACCOUNT_CLOSED, origin, staff.id)
    await end_sessions(session, staff)


def activate(session: AsyncSession, staff: Staff, origin: Origin) -> None:
    """Open a closed account again."""
    staff.active = True
    staff.failed_logins, staff.locked_until = 0, None
    security_log.note(session, SecurityKind.ACCOUNT_OPENED, origin, staff.id)


def set_role(
    session: AsyncSession, staff: Staff, role: Role, unit: str | None, origin: Origin
) -> None:
    """Change what an account may do; it counts from its next page on."""
    staff.role, staff.unit = role, unit
    security_log.note(session, SecurityKind.ROLE, origin, staff.id)


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


async def known(session: AsyncSession, username: str) -> Known:
    """What a login's password is compared with; an unknown name is not told apart."""
    staff = await by_username(session, username)
    if staff is None:
        return Known(None, NOBODY)
    return Known(staff.id, PasswordHash(staff.password_hash))


async def log_in(
    session: AsyncSession, account: Known, origin: Origin, *, right: bool
) -> Login | None:
    """Open a session, or count a wrong password; None for whoever may not enter."""
    now, staff = origin.at, await _locked(session, account)
    if staff is None or not staff.active or _is_locked(staff, now) or not right:
        security_log.note(session, SecurityKind.WRONG_PASSWORD, origin, account.staff_id)
        if staff is not None and not right:
            _count_failure(staff, now)
        return None
    staff.failed_logins, staff.locked_until = 0, None
    security_log.note(session, SecurityKind.LOGIN, origin, staff.id)
    return await open_session(session, staff, now)


async def _locked(session: AsyncSession, account: Known) -> Staff | None:
    if account.staff_id is None:
        return None
    return await session.get(Staff, account.staff_id, with_for_update=True)


async def open_session(session: AsyncSession, staff: Staff, now: datetime) -> Login:
    """Let an account in, and forget the sessions that ended by themselves."""
    await session.execute(delete(StaffSession).where(StaffSession.seen_at < now - SESSION_IDLE))
    login = Login(secrets.token_urlsafe(32), secrets.token_urlsafe(32))
    session.add(
        StaffSession(
            token_hash=_digest(login.token),
            staff_id=staff.id,
            csrf=login.csrf,
            created_at=now,
            seen_at=now,
        )
    )
    return login


def _is_locked(staff: Staff, now: datetime) -> bool:
    return staff.locked_until is not None and staff.locked_until > now


def _count_failure(staff: Staff, now: datetime) -> None:
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
        .where(StaffSession.created_at > now - SESSION_LENGTH)
    )
    row = found.one_or_none()
    return None if row is None else (row[0], row[1])


async def touch(session: AsyncSession, token: str, now: datetime) -> None:
    """Note that a session is in use."""
    mine = update(StaffSession).where(StaffSession.token_hash == _digest(token))
    await session.execute(mine.values(seen_at=now))


async def log_out(session: AsyncSession, token: str) -> None:
    """End the session of a cookie."""
    await session.execute(delete(StaffSession).where(StaffSession.token_hash == _digest(token)))


async def leave(session: AsyncSession, staff: Staff, token: str, origin: Origin) -> None:
    """End the session that somebody wants to end."""
    security_log.note(session, SecurityKind.LOGOUT, origin, staff.id)
    await log_out(session, token)


async def end_sessions(session: AsyncSession, staff: Staff) -> None:
    """Log an account out everywhere."""
    await session.execute(delete(StaffSession).where(StaffSession.staff_id == staff.id))
