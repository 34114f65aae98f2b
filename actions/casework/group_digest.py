"""Begins the day of the group of a unit: how much waits for it, without a word of any case."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import desk
from actions.casework.desk import Tray, Wanted
from actions.casework.messages import queue_alert
from actions.casework.office_hours import open_units
from actions.casework.staff import Role
from actions.catalogue.reference import ReferenceData
from actions.domain.alerts import AlertEvent
from actions.domain.messages import Reply
from actions.storage.tables import AlertCursor, Staff

TRAYS = (Tray.URGENT, Tray.NEW, Tray.LATE, Tray.ANSWERED, Tray.SENT_HERE)


async def send(session: AsyncSession, reference: ReferenceData, now: datetime) -> int:
    """Tell each group once a day, when the first of its units opens; returns how many."""
    units_open, told = set(open_units(reference, now)), 0
    for group, units in _groups(reference).items():
        if units_open.intersection(units) and await _is_first(session, reference, group, now):
            lines = [await _line(session, reference, unit, now) for unit in units]
            text = "\n".join(line for line in lines if line)
            key = "petugas.pagi_grup" if text else "petugas.pagi_grup_kosong"
            reply = Reply(key, reference.texts.html(key, **({"isi": text} if text else {})))
            await queue_alert(session, f"tg:{group}", reply, now)
            told += 1
    return told


def _groups(reference: ReferenceData) -> Mapping[int, list[str]]:
    """The units of each group that wants a digest."""
    groups: dict[int, list[str]] = {}
    for key, unit in reference.catalogue.office.units.items():
        if unit.group is not None and AlertEvent.DIGEST in unit.group_events:
            groups.setdefault(unit.group, []).append(key)
    return groups


async def _is_first(
    session: AsyncSession, reference: ReferenceData, group: int, now: datetime
) -> bool:
    """Whether the group was told nothing today, and note that it is now."""
    source, today = f"grup:{group}", reference.today(now).toordinal()
    cursor = await session.get(AlertCursor, source, with_for_update=True)
    if cursor is None:
        session.add(AlertCursor(source=source, seen=today))
        return True
    is_first, cursor.seen = cursor.seen < today, today
    return is_first


async def _line(session: AsyncSession, reference: ReferenceData, unit: str, now: datetime) -> str:
    """What waits for a unit, as an officer counts it who has no right to secret cases."""
    anybody = Staff(id=0, role=Role.OFFICER, unit=unit, sees_secret=False)
    today, word = reference.today(now), reference.texts.plain
    counts = {tray: await desk.count(session, anybody, Wanted(tray), today) for tray in TRAYS}
    parts = [f"{word(f'konsol.meja.baki.{tray}')} {n}" for tray, n in counts.items() if n]
    return f"{reference.catalogue.called(unit)}: {', '.join(parts)}" if parts else ""
