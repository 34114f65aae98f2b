"""A case whose owner stays silent goes back to the tray of its unit."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import reminders
from actions.casework.reminders import Step
from actions.catalogue.reference import ReferenceData
from actions.domain.status import Actor
from actions.domain.work import EventKind
from actions.storage.case_indexes import SILENT
from actions.storage.tables import Case, CaseEvent, CaseNote, Message

AT_ONCE = 20
TAKEN_BACK = "ditarik"
_NOT_WORK = (EventKind.REMINDED, EventKind.PROMISED)
"""What the clock alone writes into a history."""


async def take_back(session: AsyncSession, reference: ReferenceData, now: datetime) -> int:
    """Free what nobody has touched for so many whole working days; returns how many."""
    days = reference.catalogue.office.take_back_after
    first = reference.working_day_before(reference.today(now), days)
    since = reference.start_of(first)
    closed = [
        unit for unit in reference.catalogue.office.units if not reference.is_open(unit, now)
    ]
    silent = select(Case).where(SILENT, Case.updated_at < since, Case.unit.not_in(closed))
    untouched = silent.where(~_was_touched(since))
    oldest = untouched.order_by(Case.updated_at, Case.id).limit(AT_ONCE)
    cases = (await session.scalars(oldest.with_for_update(skip_locked=True))).all()
    people = await reminders.everybody(session) if cases else []
    for case in cases:
        owner = [one for one in people if one.id == case.owner_id]
        _free(session, case, now)
        told = {one.id: one for one in owner + reminders.concerned(case, Step.UNIT, people, now)}
        reminders.tell(session, case, TAKEN_BACK, list(told.values()), now)
    return len(cases)


def _was_touched(since: datetime) -> ColumnElement[bool]:
    """Whether somebody worked on a case since then, its owner wrote to its citizen, or noted."""
    acted = exists().where(
        CaseEvent.case_id == Case.id, CaseEvent.at >= since, CaseEvent.kind.not_in(_NOT_WORK)
    )
    wrote = exists().where(
        Message.chat == Case.chat, Message.staff_id == Case.owner_id, Message.at >= since
    )
    noted = exists().where(CaseNote.case_id == Case.id, CaseNote.at >= since)
    return acted | wrote | noted


def _free(session: AsyncSession, case: Case, now: datetime) -> None:
    session.add(
        CaseEvent(
            case_id=case.id,
            kind=EventKind.LET_GO,
            at=now,
            actor=Actor.SYSTEM,
            data={"dari": case.owner_id},
        )
    )
    case.owner_id = None
