"""A case goes to another unit, or another unit is asked about it.

It stays with its unit until the other one accepts it; only then is its citizen told who has it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import queues
from actions.casework.accusation import is_about
from actions.casework.case_events import write
from actions.casework.news import tell
from actions.catalogue.reference import ReferenceData
from actions.domain.messages import Reply
from actions.domain.status import Status, is_open, status_of
from actions.domain.work import Awaits, EventKind, TransferKind, TransferOutcome, awaited
from actions.storage.tables import Case, Escalation, Staff, Transfer


class Obstacle(StrEnum):
    """Why a case does not go to another unit, or a question does not."""

    NO_NOTE = "catatan_kosong"
    NO_SUCH_UNIT = "unit_tujuan"
    OVER = "sudah_selesai"
    SECRET = "rahasia_ditanyakan"  # noqa: S105  no password
    REPORTED = "unit_dilaporkan"
    SENT = "sudah_dikirim"
    ASKED = "sudah_ditanya"


class CannotTransferError(Exception):
    """A case does not go there."""

    def __init__(self, why: Obstacle) -> None:
        """Keep what the page says."""
        super().__init__(why)
        self.why = why


class AnsweredError(Exception):
    """Somebody else accepted, answered, sent or took it back meanwhile."""


@dataclass(frozen=True, slots=True)
class Sending:
    """Where a case goes or who is asked about it, and with what words."""

    to_unit: str
    kind: TransferKind
    note: str


async def send(
    session: AsyncSession,
    reference: ReferenceData,
    case: Case,
    sending: Sending,
    *,
    by: Staff,
    now: datetime,
    seen_version: int | None = None,
) -> Transfer:
    """Send a case to another unit, or ask that one; raises CannotTransferError, OutdatedError."""
    await queues.hold(session, case, seen_version)
    await _check(session, reference, case, sending)
    transfer = Transfer(
        case_id=case.id,
        kind=sending.kind,
        from_unit=case.unit,
        to_unit=sending.to_unit,
        sent_by=by.id,
        note=sending.note.strip(),
        at=now,
    )
    session.add(transfer)
    asked = sending.kind is TransferKind.ASKING
    line = EventKind.ASKED_UNIT if asked else EventKind.PASSED_ON
    write(session, case, line, by=by, now=now, reason=sending.note, unit=sending.to_unit)
    case.awaits, case.updated_at = Awaits.OTHER_UNIT, now
    await session.flush()
    return transfer


async def _check(
    session: AsyncSession, reference: ReferenceData, case: Case, sending: Sending
) -> None:
    _demand(sending.note)
    if sending.to_unit not in reference.catalogue.office.units or sending.to_unit == case.unit:
        raise CannotTransferError(Obstacle.NO_SUCH_UNIT)
    if not is_open(status_of(case.status)):
        raise CannotTransferError(Obstacle.OVER)
    if is_about(case, sending.to_unit):
        raise CannotTransferError(Obstacle.REPORTED)
    hands_over = sending.kind is TransferKind.HANDING_OVER
    if case.secret and not hands_over:
        raise CannotTransferError(Obstacle.SECRET)
    waiting = await open_of(session, case)
    if hands_over and any(one.kind == sending.kind for one in waiting):
        raise CannotTransferError(Obstacle.SENT)
    if any(one.to_unit == sending.to_unit for one in waiting):
        raise CannotTransferError(Obstacle.ASKED)


async def accept(
    session: AsyncSession,
    reference: ReferenceData,
    case: Case,
    transfer_id: int,
    *,
    by: Staff,
    now: datetime,
) -> None:
    """Take a case over: it is this unit's and this officer's from now on; the citizen is told."""
    transfer = await _hold(session, case, transfer_id, TransferKind.HANDING_OVER)
    _end(transfer, TransferOutcome.ACCEPTED, by, now)
    write(session, case, EventKind.ACCEPTED, by=by, now=now, unit=transfer.to_unit, dari=case.unit)
    case.unit, case.owner_id = transfer.to_unit, by.id
    await _settle(session, case, now)
    talks = update(Escalation).where(Escalation.case_id == case.id, Escalation.closed_at.is_(None))
    await session.execute(talks.values(unit=case.unit))
    await tell(session, reference, case, [_news(reference, case)], now)


async def answer(
    session: AsyncSession, case: Case, transfer_id: int, *, by: Staff, text: str, now: datetime
) -> None:
    """Answer what another unit asked; it goes on with the case."""
    _demand(text)
    transfer = await _hold(session, case, transfer_id, TransferKind.ASKING)
    _end(transfer, TransferOutcome.ACCEPTED, by, now, text)
    write(
        session,
        case,
        EventKind.UNIT_ANSWERED,
        by=by,
        now=now,
        reason=text,
        unit=transfer.to_unit,
    )
    await _settle(session, case, now)


async def send_back(
    session: AsyncSession, case: Case, transfer_id: int, *, by: Staff, reason: str, now: datetime
) -> None:
    """Refuse a case or a question, with why."""
    _demand(reason)
    transfer = await _hold(session, case, transfer_id)
    _end(transfer, TransferOutcome.SENT_BACK, by, now, reason)
    unit = transfer.to_unit
    write(session, case, EventKind.SENT_BACK, by=by, now=now, reason=reason, unit=unit)
    await _settle(session, case, now)


async def take_back(
    session: AsyncSession, case: Case, transfer_id: int, *, by: Staff, now: datetime
) -> None:
    """Change one's mind before the other unit has answered."""
    transfer = await _hold(session, case, transfer_id)
    _end(transfer, TransferOutcome.TAKEN_BACK, by, now)
    write(session, case, EventKind.TAKEN_BACK, by=by, now=now, unit=transfer.to_unit)
    await _settle(session, case, now)


