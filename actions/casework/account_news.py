"""Tells the owner of an account on their Telegram what was changed on it, whoever did it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.happenings import SETTLED, rows_behind
from actions.casework.messages import queue_alert
from actions.casework.security_log import SecurityKind
from actions.catalogue.reference import ReferenceData
from actions.domain.messages import Reply
from actions.storage.tables import SecurityEvent, Staff

TOLD = frozenset(
    {
        SecurityKind.PASSWORD,
        SecurityKind.FACTOR_SET,
        SecurityKind.FACTOR_REMOVED,
        SecurityKind.RECOVERY_MADE,
        SecurityKind.RECOVERY_USED,
        SecurityKind.ROLE,
        SecurityKind.ACCOUNT_CLOSED,
        SecurityKind.ACCOUNT_OPENED,
    }
)
"""That a Telegram was linked or unlinked is said where that happens."""


async def tell(session: AsyncSession, reference: ReferenceData, now: datetime) -> int:
    """Tell of what is new, at any hour; nobody can switch this off. Returns of how much."""
    told = 0
    for event, staff in await rows_behind(session, SecurityEvent.id, _changes(now)):
        if event.kind in TOLD and staff.telegram_id is not None:
            reply = _said(reference, event, staff)
            await queue_alert(session, f"tg:{staff.telegram_id}", reply, now)
            told += 1
    return told


def _changes(now: datetime) -> Select[*tuple[Any, ...]]:
    changed = select(SecurityEvent, Staff).join(Staff, Staff.id == SecurityEvent.staff_id)
    return changed.where(SecurityEvent.at <= now - SETTLED)


def _said(reference: ReferenceData, event: SecurityEvent, staff: Staff) -> Reply:
    at = reference.local(event.at)
    text = reference.texts.html(
        "akun.perubahan",
        pengguna=staff.username,
        apa=reference.texts.plain(f"konsol.kejadian.{event.kind}", 0),
        waktu=f"{at:%d-%m-%Y %H.%M} {at.tzname()}",
    )
    return Reply("akun.perubahan", text)
