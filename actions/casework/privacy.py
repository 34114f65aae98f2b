"""A citizen's rights to the data of a chat: see it, and have it deleted."""

from dataclasses import dataclass

from sqlalchemy import Select, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.storage.tables import AccessLog, Attachment, Case, Message


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much is stored about a chat."""

    cases: int
    files: int
    lines: int
    looked_at: int


async def holdings(session: AsyncSession, chat: str) -> Holdings:
    """Count what is stored, and how often officers opened it."""
    mine = select(Case.id).where(Case.chat == chat)
    return Holdings(
        cases=len((await session.scalars(mine)).all()),
        files=await _count(session, select(Attachment.id).where(Attachment.case_id.in_(mine))),
        lines=await _count(session, select(Message.id).where(Message.chat == chat)),
        looked_at=await _count(session, select(AccessLog.id).where(AccessLog.case_id.in_(mine))),
    )


async def _count(session: AsyncSession, rows: Select[int]) -> int:
    return await session.scalar(select(func.count()).select_from(rows.subquery())) or 0


async def erase(session: AsyncSession, chat: str) -> None:
    """Delete the lines of a chat, and the answers and files of what is over.

    Open requests stay until they are done. The bytes of files go with the next sweep.
    """
    await session.execute(delete(Message).where(Message.chat == chat))
    over = select(Case).where(Case.chat == chat, Case.closed_at.is_not(None))
    ended = (await session.scalars(over)).all()
    for case in ended:
        case.answers = {}
    ids = [case.id for case in ended]
    await session.execute(delete(Attachment).where(Attachment.case_id.in_(ids)))


async def files_in_use(session: AsyncSession) -> frozenset[str]:
    """The names of all files that a request still needs."""
    return frozenset((await session.scalars(select(Attachment.name).distinct())).all())
