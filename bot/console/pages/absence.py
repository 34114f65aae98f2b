"""When somebody is away, and who stands in: set by oneself, or by an admin."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import absence, ownership
from actions.casework.absence import Absence, BadAbsenceError
from actions.casework.security_log import Origin
from actions.storage.tables import Staff
from bot.console.context import Console
from bot.http import forms
from bot.http.forms import Sent


async def stand_ins(session: AsyncSession, staff: Staff) -> Sequence[Staff]:
    """Who can stand in for somebody: whoever shares the work."""
    return [one for one in await ownership.peers(session, staff) if one.id != staff.id]


async def take(
    session: AsyncSession, console: Console, staff: Staff, sent: Sent, origin: Origin
) -> None:
    """Keep what was sent, or take it out; raises BadAbsenceError."""
    planned = None if forms.words(sent, "hapus", longest=5) == "ya" else _read(sent)
    await absence.plan(session, console.reference, staff, planned, origin)


def _read(sent: Sent) -> Absence:
    number = forms.words(sent, "pengganti", longest=15)
    try:
        first, last = (
            date.fromisoformat(forms.words(sent, name, longest=10)) for name in ("dari", "sampai")
        )
        return Absence(first, last, int(number) if number else None)
    except ValueError:
        raise BadAbsenceError from None
