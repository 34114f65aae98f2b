"""What citizens ask for by their rights on data (UU 27/2022), with the law's clock."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import rights
from actions.casework.chats import NOBODY
from actions.casework.news import tell
from actions.catalogue.reference import ReferenceData
from actions.domain.messages import Reply
from actions.storage.batches import delete_some
from actions.storage.tables import Case, PrivacyRequest, Staff

CLOCK = timedelta(hours=72)
MOST_OPEN = 5
NEWEST = 20
SHOWN = 200


class RequestKind(StrEnum):
    """What a citizen asks for."""

    COPY = "salinan"
    CORRECTION = "perbaikan"
    NO_SURVEYS = "tanpa_survei"
    SURVEYS = "survei_lagi"


class Result(StrEnum):
    """What came of it; what it was about may be gone before anybody answers."""

    DONE = "dipenuhi"
    REFUSED = "ditolak"
    MOOT = "gugur"


class TooManyError(Exception):
    """So many of this chat wait already that one more helps nobody."""


class AlreadyAnsweredError(Exception):
    """Another officer has answered."""


def note_done(session: AsyncSession, chat: str, kind: RequestKind, now: datetime) -> None:
    """Keep that a right was used which acts at once."""
    session.add(
        PrivacyRequest(
            chat=chat, kind=kind, asked_at=now, due_at=now, done_at=now, result=Result.DONE
        )
    )


async def last_copy(session: AsyncSession, chat: str) -> datetime | None:
    """When a chat was last given its copy."""
    copies = (PrivacyRequest.chat == chat, PrivacyRequest.kind == RequestKind.COPY)
    return await session.scalar(select(func.max(PrivacyRequest.asked_at)).where(*copies))


async def ask_correction(
    session: AsyncSession, case: Case, text: str, now: datetime
) -> PrivacyRequest:
    """Ask the case's unit to correct it; the clock starts. Raises TooManyError."""
    mine = (PrivacyRequest.chat == case.chat, PrivacyRequest.done_at.is_(None))
    waiting = await session.scalar(select(func.count(PrivacyRequest.id)).where(*mine)) or 0
    if waiting >= MOST_OPEN:
        raise TooManyError
    request = PrivacyRequest(
        chat=case.chat,
        case_id=case.id,
        unit=case.unit,
        kind=RequestKind.CORRECTION,
        text=text,
        asked_at=now,
        due_at=now + CLOCK,
    )
    session.add(request)
    await session.flush()
    return request


async def of_chat(
    session: AsyncSession, chat: str, limit: int = NEWEST
) -> Sequence[PrivacyRequest]:
    """What a chat has asked for, newest first."""
    mine = select(PrivacyRequest).where(PrivacyRequest.chat == chat)
    return (await session.scalars(mine.order_by(PrivacyRequest.id.desc()).limit(limit))).all()


def in_words(reference: ReferenceData, request: PrivacyRequest) -> str:
    """How a request stands, as its citizen reads it."""
    state = request.result or "menunggu"
    at = reference.local(request.done_at or request.due_at)
    return reference.texts.plain(
        f"hak.keadaan.{state}",
        0,
        apa=reference.texts.plain(f"hak.jenis.{RequestKind(request.kind)}", 0),
        diminta=f"{reference.local(request.asked_at):%d-%m-%Y}",
        waktu=f"{at:%d-%m-%Y %H.%M} {at.tzname()}",
        alasan=request.outcome or "",
    ).strip()


async def waiting(session: AsyncSession, staff: Staff) -> Sequence[tuple[PrivacyRequest, Case]]:
    """What officers of the case's unit must answer, due first."""
    due = _waiting(select(PrivacyRequest, Case), staff)
    due = due.order_by(PrivacyRequest.due_at, PrivacyRequest.id).limit(SHOWN)
    found = await session.execute(due)
    return [(request, case) for request, case in found]


async def how_many_wait(session: AsyncSession, staff: Staff) -> int:
    """How many requests wait for an answer of this officer's, at most `SHOWN`."""
    some = _waiting(select(PrivacyRequest.id), staff).limit(SHOWN)
    return await session.scalar(select(func.count()).select_from(some.subquery())) or 0


def _waiting(columns: Select[*tuple[Any, ...]], staff: Staff) -> Select[*tuple[Any, ...]]:
    """What waits for an answer of this officer's; on SQLite not by way of all of their cases."""
    return (
        columns.join(Case, Case.id == PrivacyRequest.case_id)
        .with_hint(Case, "NOT INDEXED", "sqlite")
        .where(PrivacyRequest.done_at.is_(None), rights.visible(staff))
    )


async def find(
    session: AsyncSession, staff: Staff, number: int, *, locked: bool = False
) -> tuple[PrivacyRequest, Case] | None:
    """A request on a case that this officer may see."""
    asked = (
        select(PrivacyRequest, Case)
        .join(Case, Case.id == PrivacyRequest.case_id)
        .where(PrivacyRequest.id == number, rights.visible(staff))
    )
    found = (await session.execute(asked.with_for_update() if locked else asked)).first()
    return None if found is None else (found[0], found[1])


async def settle(
    session: AsyncSession,
    reference: ReferenceData,
    request: PrivacyRequest,
    staff: Staff,
    *,
    result: Result,
    outcome: str,
    now: datetime,
) -> None:
    """Answer a request, and tell its citizen; raises AlreadyAnsweredError."""
    if request.done_at is not None:
        raise AlreadyAnsweredError(request.id)
    request.done_at, request.result = now, result
    request.staff_id, request.outcome = staff.id, outcome or None
    case = await session.get_one(Case, request.case_id)
    key = f"hak.kabar.{result}"
    text = reference.texts.html(
        key, kode=case.code, hal=reference.catalogue.called(case.slug), alasan=outcome
    )
    await tell(session, reference, case, [Reply(key, text.strip())], now, urgent=True)


async def erase_of_cases(session: AsyncSession, case_ids: Sequence[int], now: datetime) -> None:
    """Take the person out of what was asked about cases; what was open has lost its object."""
    about = update(PrivacyRequest).where(PrivacyRequest.case_id.in_(case_ids))
    unanswered = about.where(PrivacyRequest.done_at.is_(None))
    await session.execute(unanswered.values(done_at=now, result=Result.MOOT))
    await session.execute(about.values(chat=NOBODY, text=None, outcome=None))


async def erase_of_chat(session: AsyncSession, chat: str) -> None:
    """Take the person out of what was asked about no case."""
    loose = (PrivacyRequest.chat == chat, PrivacyRequest.case_id.is_(None))
    await session.execute(update(PrivacyRequest).where(*loose).values(chat=NOBODY))


async def prune(session: AsyncSession, now: datetime, kept: timedelta) -> int:
    """Forget what was answered long ago; returns how many."""
    return await delete_some(session, PrivacyRequest, PrivacyRequest.done_at < now - kept)
