"""Cases that are handled together: a parent, and children that hear what becomes of it.

A duplicate is a child that is closed; a child may be worked on as well. Families have one floor:
who joins a child joins its parent, and children come along.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import first_answer, queues
from actions.casework.case_events import write
from actions.casework.chats import NOBODY, is_reachable
from actions.casework.messages import queue_from_officer
from actions.casework.news import tell
from actions.catalogue.reference import ReferenceData
from actions.domain.codes import read_code
from actions.domain.messages import Button, Reply
from actions.domain.status import Status, StatusType, status_of
from actions.domain.work import EventKind
from actions.storage.tables import Case, Staff

_DONE = frozenset({Status.AWAITING_REPLY, Status.RESOLVED, Status.RESOLVED_SILENTLY})
_BETWEEN_TWO = frozenset({Status.NEEDS_DETAIL, Status.INCOMPLETE, Status.RECEIVED})
"""What only the citizen of the parent and its officer have to do with."""


class CannotLinkError(Exception):
    """Two cases do not belong together: of other kinds, one secret, or one and the same."""


async def link(
    session: AsyncSession,
    case: Case,
    parent: Case,
    *,
    by: Staff,
    now: datetime,
    seen_version: int | None = None,
) -> None:
    """Handle a case together with another one; its children come along."""
    for one in sorted((case, parent), key=lambda either: (either.chat, either.id)):
        await queues.hold(session, one, seen_version if one is case else None)
    top = await _top(session, parent)
    if not may_join(case, top):
        raise CannotLinkError(case.code)
    await _join(session, case, top)
    case.updated_at = now
    write(session, case, EventKind.LINKED, by=by, now=now, induk=top.id)
    write(session, top, EventKind.LINKED, by=by, now=now, anak=case.id)


async def unlink(session: AsyncSession, case: Case, *, by: Staff, now: datetime) -> None:
    """Let a case go its own way again."""
    await queues.hold(session, case)
    parent = await parent_of(session, case)
    if parent is None:
        return
    case.parent_id, case.updated_at = None, now
    write(session, case, EventKind.UNLINKED, by=by, now=now, induk=parent.id)
    write(session, parent, EventKind.UNLINKED, by=by, now=now, anak=case.id)


async def answer_all(
    session: AsyncSession,
    reference: ReferenceData,
    parent: Case,
    text: str,
    *,
    by: Staff,
    now: datetime,
) -> int:
    """Write the same to everybody of a family, once a chat; returns to how many chats.

    Of a case that no chat hears of, its history does not say that somebody was told.
    """
    whole = [parent, *await children_of(session, parent)]
    family = [case for case in whole if is_reachable(case.chat)]
    told = _one_a_chat(family)
    for case in told:
        reply = for_all(reference, case, text, by.name)
        if case.discreet:
            await tell(session, reference, case, [reply], now, urgent=True)
        else:
            queue_from_officer(session, case.chat, reply, now, staff_id=by.id)
    for case in family:
        first_answer.given(case, now)
        write(session, case, EventKind.TOLD, by=by, now=now, reason=text, induk=parent.id)
    return len(told)


def for_all(reference: ReferenceData, case: Case, text: str, officer: str) -> Reply:
    """What an officer writes to everybody of a family, as one of them reads it."""
    rendered = reference.texts.html(
        "petugas.untuk_semua",
        petugas=officer,
        kode=case.code,
        hal=reference.catalogue.called(case.slug),
        isi=text,
    )
    return Reply("petugas.untuk_semua", rendered)


async def children_of(session: AsyncSession, case: Case) -> Sequence[Case]:
    """The cases that are handled together with this one, oldest first."""
    same = select(Case).where(Case.parent_id == case.id)
    return (await session.scalars(same.order_by(Case.id))).all()


async def parent_of(session: AsyncSession, case: Case) -> Case | None:
    """The case that this one is handled together with."""
    return None if case.parent_id is None else await session.get(Case, case.parent_id)


async def follow(
    session: AsyncSession, reference: ReferenceData, case: Case, reason: str | None, now: datetime
) -> None:
    """After a move: keep what a duplicate belongs to, and tell those whose parent it is."""
    if case.status == Status.REOPENED:
        case.parent_id = None
    followers = await children_of(session, case)
    if case.status == Status.DUPLICATE:
        original = await _named(session, reference, case, reason or "")
        if original is not None:
            await _join(session, case, original)
    if case.status not in _BETWEEN_TWO:
        for follower in _one_a_chat(followers, but=case.chat):
            await tell(session, reference, follower, [_news(reference, follower, case)], now)


def may_join(case: Case, other: Case) -> bool:
    """Whether two cases can be handled together; what is secret stays among its like."""
    return case.id != other.id and case.kind == other.kind and case.secret == other.secret


async def _join(session: AsyncSession, case: Case, parent: Case) -> None:
    for child in await children_of(session, case):
        child.parent_id = parent.id
    case.parent_id = parent.id


async def _top(session: AsyncSession, case: Case) -> Case:
    return await parent_of(session, case) or case


async def _named(
    session: AsyncSession, reference: ReferenceData, case: Case, reason: str
) -> Case | None:
    """The complaint whose code the officer named, or the one that it belongs to itself."""
    code = read_code(reason, *reference.catalogue.office.code_prefixes)
    named = await session.scalar(select(Case).where(Case.code == code)) if code else None
    top = await _top(session, named) if named is not None else None
    return None if top is None or top.id == case.id else top


def _one_a_chat(cases: Sequence[Case], but: str = NOBODY) -> list[Case]:
    """Who is told, once each; the citizen of the parent is told anyway."""
    first: dict[str, Case] = {}
    for case in cases:
        first.setdefault(case.chat, case)
    return [case for chat, case in first.items() if chat not in {but, NOBODY}]


def _news(reference: ReferenceData, follower: Case, parent: Case) -> Reply:
    status, is_closed = status_of(parent.status), follower.status == Status.DUPLICATE
    key = f"umum.kabar_bersama.{_outcome(status) if is_closed else 'induk'}"
    text = reference.texts.html(
        key,
        kode=follower.code,
        hal=reference.catalogue.called(follower.slug),
        utama=parent.code,
        status=reference.texts.plain(f"status.nama.{status}"),
    )
    again = Button(reference.texts.plain("tombol.belum_beres"), f"reopen:{follower.id}")
    ended = status in _DONE or status.type is StatusType.CLOSED
    return Reply(key, text, ((again,),) if ended and is_closed else ())


def _outcome(status: Status) -> str:
    """What a status means to somebody who only reported the same."""
    if status in _DONE:
        return "beres"
    return "ditutup" if status.type is StatusType.CLOSED else "berjalan"
