"""Logging in: may it be tried, was it right, and what follows from that.

First the password, then, for an account that has one, the code of the second factor. Between
`look_up` and `log_in` the password is compared, which is slow, and no transaction is open.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import devices, login_limits, second_factor, security_log, staff_sessions
from actions.casework.login_limits import Lane
from actions.casework.passwords import NOBODY, PasswordHash
from actions.casework.second_factor import Shown
from actions.casework.security_log import Origin, SecurityKind
from actions.casework.staff import by_username
from actions.storage.tables import Staff

TokenFor = Callable[[int], str]
"""By which token a browser is known to an account; empty when it is not."""


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
    """The tokens that the browser gets to keep, seen only here.

    Without one for the device the code of the second factor is still awaited.
    """

    staff_id: int
    session: str
    device: str | None


async def look_up(
    session: AsyncSession, username: str, token_for: TokenFor, origin: Origin
) -> Candidate:
    """See whether a login may be tried; an unknown name is not told apart."""
    staff = await by_username(session, username)
    staff_id, stored, device = None, NOBODY, None
    if staff is not None:
        staff_id, stored = staff.id, PasswordHash(staff.password_hash)
        device = await devices.find(session, staff.id, token_for(staff.id), origin.at)
    lanes = _lanes(device, username, origin)
    wait = await login_limits.pause(session, lanes, origin.at)
    return Candidate(staff_id, stored, device, lanes, wait)


def _lanes(device: str | None, username: str, origin: Origin) -> tuple[Lane, ...]:
    if device is not None:
        return tuple(login_limits.by_device(device))
    return tuple(login_limits.by_address(username.strip().lower(), origin.address))


async def log_in(
    session: AsyncSession, candidate: Candidate, origin: Origin, *, right: bool, browser: str
) -> Entered | None:
    """Open a session, or count a wrong password; None for whoever may not enter."""
    staff = await _locked(session, candidate.staff_id)
    if staff is None or not staff.active or not right:
        failed, who = SecurityKind.WRONG_PASSWORD, candidate.staff_id
        await _count(session, failed, who, candidate.lanes, origin)
        return None
    if await second_factor.since(session, staff.id) is None:
        return await _enter(session, staff, candidate, origin, browser)
    security_log.note(session, SecurityKind.CODE_AWAITED, origin, staff.id)
    token = await staff_sessions.open_session(
        session, staff, origin, complete=False, browser=browser
    )
    return Entered(staff.id, token, None)


async def look_up_again(
    session: AsyncSession, staff: Staff, token_for: TokenFor, origin: Origin
) -> Candidate:
    """See whether a code may be tried by somebody whose password was right."""
    found = await look_up(session, staff.username, token_for, origin)
    if found.device is not None:
        return found
    lanes = (*found.lanes, login_limits.by_code(staff.id))
    wait = await login_limits.pause(session, lanes, origin.at)
    return Candidate(staff.id, found.password_hash, None, lanes, wait)


async def log_in_with_code(
    session: AsyncSession, candidate: Candidate, code: str, origin: Origin, *, browser: str
) -> Entered | None:
    """Open a session in the place of the one that awaited the code; None when it is wrong."""
    staff = await _locked(session, candidate.staff_id)
    if staff is None or not await _is_code(session, staff, code, candidate.lanes, origin):
        return None
    return await _enter(session, staff, candidate, origin, browser)


async def _enter(
    session: AsyncSession, staff: Staff, candidate: Candidate, origin: Origin, browser: str
) -> Entered:
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


async def _is_code(
    session: AsyncSession, staff: Staff, code: str, lanes: tuple[Lane, ...], origin: Origin
) -> bool:
    shown = await second_factor.accept(session, staff.id, code, origin.at)
    if shown is None:
        await _count(session, SecurityKind.WRONG_CODE, staff.id, lanes, origin)
    if shown is Shown.RECOVERY:
        security_log.note(session, SecurityKind.RECOVERY_USED, origin, staff.id)
    return shown is not None


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
    """Somebody who is logged in, by a token, and shows again who they are.

    `code` is None where the password alone is asked for.
    """

    staff: Staff
    token: str
    lanes: tuple[Lane, ...]
    code: str | None = None


async def prove(
    session: AsyncSession, proof: Proof, origin: Origin, *, right: bool
) -> SecurityKind | None:
    """Note that somebody has shown who they are; or count and name what was wrong."""
    staff, lanes = proof.staff, proof.lanes
    if not right:
        await _count(session, SecurityKind.WRONG_PASSWORD, staff.id, lanes, origin)
        return SecurityKind.WRONG_PASSWORD
    if proof.code is not None and not await _is_code(session, staff, proof.code, lanes, origin):
        return SecurityKind.WRONG_CODE
    await login_limits.forgive(session, lanes)
    await staff_sessions.prove(session, proof.token, origin.at)
    return None


async def end_one(session: AsyncSession, staff: Staff, token_hash: str, origin: Origin) -> None:
    """End one of the own sessions."""
    if await staff_sessions.end_one(session, staff, token_hash):
        security_log.note(session, SecurityKind.SESSIONS_ENDED, origin, staff.id)


async def end_others(session: AsyncSession, staff: Staff, token: str, origin: Origin) -> None:
    """End all of the own sessions but the one of this token."""
    await staff_sessions.end_all(session, staff, but=token)
    security_log.note(session, SecurityKind.SESSIONS_ENDED, origin, staff.id)


async def log_out(session: AsyncSession, staff: Staff, token: str, origin: Origin) -> None:
    """End the session that somebody wants to end."""
    security_log.note(session, SecurityKind.LOGOUT, origin, staff.id)
    await staff_sessions.end(session, token)
