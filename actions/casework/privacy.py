"""A citizen's rights to the data of a chat: see it, and have it deleted."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.escalations import State
from actions.storage.tables import (
    AccessLog,
    Attachment,
    Case,
    Escalation,
    Message,
    Quarantined,
    Survey,
)


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much is stored about a chat."""

    cases: int
    files: int
    lines: int
    looked_at: int


async def holdings(session: AsyncSession, chat: str) -> Holdings:
    """Count what is stored, and how often officers opened it.

    A draft that was given up and erased holds nothing; a case that was erased is still listed.
    """
    mine = select(Case.id).where(Case.chat == chat)
    whole = (await session.scalars(select(Case).where(Case.chat == chat))).all()
    return Holdings(
        cases=sum(bool(case.code or case.answers) for case in whole),
        files=await _count(session, select(Attachment.id).where(_files_of(chat, mine))),
        lines=await _count(session, select(Message.id).where(Message.chat == chat)),
        looked_at=await _count(session, select(AccessLog.id).where(AccessLog.case_id.in_(mine))),
    )


def _files_of(chat: str, cases: Select[int] | list[int]) -> ColumnElement[bool]:
    """The files of these cases, and those of the chat that belong to none yet."""
    early = and_(Attachment.chat == chat, Attachment.case_id.is_(None))
    return or_(Attachment.case_id.in_(cases), early)


async def _count(session: AsyncSession, rows: Select[int]) -> int:
    return await session.scalar(select(func.count()).select_from(rows.subquery())) or 0


async def erase(session: AsyncSession, chat: str) -> None:
    """Delete the lines of a chat, and the answers, files and comments of what is over.

    Open requests stay until they are done, and of what is over the code, what it was about and
    its history. The bytes of files go with the next sweep.
    """
    for said in (Message, Quarantined):
        await session.execute(delete(said).where(said.chat == chat))
    over = select(Case).where(Case.chat == chat, Case.closed_at.is_not(None))
    ended = (await session.scalars(over)).all()
    for case in ended:
        case.answers = {}
    ids = [case.id for case in ended]
    await session.execute(delete(Attachment).where(_files_of(chat, ids)))
    await session.execute(update(Survey).where(Survey.case_id.in_(ids)).values(comment=None))
    talks = and_(Escalation.chat == chat, Escalation.status == State.CLOSED)
    await session.execute(update(Escalation).where(talks).values(turns=[], understood={}))


async def files_in_use(session: AsyncSession) -> frozenset[str]:
    """The names of all files that a request still needs."""
    return frozenset((await session.scalars(select(Attachment.name).distinct())).all())