async def after_move(session: AsyncSession, case: Case, now: datetime) -> None:
    """Keep waiting for the other unit after a move; what is over waits for nobody."""
    waiting = await open_of(session, case)
    if not waiting:
        return
    if is_open(status_of(case.status)):
        if any(one.kind == TransferKind.HANDING_OVER for one in waiting):
            case.awaits = Awaits.OTHER_UNIT
        return
    for transfer in waiting:
        transfer.outcome, transfer.answered_at = TransferOutcome.TAKEN_BACK, now


async def open_of(session: AsyncSession, case: Case) -> Sequence[Transfer]:
    """What other units have not answered yet, oldest first."""
    waiting = select(Transfer).where(Transfer.case_id == case.id, Transfer.answered_at.is_(None))
    return (await session.scalars(waiting.order_by(Transfer.id))).all()


async def _hold(
    session: AsyncSession, case: Case, transfer_id: int, kind: TransferKind | None = None
) -> Transfer:
    """Lock the case, then see whether it is still this unit's turn."""
    await queues.hold(session, case)
    found = await session.get(Transfer, transfer_id, populate_existing=True)
    if found is None or found.case_id != case.id or kind not in {None, found.kind}:
        raise AnsweredError(transfer_id)
    if found.answered_at is not None:
        raise AnsweredError(transfer_id)
    return found


def _demand(text: str) -> None:
    if not text.strip():
        raise CannotTransferError(Obstacle.NO_NOTE)


def _end(
    transfer: Transfer, outcome: TransferOutcome, by: Staff, now: datetime, answer: str = ""
) -> None:
    transfer.outcome, transfer.answered_by, transfer.answered_at = outcome, by.id, now
    transfer.answer = answer.strip() or None


async def _settle(session: AsyncSession, case: Case, now: datetime) -> None:
    """Say again who must act, now that one unit less is waited for."""
    await session.flush()
    case.updated_at = now
    status = status_of(case.status)
    asked_elsewhere = status is Status.COORDINATED
    case.awaits = Awaits.OFFICER if asked_elsewhere else awaited(status)
    if await open_of(session, case):
        case.awaits = Awaits.OTHER_UNIT


def _news(reference: ReferenceData, case: Case) -> Reply:
    text = reference.texts.html(
        "umum.pindah_unit",
        kode=case.code,
        hal=reference.catalogue.called(case.slug),
        unit=reference.catalogue.unit(case.unit).short,
    )
    return Reply("umum.pindah_unit", text)
