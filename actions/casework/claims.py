"""Codes on receipts: who types one into a chat hears there what becomes of the case.

The code of the case alone is not enough, since others may have read it. The counter gives out a
code of its own, long enough not to be guessed; who hands in for somebody else a PIN, which is
short, and therefore locked after a few wrong ones.
"""

from datetime import datetime, timedelta
from random import Random

from sqlalchemy import String, delete, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.chats import is_reachable
from actions.casework.queues import hold
from actions.domain.codes import new_claim_code, new_pin
from actions.domain.status import Actor
from actions.domain.work import EventKind
from actions.storage.engine import rows_of, vault_of
from actions.storage.tables import Attachment, Case, CaseEvent, Chat, ClaimCode, Survey

VALID = timedelta(days=30)
MOST_WRONG = 5
"""Wrong PINs until a case can only be had with a new one."""
KEPT = 2 * VALID
"""For so long a code that is over is told from one that never was."""


class UnknownClaimError(Exception):
    """Nobody was given this code, or a newer one took its place."""


class UsedClaimError(Exception):
    """The code was used before; `case` is the case, whoever has it."""

    def __init__(self, case: Case) -> None:
        super().__init__("the code was used before")
        self.case = case


class ExpiredClaimError(Exception):
    """The code is too old."""


class WrongPinError(Exception):
    """Not the PIN of that case; so many may be tried still."""

    def __init__(self, left: int) -> None:
        super().__init__("not the PIN of that case")
        self.left = left


async def make(session: AsyncSession, case: Case, now: datetime, random: Random) -> str:
    """A code for a case that no chat hears of yet; the one before it is void."""
    await session.execute(delete(ClaimCode).where(ClaimCode.case_id == case.id))
    code = new_claim_code(random)
    session.add(ClaimCode(case_id=case.id, code=code, made_at=now))
    await session.flush()
    return code


async def make_pin(session: AsyncSession, case: Case, now: datetime, random: Random) -> str:
    """A PIN beside the code of a case that somebody handed in for its owner; as `make`."""
    await session.execute(delete(ClaimCode).where(ClaimCode.case_id == case.id))
    pin = new_pin(random)
    session.add(ClaimCode(case_id=case.id, code=_joined(case, pin), made_at=now))
    await session.flush()
    return pin


def _joined(case: Case, pin: str) -> str:
    return f"{case.code} {pin}"


async def waits(session: AsyncSession, case: Case, now: datetime) -> bool:
    """Whether a case can be taken with a code or a PIN."""
    unused = (ClaimCode.case_id == case.id, ClaimCode.used_at.is_(None))
    found = select(ClaimCode.id).where(*unused, ClaimCode.made_at >= now - VALID)
    return await session.scalar(found) is not None


async def take_with_pin(
    session: AsyncSession, case: Case, pin: str, chat: str, now: datetime
) -> None:
    """Move a case to a chat, whose row is locked. A wrong PIN is counted.

    Raises WrongPinError, UnknownClaimError, UsedClaimError, or ExpiredClaimError.
    """
    await hold(session, case)
    found = await session.scalar(select(ClaimCode).where(ClaimCode.case_id == case.id))
    if found is None:
        raise UnknownClaimError
    await session.refresh(found)
    _demand_valid(found, case, now)
    hashes = vault_of(session.get_bind()).fingerprints(_joined(case, pin))
    own = (ClaimCode.id == found.id, type_coerce(ClaimCode.code, String).in_(hashes))
    right = await session.scalar(select(ClaimCode.id).where(*own)) is not None
    if found.wrong >= MOST_WRONG or not right:
        found.wrong += 1
        raise WrongPinError(max(MOST_WRONG - found.wrong, 0))
    found.used_at = now
    await _move(session, case, chat, now)


def _demand_valid(found: ClaimCode, case: Case, now: datetime) -> None:
    if found.used_at is not None:
        raise UsedClaimError(case)
    if now - found.made_at > VALID:
        raise ExpiredClaimError


async def take(session: AsyncSession, code: str, chat: str, now: datetime) -> Case:
    """Move the case of a code to a chat, whose row is locked.

    Raises UnknownClaimError, UsedClaimError, or ExpiredClaimError.
    """
    hashes = vault_of(session.get_bind()).fingerprints(code)
    same = select(ClaimCode).where(type_coerce(ClaimCode.code, String).in_(hashes))
    found = await session.scalar(same)
    if found is None:
        raise UnknownClaimError
    case = await session.get_one(Case, found.case_id)
    await hold(session, case)
    await session.refresh(found)  # another chat may have been quicker
    _demand_valid(found, case, now)
    found.used_at = now
    await _move(session, case, chat, now)
    return case


async def _move(session: AsyncSession, case: Case, chat: str, now: datetime) -> None:
    before, case.chat = case.chat, chat
    await session.flush()
    for table in (Attachment, Survey):
        mine = update(table).where(table.case_id == case.id)
        await session.execute(mine.values(chat=chat))
    if not is_reachable(before):
        await session.execute(delete(Chat).where(Chat.id == before))
    session.add(CaseEvent(case_id=case.id, kind=EventKind.CLAIMED, at=now, actor=Actor.CITIZEN))


async def forget_old(session: AsyncSession, now: datetime) -> int:
    """Delete codes that are long over; returns how many."""
    old = delete(ClaimCode).where(ClaimCode.made_at < now - KEPT)
    return rows_of(await session.execute(old))
