"""Complaints that anybody may see: secret until the citizen allows it and an officer confirms.

What is shown is the kind, the village, a landmark of the office's own and the status, never a
word, a name or a picture. Both can take it back at any time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import case_events, messages
from actions.casework.chats import NOBODY, is_reachable
from actions.catalogue import Complaint
from actions.catalogue.reference import ReferenceData
from actions.domain.messages import Button, Reply
from actions.domain.status import Actor, CaseKind, Status
from actions.domain.work import EventKind
from actions.storage.case_indexes import PUBLIC
from actions.storage.tables import Case, CaseEvent, Staff

YES, NO = "yes", "no"
UNFOUNDED = (Status.DRAFT, Status.REJECTED, Status.WITHDRAWN, Status.DUPLICATE, Status.NOT_OURS)
"""What nobody is shown: not sent, or nothing that anybody found."""
CONSENT = ("public_allowed_at", "public_at", "public_place", "public_refused_at")
"""The columns of what citizen and officers said of it."""


class NotAllowedError(Exception):
    """The case may not be shown: of its kind, its citizen's fear, or for want of consent."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What anybody sees of a case."""

    slug: str
    village: str
    landmark: str
    status: str


def may_ever(reference: ReferenceData, case: Case) -> bool:
    """Whether its citizen may allow it: nothing secret, nameless, accusing, or told in fear."""
    item = reference.catalogue.find(case.slug)
    if case.kind != CaseKind.COMPLAINT or not isinstance(item, Complaint) or case.code is None:
        return False
    guarded = case.secret or item.secret or item.reported is not None or bool(case.reported)
    afraid = case.anonymous or case.discreet
    joined = case.parent_id is not None
    gone = joined or case.chat == NOBODY or case.status in UNFOUNDED
    closed = not reference.public_list
    return case.village is not None and not (closed or guarded or afraid or gone)


def waits(reference: ReferenceData, case: Case) -> bool:
    """Whether its citizen allowed it, and no officer has said yes or no yet."""
    undecided = case.public_at is None and case.public_refused_at is None
    return case.public_allowed_at is not None and undecided and may_ever(reference, case)


def preview(case: Case) -> Shown:
    """What would be shown: of the place only a landmark that the office knows."""
    places = [answer for answer in case.answers.values() if isinstance(answer, Mapping)]
    known = next((str(one["patokan"]) for one in places if one.get("patokan")), "")
    return Shown(case.slug, case.village or "", known, case.status)


def allow(session: AsyncSession, reference: ReferenceData, case: Case, now: datetime) -> None:
    """The citizen allows it; raises NotAllowedError."""
    if not may_ever(reference, case):
        raise NotAllowedError
    if case.public_allowed_at is None:
        case.public_allowed_at = now
        _note(session, case, EventKind.PUBLIC_ALLOWED, now)


def forbid(session: AsyncSession, case: Case, now: datetime) -> None:
    """The citizen takes it back: it is shown no more."""
    if case.public_allowed_at is not None:
        clear(case)
        _note(session, case, EventKind.PUBLIC_FORBIDDEN, now)


def show(
    session: AsyncSession, reference: ReferenceData, case: Case, *, by: Staff, now: datetime
) -> None:
    """An officer confirms what they see of it; raises NotAllowedError."""
    if case.public_allowed_at is None or not may_ever(reference, case):
        raise NotAllowedError
    if case.public_at is None:
        case.public_at, case.public_place = now, preview(case).landmark or None
        case.public_refused_at = None
        case_events.write(session, case, EventKind.PUBLISHED, by=by, now=now)
        _tell(session, reference, case, "umumkan.tampil", now)


def hide(
    session: AsyncSession, reference: ReferenceData, case: Case, *, by: Staff, now: datetime
) -> None:
    """An officer takes it off the list, or will not have it there; the consent stays."""
    if case.public_at is None and not waits(reference, case):
        return
    key = "umumkan.turun" if case.public_at is not None else "umumkan.tidak_jadi"
    case.public_at = case.public_place = None
    case.public_refused_at = now
    case_events.write(session, case, EventKind.UNPUBLISHED, by=by, now=now)
    _tell(session, reference, case, key, now)


def clear(case: Case) -> None:
    """Leave nothing of what was said of its being shown."""
    for column in CONSENT:
        setattr(case, column, None)


async def forget(session: AsyncSession, chat: str) -> None:
    """Show nothing more of a chat: its citizen has their data deleted."""
    mine = update(Case).where(Case.chat == chat, Case.public_allowed_at.is_not(None))
    await session.execute(mine.values(dict.fromkeys(CONSENT)))


async def page(
    session: AsyncSession, village: str, before: tuple[datetime, int] | None, size: int
) -> Sequence[Case]:
    """What is shown, newest first, of one village or all; after the one that is `before`."""
    found = select(Case).where(PUBLIC, Case.chat != NOBODY, Case.status.not_in(UNFOUNDED))
    if village:
        found = found.where(Case.village == village)
    if before is not None:
        found = found.where(tuple_(Case.public_at, Case.id) < before)
    return (
        await session.scalars(found.order_by(Case.public_at.desc(), Case.id.desc()).limit(size))
    ).all()


def shown(case: Case) -> Shown:
    """What anybody sees of a case that was confirmed."""
    return Shown(case.slug, case.village or "", case.public_place or "", case.status)


def _note(session: AsyncSession, case: Case, kind: EventKind, now: datetime) -> None:
    session.add(CaseEvent(case_id=case.id, kind=kind, at=now, actor=Actor.CITIZEN, data={}))


def _tell(
    session: AsyncSession, reference: ReferenceData, case: Case, key: str, now: datetime
) -> None:
    """Tell the citizen, with the button that takes it back."""
    if not is_reachable(case.chat):
        return
    texts = reference.texts
    hal = reference.catalogue.called(case.slug)
    back = Button(texts.plain("tombol.jangan_diumumkan"), f"public:{case.id}:{NO}")
    text = texts.html(key, kode=case.code, hal=hal)
    messages.queue(session, case.chat, [Reply(key, text, ((back,),))], now)
