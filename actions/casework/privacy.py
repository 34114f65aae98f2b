"""What is stored of a citizen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, Select, func, select
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


async def holdings(session: AsyncSession, chats: Sequence[str]) -> Holdings:
    """Count what is stored of a chat and its pseudonym, and how often officers opened it.

    A draft that was given up and forgotten holds nothing.
    """
    mine = select(Case.id).where(Case.chat.in_(chats))
    whole = (await session.scalars(select(Case).where(Case.chat.in_(chats)))).all()
    return Holdings(
        cases=sum(bool(case.code or case.answers) for case in whole),
        files=await _count(session, _files_of(chats, mine))
        + await _count(session, select(Message.id).where(Message.chat.in_(chats), _HAS_FILE)),
        lines=await _count(session, select(Message.id).where(Message.chat.in_(chats))),
        looked_at=await _count(session, _opened(mine)),
    )


def _opened(cases: Select[int]) -> Select[int]:
    """The times that officers opened something; a name among others in a search opens nothing."""
    looks = select(AccessLog.id).where(AccessLog.case_id.in_(cases))
    return looks.where(AccessLog.action != Look.FOUND)


def _files_of(chats: Sequence[str], cases: Select[int]) -> CompoundSelect[int]:
    """The files of these cases, and those of the chats that belong to none yet."""
    early = select(Attachment.id).where(Attachment.chat.in_(chats), Attachment.case_id.is_(None))
    # Not joined by OR: for that PostgreSQL walks through the files of everybody.
    return select(Attachment.id).where(Attachment.case_id.in_(cases)).union_all(early)


async def _count(session: AsyncSession, rows: Select[Any] | CompoundSelect[Any]) -> int:
    return await session.scalar(select(func.count()).select_from(rows.subquery())) or 0


async def how_many_people(session: AsyncSession) -> int:
    """Of how many chats something is stored that can be laid to somebody."""
    chats = select(Chat.id).where(Chat.id != NOBODY)
    return await _count(session, chats)
