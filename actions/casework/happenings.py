"""Looks through what happened since the last time, and finds who is to be told.

What happened is read from the history itself, so that no use case needs to know who listens. A
row counts once it has settled: one that another transaction is about to store may have a lower
number.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from actions.casework import alert_choices, rights, telegram_alerts
from actions.casework.absence import away, is_away
from actions.casework.alerts import talk_alert
from actions.casework.escalations import Reason, State
from actions.casework.messages import queue_alert
from actions.casework.office_hours import is_at_work, open_units
from actions.casework.returned import RETURNED
from actions.casework.staff_alerts import alert_staff
from actions.catalogue.reference import ReferenceData
from actions.domain.alerts import AlertEvent, event_of
from actions.domain.status import Actor, Status
from actions.domain.work import EventKind
from actions.storage.tables import (
    AlertCursor,
    Case,
    CaseEvent,
    Escalation,
    PrivacyRequest,
    Staff,
)

AT_ONCE = 200
SETTLED = timedelta(seconds=5)
Rows = Select[*tuple[Any, ...]]
SENT_ON = {EventKind.PASSED_ON, EventKind.ASKED_UNIT}


async def tell(session: AsyncSession, reference: ReferenceData, now: datetime) -> int:
    """Tell officers of what is new; returns of how much."""
    staff = (await session.scalars(_listening(now))).all()
    wanted = await alert_choices.wanted(session, staff)
    listeners = {event: [one for one in staff if event in wanted[one.id]] for event in AlertEvent}
    told = 0
    for event, case in await rows_behind(session, CaseEvent.id, _events(now)):
        told += await _of_event(session, reference, listeners, event, case, now)
    for _, case in await rows_behind(session, PrivacyRequest.id, _asked(now)):
        told += _tell(session, await _of_case(session, case), "hak", case, now)
    for talk, _ in await rows_behind(session, Escalation.id, _talks(now)):
        told += await _of_talk(session, reference, listeners[AlertEvent.TALK], talk, now)
    return told


def _listening(now: datetime) -> Select[Staff]:
    reachable = (Staff.active.is_(True), Staff.telegram_id.is_not(None))
    return select(Staff).where(*reachable, away(now).is_not(True))


def _events(now: datetime) -> Rows:
    settled = CaseEvent.at <= now - SETTLED
    return select(CaseEvent, Case).join(Case, Case.id == CaseEvent.case_id).where(settled)


def _asked(now: datetime) -> Rows:
    asked = select(PrivacyRequest, Case).join(Case, Case.id == PrivacyRequest.case_id)
    return asked.where(PrivacyRequest.asked_at <= now - SETTLED)


def _talks(now: datetime) -> Rows:
    settled = Escalation.opened_at <= now - SETTLED
    return select(Escalation, Escalation.id).where(settled)


async def rows_behind(
    session: AsyncSession, key: InstrumentedAttribute[int], rows: Rows
) -> Sequence[Any]:
    """The rows behind the cursor of their table, which moves on (at most `AT_ONCE`).

    All that is there at the first look is old.
    """
    source = str(key.class_.__tablename__)
    cursor = await session.get(AlertCursor, source, with_for_update=True)
    if cursor is None:
        newest = await session.scalar(select(func.max(key))) or 0
        session.add(AlertCursor(source=source, seen=newest))
        return ()
    behind = rows.where(key > cursor.seen).order_by(key).limit(AT_ONCE)
    found: Sequence[Any] = (await session.execute(behind)).all()
    if found:
        cursor.seen = found[-1][0].id
    return found


async def _of_event(
    session: AsyncSession,
    reference: ReferenceData,
    listeners: dict[AlertEvent, list[Staff]],
    event: CaseEvent,
    case: Case,
    now: datetime,
) -> int:
    """Tell of one line of a history, if it is one that officers are told of."""
    if event.kind in SENT_ON:
        return _tell(session, *_sent_on(listeners[AlertEvent.TRANSFER], event, case), case, now)
    key = _key(event, case)
    if key is None or case.closed_at is not None:
        return 0
    await telegram_alerts.tell_group(session, reference, key, case, now)
    holder = await _holder(session, case, now)
    return _tell(session, _concerned(listeners, key, case, holder), key, case, now)


async def _holder(session: AsyncSession, case: Case, now: datetime) -> int | None:
    """The owner of a case, or who stands in for one who is away."""
    owner = await session.get(Staff, case.owner_id) if case.owner_id else None
    return owner.stand_in_id if owner and is_away(owner, now) else case.owner_id


def _key(event: CaseEvent, case: Case) -> str | None:
    """What a move is to officers: something new, or an answer that they waited for."""
    if event.kind != EventKind.MOVED:
        return None
    if event.from_status == Status.DRAFT and case.code is not None:
        return "mendesak" if case.urgent else "baru"
    came_back = event.from_status in RETURNED or event.to_status == Status.REOPENED
    return "dijawab" if event.actor == Actor.CITIZEN and came_back else None


def _concerned(
    listeners: dict[AlertEvent, list[Staff]], key: str, case: Case, holder: int | None
) -> Iterable[Staff]:
    """Who holds a case; while nobody does, everybody of its unit who sees it."""
    event = event_of(key)
    for staff in listeners[event] if event else ():
        mine = holder == staff.id if holder else staff.unit == case.unit
        if mine and rights.sees(staff, case):
            yield staff


async def _of_case(session: AsyncSession, case: Case) -> list[Staff]:
    """Who must answer for a case, also without Telegram: the law's clock runs for them all."""
    near = Staff.id == case.owner_id if case.owner_id else Staff.unit == case.unit
    found = await session.scalars(select(Staff).where(Staff.active.is_(True), near))
    return [staff for staff in found.all() if rights.sees(staff, case)]


def _sent_on(listeners: list[Staff], event: CaseEvent, case: Case) -> tuple[Iterable[Staff], str]:
    """Who gets a case: an officer by name, or those of the unit that it is sent to."""
    about = event.data or {}
    others = [staff for staff in listeners if staff.id != event.staff_id]
    if officer := about.get("petugas"):
        return [staff for staff in others if staff.id == officer], "diserahkan"
    unit = about.get("unit")
    there = [one for one in others if unit and one.unit == unit and rights.knows(one, case)]
    return there, "pindahan"


def _tell(session: AsyncSession, who: Iterable[Staff], key: str, case: Case, now: datetime) -> int:
    told = 0
    for staff in who:
        alert_staff(session, staff, key, case, now)
        told += 1
    return told


async def _of_talk(
    session: AsyncSession,
    reference: ReferenceData,
    listeners: Iterable[Staff],
    talk: Escalation,
    now: datetime,
) -> int:
    """A citizen waits for a human: told at once to those at work, and to nobody at night."""
    if talk.reason == Reason.OFFICER or talk.status != State.WAITING:
        return 0
    units, told = open_units(reference, now), 0
    for staff in listeners:
        near = staff.unit in {None, talk.unit} or talk.unit is None
        if near and is_at_work(units, staff.unit):
            reply = talk_alert(reference, talk)
            await queue_alert(session, f"tg:{staff.telegram_id}", reply, now)
            told += 1
    return told
