"""The second factor: codes of an authenticator app (TOTP, RFC 6238), and what stands in for it.

A code counts once: the half minute that it belongs to is remembered, and no code of it or of an
earlier one is taken again. The clock of a telephone may be half a minute off. Whoever lost the
telephone has ten recovery codes, each good once; they have 80 bits of chance, so that their plain
hashes tell nothing.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from enum import StrEnum

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import security_log
from actions.casework.security_log import Origin, SecurityKind
from actions.casework.staff import Role
from actions.storage.engine import rows_of
from actions.storage.login_tables import RecoveryCode, SecondFactor
from actions.storage.tables import Staff

REQUIRED = frozenset({Role.SUPERVISOR, Role.ADMIN})
"""Whoever sees every unit's cases, or may change accounts."""
STEP, DRIFT = 30, 1
DIGITS = 6
SECRET_BYTES, RECOVERY_BYTES = 20, 10
RECOVERY_CODES = 10


class Shown(StrEnum):
    """What somebody has shown."""

    CODE = "code"
    RECOVERY = "recovery"


def new_secret() -> str:
    """What an app is given, once: base 32, as apps take it."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def address_for_app(secret: str, *, account: str, issuer: str) -> str:
    """The address that an app reads from a QR code."""
    # Some apps take "+" for itself, not for a space.
    return _totp(secret).get_provisioning_uri(account, issuer).replace("+", "%20")


def _totp(secret: str) -> TOTP:
    # Apps know no other hash than SHA-1; as a keyed hash it is sound.
    return TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP)  # noqa: S303


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half minute that a code belongs to, if it is one of these moments."""
    present, totp, found = _present(now), _totp(secret), None
    for step in range(present - DRIFT, present + DRIFT + 1):
        if hmac.compare_digest(totp.generate(step * STEP), code.encode()):
            found = step
    return found


def _present(now: datetime) -> int:
    return int(now.timestamp()) // STEP


async def set_up(
    session: AsyncSession, staff: Staff, secret: str, code: str, origin: Origin
) -> list[str] | None:
    """Take a new second factor, in the place of one that there may be, if the code is its.

    The answer is the recovery codes, seen only here; None when the code is wrong.
    """
    step = step_of(secret, _plain(code), origin.at)
    if step is None:
        return None
    factor = SecondFactor(staff_id=staff.id, secret=secret, step=step, since=origin.at)
    await session.merge(factor)
    security_log.note(session, SecurityKind.FACTOR_SET, origin, staff.id)
    return await _new_codes(session, staff)


async def remove(session: AsyncSession, staff: Staff, origin: Origin) -> None:
    """Forget the second factor of an account and its recovery codes."""
    await session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff.id))
    await session.execute(delete(SecondFactor).where(SecondFactor.staff_id == staff.id))
    security_log.note(session, SecurityKind.FACTOR_REMOVED, origin, staff.id)


async def new_codes(session: AsyncSession, staff: Staff, origin: Origin) -> list[str]:
    """Fresh recovery codes, seen only here; the old ones are void."""
    security_log.note(session, SecurityKind.RECOVERY_MADE, origin, staff.id)
    return await _new_codes(session, staff)


async def _new_codes(session: AsyncSession, staff: Staff) -> list[str]:
    await session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff.id))
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(code_hash=_digest(code), staff_id=staff.id) for code in codes)
    return codes


def _recovery_code() -> str:
    """Four groups of four letters and digits, none of them like another."""
    text = base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode().lower()
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4))


def _plain(code: str) -> str:
    return "".join(c for c in code.lower() if c.isascii() and c.isalnum())


def _digest(code: str) -> str:
    return hashlib.sha256(_plain(code).encode()).hexdigest()


async def codes_left(session: AsyncSession, staff: Staff) -> int:
    """How many recovery codes are not used yet."""
    mine = select(func.count(RecoveryCode.code_hash)).where(RecoveryCode.staff_id == staff.id)
    return (await session.scalars(mine)).one()


async def since(session: AsyncSession, staff_id: int) -> datetime | None:
    """Since when an account has a second factor; None when it has none."""
    mine = select(SecondFactor.since).where(SecondFactor.staff_id == staff_id)
    return await session.scalar(mine)


async def accept(session: AsyncSession, staff_id: int, code: str, now: datetime) -> Shown | None:
    """Use up a code of the app or a recovery code; None when it is neither, or was used.

    A half minute that lies ahead was noted by a clock that went wrong, and binds nobody.
    """
    factor = await session.get(SecondFactor, staff_id, with_for_update=True)
    if factor is None:
        return None
    plain = _plain(code)
    step = step_of(factor.secret, plain, now)
    if step is not None and (step > factor.step or factor.step > _present(now) + DRIFT):
        factor.step = step
        return Shown.CODE
    mine = (RecoveryCode.staff_id == staff_id, RecoveryCode.code_hash == _digest(plain))
    used = rows_of(await session.execute(delete(RecoveryCode).where(*mine)))
    return Shown.RECOVERY if used else None
