"""Other cases that whoever works on one should know of."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.chats import NOBODY
from actions.casework.rights import visible
from actions.storage.case_indexes import OPEN
from actions.storage.tables import Case, Staff

SHOWN = 8


async def of_same_chat(session: AsyncSession, staff: Staff, case: Case) -> Sequence[Case]:
    """What the same person has sent besides, newest first; whoever gave no name is nobody."""
    if case.chat == NOBODY or case.anonymous:
        return []
    mine = (Case.chat == case.chat, Case.id != case.id, visible(staff))
    newest = select(Case).where(*mine).order_by(Case.id.desc()).limit(SHOWN)
    return (await session.scalars(newest)).all()


async def alike_nearby(session: AsyncSession, staff: Staff, case: Case) -> Sequence[Case]:
    """Open cases of the same matter in the same village, of other people, newest first."""
    if case.village is None:
        return []
    same = (Case.village == case.village, Case.slug == case.slug, Case.chat != case.chat)
    still = (Case.secret == case.secret, visible(staff))
    newest = select(Case).where(OPEN, *same, *still).order_by(Case.id.desc()).limit(SHOWN)
    return (await session.scalars(newest)).all()


async def by_ids(session: AsyncSession, staff: Staff, ids: Iterable[int]) -> dict[int, Case]:
    """Cases by id, without those that are none of this officer's business."""
    wanted = set(ids)
    if not wanted:
        return {}
    found = select(Case).where(Case.id.in_(wanted), visible(staff))
    return {case.id: case for case in (await session.scalars(found)).all()}
