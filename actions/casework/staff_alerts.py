"""What officers are told about cases: kept for the console, and taken to their Telegram.

An alert names a text below "alarm." and its case. No words of a citizen leave the house: the
code, what it is about unless that is secret, the unit, and the clock.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import first_answer, promises
from actions.catalogue.reference import ReferenceData
from actions.storage.tables import Case, Staff, StaffAlert

PAGE = 30


@dataclass(frozen=True, slots=True)
class Told:
    """One alert as an officer reads it."""

    id: int
    text: str
    case_id: int
    at: datetime
    seen: bool


def alert_staff(session: AsyncSession, staff: Staff, key: str, case: Case, now: datetime) -> None:
    """Tell an officer something about a case, in the console and where they can be reached."""
    session.add(StaffAlert(staff_id=staff.id, case_id=case.id, key=key, at=now))


def text_of(reference: ReferenceData, key: str, case: Case) -> str:
    """An alert as a message (HTML); `telegram_alerts` takes it there."""
    return reference.texts.html(f"alarm.{key}", **_filled(reference, case))


def _filled(reference: ReferenceData, case: Case) -> dict[str, str]:
    hidden = reference.texts.plain("alarm.hal_rahasia")
    return {
        "kode": case.code or "",
        "hal": hidden if case.secret else reference.catalogue.called(case.slug),
        "unit": reference.catalogue.called(case.unit),
        "janji": promises.first_in_words(reference, case) or "-",
        "batas": first_answer.limit_in_words(reference, case),
        "tempat": f", {case.village}" if case.village and not case.secret else "",
    }


async def unseen(session: AsyncSession, staff: Staff) -> int:
    """How many alerts an officer has not seen in the console."""
    mine = (StaffAlert.staff_id == staff.id, StaffAlert.seen_at.is_(None))
    return await session.scalar(select(func.count(StaffAlert.id)).where(*mine)) or 0


async def page(
    session: AsyncSession, reference: ReferenceData, staff: Staff, *, before: int | None = None
) -> list[Told]:
    """What an officer was told, the newest first; `before` goes on after that alert."""
    mine = select(StaffAlert, Case).join(Case, Case.id == StaffAlert.case_id)
    mine = mine.where(StaffAlert.staff_id == staff.id)
    if before is not None:
        mine = mine.where(StaffAlert.id < before)
    rows = await session.execute(mine.order_by(StaffAlert.id.desc()).limit(PAGE))
    return [read(reference, alert, case) for alert, case in rows.all()]


def read(reference: ReferenceData, alert: StaffAlert, case: Case) -> Told:
    """An alert in words."""
    text = reference.texts.plain(f"alarm.{alert.key}", 0, **_filled(reference, case))
    return Told(alert.id, text, case.id, alert.at, alert.seen_at is not None)


async def see_all(session: AsyncSession, staff: Staff, now: datetime) -> None:
    """Note that an officer has seen what there is."""
    mine = update(StaffAlert).where(StaffAlert.staff_id == staff.id, StaffAlert.seen_at.is_(None))
    await session.execute(mine.values(seen_at=now))
