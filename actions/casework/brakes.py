"""The brake on a chat: counted on its locked row, so that all processes count the same."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.chats import keep_counts, lock_chat
from actions.catalogue.reference import ReferenceData
from actions.domain.brakes import Brake, Braked, count


async def one_more(
    session: AsyncSession, reference: ReferenceData, chat: str, what: Braked, at: datetime
) -> Brake | None:
    """Count what a chat does at a moment; returns the brake when it is too much.

    A turn that is rolled back, to fetch something, has counted nothing.
    """
    row = await lock_chat(session, chat, at)
    counts, brake = count(row.brakes or {}, what, reference.limits.of(what), at)
    keep_counts(session, row, counts)
    return brake
