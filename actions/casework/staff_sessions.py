"""Console sessions: who a cookie belongs to, how long, and how sessions end."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Update, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.security_log import Origin
from actions.storage.engine import rows_of
from actions.storage.login_tables import SecondFactor, StaffSession
from actions.storage.tables import Staff

IDLE = timedelta(hours=2)
LENGTH = timedelta(hours=12)
HALF_LENGTH = timedelta(minutes=10)
"""How long a session waits for the code of the second factor."""
FRESH = timedelta(minutes=10)
"""How long nobody is asked again before something dangerous."""
LONGEST_BROWSER = 60


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a cookie belongs to, and since when the account has a second factor."""

    staff: Staff
    login: StaffSession
    factor_since: datetime | None


def digest(token: str) -> str:
    """What is stored of a cookie's token."""
    return hashlib.sha256(token.encode(errors="surrogateescape")).hexdigest()


def csrf_of(token: str) -> str:
    """What the forms of a session must bring; whoever reads the database cannot tell it."""
    return hmac.new(token.encode(errors="surrogateescape"), b"csrf", hashlib.sha256).hexdigest()


async def open_session(
    session: AsyncSession, staff: Staff, origin: Origin, *, complete: bool, browser: str = ""
) -> str:
    """Let an account in, wholly or until its code comes; the token is seen only here."""
    await _forget_ended(session, origin.at)
    token = secrets.token_urlsafe(32)
    session.add(
        StaffSession(
            token_hash=digest(token),
            staff_id=staff.id,
            created_at=origin.at,
            seen_at=origin.at,
            proved_at=origin.at,
            complete=complete,
            browser=browser[:LONGEST_BROWSER],
            address=origin.address,
        )
    )
    return token


async def _forget_ended(session: AsyncSession, now: datetime) -> None:
    ended = or_(StaffSession.seen_at < now - IDLE, StaffSession.created_at < now - LENGTH)
    await session.execute(delete(StaffSession).where(ended))


async def of_token(session: AsyncSession, token: str, now: datetime) -> Found | None:
    """Who a cookie belongs to; None when it is unknown, idle too long, or closed."""
    alive = or_(StaffSession.complete, StaffSession.created_at > now - HALF_LENGTH)
    found = await session.execute(
        select(Staff, StaffSession, SecondFactor.since)
        .join(StaffSession, StaffSession.staff_id == Staff.id)
        .outerjoin(SecondFactor, SecondFactor.staff_id == Staff.id)
        .where(StaffSession.token_hash == digest(token), Staff.active.is_(True), alive)
        .where(StaffSession.seen_at > now - IDLE)
        .where(StaffSession.created_at > now - LENGTH)
    )
    row = found.one_or_none()
    if row is None:
        return None
    staff, login, factor_since = row
    staff.opened = _still_open(login, now)
    return Found(staff, login, factor_since)


def _still_open(login: StaffSession, now: datetime) -> frozenset[int]:
    """The secret cases that were broken into in a session, and are still open there."""
    until = {int(case): datetime.fromisoformat(end) for case, end in (login.opened or {}).items()}
    return frozenset(case for case, end in until.items() if now < end)


async def open_secret(session: AsyncSession, token: str, case_id: int, until: datetime) -> None:
    """Let the session of a cookie see a secret case for a while."""
    one = select(StaffSession).where(StaffSession.token_hash == digest(token)).with_for_update()
    login = (await session.scalars(one)).one()
    login.opened = (login.opened or {}) | {str(case_id): until.isoformat()}


async def touch(session: AsyncSession, token: str, now: datetime) -> None:
    """Note that a session is in use."""
    await session.execute(_one(token).values(seen_at=now))


async def begin_set_up(session: AsyncSession, token: str, secret: str | None) -> None:
    """Keep the second factor that is being set up in a session, or forget it."""
    await session.execute(_one(token).values(new_secret=secret))


async def prove(session: AsyncSession, token: str, now: datetime) -> None:
    """Note that the owner of a session has just shown who they are."""
    await session.execute(_one(token).values(proved_at=now))


def _one(token: str) -> Update:
    return update(StaffSession).where(StaffSession.token_hash == digest(token))


async def of_account(session: AsyncSession, staff: Staff, now: datetime) -> Sequence[StaffSession]:
    """The running sessions of an account, the newest first."""
    running = (
        select(StaffSession)
        .where(StaffSession.staff_id == staff.id, StaffSession.complete)
        .where(StaffSession.seen_at > now - IDLE, StaffSession.created_at > now - LENGTH)
        .order_by(StaffSession.created_at.desc(), StaffSession.token_hash)
    )
    return (await session.scalars(running)).all()


async def end(session: AsyncSession, token: str) -> None:
    """End the session of a cookie."""
    await session.execute(delete(StaffSession).where(StaffSession.token_hash == digest(token)))


async def end_one(session: AsyncSession, staff: Staff, token_hash: str) -> bool:
    """End one of an account's sessions; whether there was such a one."""
    one = (StaffSession.staff_id == staff.id, StaffSession.token_hash == token_hash)
    return rows_of(await session.execute(delete(StaffSession).where(*one))) > 0


async def end_all(session: AsyncSession, staff: Staff, *, but: str | None = None) -> None:
    """Log an account out everywhere, or everywhere but in the session of a cookie."""
    ended = delete(StaffSession).where(StaffSession.staff_id == staff.id)
    if but is not None:
        ended = ended.where(StaffSession.token_hash != digest(but))
    await session.execute(ended)
