"""Codes on receipts of the counter: who types one into a chat hears there what becomes of it.

The code of the case alone is not enough, since others may have read it.
"""

from datetime import datetime, timedelta
from random import Random

from sqlalchemy import String, delete, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.chats import is_reachable
from actions.casework.queues import hold
from actions.domain.codes import new_claim_code
from actions.domain.status import Actor
from actions.domain.work import EventKind
from actions.storage.engine import rows_of, vault_of
from actions.storage.tables import Attachment, Case, CaseEvent, Chat, ClaimCode, Survey

VALID = timedelta(days=30)
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


async def make(session: AsyncSession, case: Case, now: datetime, random: Random) -> str:
    """A code for a case that no chat hears of yet; the one before it is void."""
    await session.execute(delete(ClaimCode).where(ClaimCode.case_id == case.id))
    code = new_claim_code(random)
    session.add(ClaimCode(case_id=case.id, code=code, made_at=now))
    await session.flush()
    return code


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
    if found.used_at is not None:
        raise UsedClaimError(case)
    if now - found.made_at > VALID:
        raise ExpiredClaimError
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
