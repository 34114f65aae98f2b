"""What a citizen is told when a case moves: what happened, why, and what comes next."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.outgoing import queue
from actions.domain.status import Status, status_of
from actions.flow.show import show_day
from actions.hall import Hall
from actions.storage.tables import Request
from actions.turn import Button, Reply


def tell_citizen(
    session: AsyncSession, hall: Hall, request: Request, reason: str | None, now: datetime
) -> None:
    """Queue the message of the status that the case has just reached."""
    status = status_of(request.status)
    text = hall.texts.html(
        f"kabar.{status}",
        kode=request.code,
        hal=hall.catalogue.item(request.slug).called,
        alasan=(reason or "").strip(),
        tanggal=show_day(request.due_on) if request.due_on else "",
        unit=hall.catalogue.unit(request.unit).short,
    ).strip()
    queue(session, request.chat, [Reply(f"kabar.{status}", text, _buttons(hall, request))], now)


def _buttons(hall: Hall, request: Request) -> tuple[tuple[Button, ...], ...]:
    if request.status in {Status.INCOMPLETE, Status.NEEDS_DETAIL}:
        return ((Button(hall.texts.plain("tombol.lengkapi"), f"complete:{request.id}"),),)
    if request.status == Status.AWAITING_REPLY:
        return (
            (Button(hall.texts.plain("tombol.sudah_beres"), f"settled:{request.id}"),),
            (Button(hall.texts.plain("tombol.belum_beres"), f"reopen:{request.id}"),),
        )
    return ()
