"""Takes alerts to officers' Telegram: what each wants to hear of, in office hours, with buttons.

No words of a citizen leave the house. An alert has a button that takes a case which nobody has,
one that reminds an hour later, and one that opens just this case in the console.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import alert_choices, desk, rights
from actions.casework.absence import away
from actions.casework.break_glass import BROKEN_INTO
from actions.casework.desk import Tray, Wanted
from actions.casework.messages import queue_alert
from actions.casework.office_hours import is_at_work, open_units
from actions.casework.staff_alerts import alert_staff, text_of
from actions.catalogue.reference import ReferenceData
from actions.domain.alerts import AT_ANY_HOUR, MAY_TAKE, AlertEvent, event_of, keys_of
from actions.domain.messages import Button, Reply
from actions.storage.tables import Case, LaterAlert, Staff, StaffAlert

AT_ONCE = 200
LATER = timedelta(hours=1)
IN_DIGEST = (Tray.URGENT, Tray.NEW, Tray.MINE, Tray.LATE, Tray.ANSWERED, Tray.SENT_HERE)


@dataclass(frozen=True, slots=True)
class _Way:
    """To whom an alert goes: a chat, and whether that is one officer's own."""

    chat: str
    personal: bool


async def take(session: AsyncSession, reference: ReferenceData, now: datetime) -> int:
    """Queue what waits for those who are at work and want it; returns how many."""
    found = (
        select(StaffAlert, Case, Staff)
        .join(Case, Case.id == StaffAlert.case_id)
        .join(Staff, Staff.id == StaffAlert.staff_id)
        .where(StaffAlert.told_at.is_(None), _may_be_told(reference, now))
        .order_by(StaffAlert.id)
        .limit(AT_ONCE)
        .with_for_update(of=StaffAlert, skip_locked=True)
    )
    rows = (await session.execute(found)).all()
    wanted = await alert_choices.wanted(session, {staff for _, _, staff in rows})
    taken = 0
    for alert, case, staff in rows:
        alert.told_at = now
        event = event_of(alert.key)
        if staff.active and staff.telegram_id and (event is None or event in wanted[staff.id]):
            way = _Way(f"tg:{staff.telegram_id}", personal=True)
            alert.outbox_id = await _send(session, reference, way, alert.key, case, now)
            taken += 1
    return taken


def _may_be_told(reference: ReferenceData, now: datetime) -> ColumnElement[bool]:
    """What is urgent or a broken glass, has no way to Telegram, or is of those at work."""
    units = open_units(reference, now)
    at_work = or_(Staff.unit.in_(units), Staff.unit.is_(None) if units else ~true())
    at_once = [*keys_of(AT_ANY_HOUR), BROKEN_INTO]
    return or_(StaffAlert.key.in_(at_once), Staff.telegram_id.is_(None), at_work)


async def tell_group(
    session: AsyncSession, reference: ReferenceData, key: str, case: Case, now: datetime
) -> None:
    """Tell the group of the case's unit, where it has one and wants to hear of this."""
    unit, event = reference.catalogue.unit(case.unit), event_of(key)
    if unit.group is None or event not in unit.group_events:
        return
    if event in AT_ANY_HOUR or is_at_work(open_units(reference, now), case.unit):
        way = _Way(f"tg:{unit.group}", personal=False)
        await _send(session, reference, way, key, case, now)


async def _send(
    session: AsyncSession,
    reference: ReferenceData,
    way: _Way,
    key: str,
    case: Case,
    now: datetime,
) -> int:
    reply = Reply(
        f"alarm.{key}", text_of(reference, key, case), _buttons(reference, way, key, case)
    )
    return await queue_alert(session, way.chat, reply, now)


