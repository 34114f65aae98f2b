"""What a citizen is told when a case moves: what happened, why, and what comes next."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.lateness import words_of
from actions.casework.news import tell
from actions.catalogue.reference import ReferenceData
from actions.domain.messages import Button, Reply
from actions.domain.status import Status, status_of
from actions.storage.tables import Case

RETURNED = frozenset({Status.INCOMPLETE, Status.NEEDS_DETAIL})
"""Where a case waits for what its citizen is asked."""


async def tell_citizen(
    session: AsyncSession, reference: ReferenceData, case: Case, reason: str | None, now: datetime
) -> None:
    """Tell of the status that the case has just reached; what asks for something never waits."""
    told = [news_of(reference, case, reason, now)]
    urgent = status_of(case.status) in RETURNED
    await tell(session, reference, case, told, now, urgent=urgent)


def news_of(reference: ReferenceData, case: Case, reason: str | None, now: datetime) -> Reply:
    """The message of the status that a case has reached."""
    status = status_of(case.status)
    text = reference.texts.html(
        f"kabar.{status}",
        kode=case.code,
        hal=reference.catalogue.item(case.slug).called,
        alasan=(reason or "").strip(),
        janji=words_of(reference, case, now),
        unit=reference.catalogue.unit(case.unit).short,
        alamat=_address(reference, reason or "") if status is Status.NOT_OURS else "",
    ).strip()
    return Reply(f"kabar.{status}", text, _buttons(reference, case))


def _address(reference: ReferenceData, name: str) -> str:
    """Where an office is that an officer named, if we know it."""
    office = reference.catalogue.office
    known = {
        word.casefold(): unit
        for unit in (*office.units.values(), *office.others.values())
        for word in (unit.name, unit.short, *unit.aliases)
    }
    unit = known.get(name.strip(" .").casefold())
    return reference.texts.plain("umum.alamat_instansi", alamat=unit.address) if unit else ""


def _buttons(reference: ReferenceData, case: Case) -> tuple[tuple[Button, ...], ...]:
    if case.status in RETURNED:
        return ((Button(reference.texts.plain("tombol.lengkapi"), f"complete:{case.id}"),),)
    if case.status == Status.AWAITING_REPLY:
        return (
            (Button(reference.texts.plain("tombol.sudah_beres"), f"settled:{case.id}"),),
            (Button(reference.texts.plain("tombol.belum_beres"), f"reopen:{case.id}"),),
        )
    return ()
