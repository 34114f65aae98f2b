"""Logging in: may it be tried, was it right, and what follows from that.

Between `look_up` and `log_in` the password is compared, which is slow, and no transaction is open.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import devices, login_limits, security_log, staff_sessions
from actions.casework.login_limits import Lane
from actions.casework.passwords import NOBODY, PasswordHash
from actions.casework.security_log import Origin, SecurityKind
from actions.casework.staff import by_username
from actions.storage.tables import Staff


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who wants to come in. Of a name that nobody has, a hash that fits nothing.

    `device` is what the browser is known by, `wait` how long it may not try yet.
    """

    staff_id: int | None
    password_hash: PasswordHash
    device: str | None
    lanes: tuple[Lane, ...]
    wait: timedelta


@dataclass(frozen=True, slots=True)
class Entered:
    """Who is in, and the tokens that the browser gets to keep: seen only here."""

    staff_id: int
    session: str
    device: str


async def look_up(
    session: AsyncSession, username: str, token_for: Callable[[int], str], origin: Origin
) -> Candidate:
    """See whether a login may be tried; an unknown name is not told apart.

    `token_for` says by which token a browser is known to an account; empty when it is not.
    """
    staff = await by_username(session, username)
    staff_id, stored, device = None, NOBODY, None
    if staff is not None:
        staff_id, stored = staff.id, PasswordHash(staff.password_hash)
        device = await devices.find(session, staff.id, token_for(staff.id), origin.at)
    lanes = tuple(
        login_limits.by_device(device)
        if device
        else login_limits.by_address(username.strip().lower(), origin.address)
    )
    wait = await login_limits.pause(session, lanes, origin.at)
    return Candidate(staff_id, stored, device, lanes, wait)


async def log_in(
    session: AsyncSession, candidate: Candidate, origin: Origin, *, right: bool, browser: str
) -> Entered | None:
    """Open a session, or count a wrong password; None for whoever may not enter."""
    staff = await _locked(session, candidate.staff_id)
    if staff is None or not staff.active or not right:
        failed, who = SecurityKind.WRONG_PASSWORD, candidate.staff_id
        await _count(session, failed, who, candidate.lanes, origin)
        return None
    await login_limits.forgive(session, candidate.lanes)
    security_log.note(session, SecurityKind.LOGIN, origin, staff.id)
    return Entered(
        staff.id,
        await staff_sessions.open_session(session, staff, origin, complete=True, browser=browser),
        await devices.remember(session, staff.id, candidate.device, origin.at),
    )


async def _locked(session: AsyncSession, staff_id: int | None) -> Staff | None:
    if staff_id is None:
        return None
    return await session.get(Staff, staff_id, with_for_update=True)


async def _count(
    session: AsyncSession,
    kind: SecurityKind,
    staff_id: int | None,
    lanes: tuple[Lane, ...],
    origin: Origin,
) -> None:
    security_log.note(session, kind, origin, staff_id)
    if await login_limits.count_failure(session, lanes, origin.at):
        security_log.note(session, SecurityKind.SLOWED, origin, staff_id)


@dataclass(frozen=True, slots=True)
class Proof:
    """Somebody who is logged in, by a token, and shows again who they are."""

    staff: Staff
    token: str
    lanes: tuple[Lane, ...]


async def prove(session: AsyncSession, proof: Proof, origin: Origin, *, right: bool) -> bool:
    """Note that somebody has shown who they are, or count a wrong password."""
    if not right:
        await _count(session, SecurityKind.WRONG_PASSWORD, proof.staff.id, proof.lanes, origin)
        return False
    await login_limits.forgive(session, proof.lanes)
    await staff_sessions.prove(session, proof.token, origin.at)
    return True


async def log_out(session: AsyncSession, staff: Staff, token: str, origin: Origin) -> None:
    """End the session that somebody wants to end."""
    security_log.note(session, SecurityKind.LOGOUT, origin, staff.id)
    await staff_sessions.end(session, token)