def _buttons(
    reference: ReferenceData, way: _Way, key: str, case: Case
) -> tuple[tuple[Button, ...], ...]:
    word = reference.texts.plain
    row: list[Button] = []
    if event_of(key) in MAY_TAKE and case.owner_id is None:
        row.append(Button(word("tombol.ambil_perkara"), f"take:{case.id}"))
    if way.personal:
        row.append(Button(word("tombol.nanti"), f"later:{key}:{case.id}"))
    link = _link(reference, f"/permohonan/{case.id}")
    rows = [tuple(row), (Button(word("tombol.buka"), "", link),) if link else ()]
    return tuple(part for part in rows if part)


def _link(reference: ReferenceData, path: str) -> str:
    return f"{reference.console_url.rstrip('/')}{path}" if reference.console_url else ""


async def remind_later(
    session: AsyncSession, staff: Staff, key: str, case_id: int, now: datetime
) -> datetime | None:
    """Tell an officer once more in an hour; None where the case is not for them any more."""
    case = await session.get(Case, case_id)
    if case is None or not await rights.may_open(session, staff, case):
        return None
    due = now + LATER
    session.add(LaterAlert(staff_id=staff.id, case_id=case.id, key=key, due_at=due))
    return due


async def bring_back(session: AsyncSession, _: ReferenceData, now: datetime) -> int:
    """Tell again what was put off, unless the case is over; returns how many."""
    found = (
        select(LaterAlert, Case, Staff)
        .join(Case, Case.id == LaterAlert.case_id)
        .join(Staff, Staff.id == LaterAlert.staff_id)
        .where(LaterAlert.due_at <= now)
        .limit(AT_ONCE)
        .with_for_update(of=LaterAlert, skip_locked=True)
    )
    rows = (await session.execute(found)).all()
    for later, case, staff in rows:
        await session.delete(later)
        if staff.active and case.closed_at is None:
            alert_staff(session, staff, later.key, case, now)
    return len(rows)


async def digest(session: AsyncSession, reference: ReferenceData, now: datetime) -> int:
    """Begin the day of everybody who is at work now: what lies on their desk; once a day."""
    today, units = reference.today(now), open_units(reference, now)
    fresh = or_(Staff.digested_on.is_(None), Staff.digested_on < today)
    linked = (Staff.telegram_id.is_not(None), Staff.active.is_(True))
    fresh = and_(fresh, away(now).is_not(True))
    found = select(Staff).where(*linked, fresh).order_by(Staff.id).limit(AT_ONCE)
    rows = (await session.scalars(found.with_for_update(skip_locked=True))).all()
    people = [staff for staff in rows if is_at_work(units, staff.unit)]
    wanted = await alert_choices.wanted(session, people)
    for staff in people:
        staff.digested_on = today
        if AlertEvent.DIGEST in wanted[staff.id]:
            await _greet(session, reference, staff, now)
    return len(people)


async def _greet(
    session: AsyncSession, reference: ReferenceData, staff: Staff, now: datetime
) -> None:
    """What lies there; what came in the night is counted, and not told once more by itself."""
    today, word = reference.today(now), reference.texts.plain
    counts = {t: await desk.count(session, staff, Wanted(t), today) for t in IN_DIGEST}
    lines = [f"{word(f'konsol.meja.baki.{tray}')}: {n}" for tray, n in counts.items() if n]
    text = reference.texts.html("petugas.pagi", nama=staff.name, isi="\n".join(lines))
    if not lines:
        text = reference.texts.html("petugas.pagi_kosong", nama=staff.name)
    link = _link(reference, "/meja")
    buttons = ((Button(word("tombol.buka_meja"), "", link),),) if link else ()
    await queue_alert(
        session, f"tg:{staff.telegram_id}", Reply("petugas.pagi", text, buttons), now
    )
    old = select(StaffAlert).where(StaffAlert.staff_id == staff.id, StaffAlert.told_at.is_(None))
    for alert in (await session.scalars(old.limit(AT_ONCE))).all():
        if event_of(alert.key) in {AlertEvent.NEW, AlertEvent.ANSWERED, AlertEvent.TRANSFER}:
            alert.told_at = now
