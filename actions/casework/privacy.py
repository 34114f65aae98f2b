"""What is stored of a citizen."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.audit_log import Look
from actions.casework.chats import NOBODY
from actions.storage.tables import (
    AccessLog,
    Attachment,
    Case,
    Chat,
    Message,
)

_HAS_FILE = Message.file.is_not(None)


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much is stored about a chat."""

    cases: int
    files: int
    lines: int
    looked_at: int


async def holdings(session: AsyncSession, chat: str) -> Holdings:
    """Count what is stored, and how often officers opened it.

    A draft that was given up and forgotten holds nothing.
    """
    mine = select(Case.id).where(Case.chat == chat)
    whole = (await session.scalars(select(Case).where(Case.chat == chat))).all()
    return Holdings(
        cases=sum(bool(case.code or case.answers) for case in whole),
        files=await _count(session, select(Attachment.id).where(_files_of(chat, mine)))
        + await _count(session, select(Message.id).where(Message.chat == chat, _HAS_FILE)),
        lines=await _count(session, select(Message.id).where(Message.chat == chat)),
        looked_at=await _count(session, _opened(mine)),
    )


def _opened(cases: Select[int]) -> Select[int]:
    """The times that officers opened something; a name among others in a search opens nothing."""
    looks = select(AccessLog.id).where(AccessLog.case_id.in_(cases))
    return looks.where(AccessLog.action != Look.FOUND)


def _files_of(chat: str, cases: Select[int] | list[int]) -> ColumnElement[bool]:
    """The files of these cases, and those of the chat that belong to none yet."""
    early = and_(Attachment.chat == chat, Attachment.case_id.is_(None))
    return or_(Attachment.case_id.in_(cases), early)


async def _count(session: AsyncSession, rows: Select[Any]) -> int:
    return await session.scalar(select(func.count()).select_from(rows.subquery())) or 0


async def how_many_people(session: AsyncSession) -> int:
    """Of how many chats something is stored that can be laid to somebody."""
    chats = select(Chat.id).where(Chat.id != NOBODY)
    return await _count(session, chats)
