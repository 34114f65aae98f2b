"""What officers write for each other on a case; its citizen never reads it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.case_events import write
from actions.domain.work import EventKind
from actions.storage.tables import Case, CaseNote, Staff

MOMENT = timedelta(minutes=1)


async def add(session: AsyncSession, case: Case, staff: Staff, text: str, now: datetime) -> None:
    """Keep a note; the same words sent twice in a moment are one."""
    last = await _last_of(session, case, staff)
    if last is not None and last.text == text and now - last.at <= MOMENT:
        return
    note = CaseNote(case_id=case.id, staff_id=staff.id, text=text, at=now)
    session.add(note)
    await session.flush()
    write(session, case, EventKind.NOTED, by=staff, now=now, catatan=note.id)


async def of_case(session: AsyncSession, case: Case) -> Sequence[CaseNote]:
    """The notes of a case, oldest first."""
    mine = select(CaseNote).where(CaseNote.case_id == case.id)
    return (await session.scalars(mine.order_by(CaseNote.id))).all()


async def _last_of(session: AsyncSession, case: Case, staff: Staff) -> CaseNote | None:
    mine = select(CaseNote).where(CaseNote.case_id == case.id, CaseNote.staff_id == staff.id)
    return await session.scalar(mine.order_by(CaseNote.id.desc()).limit(1))
