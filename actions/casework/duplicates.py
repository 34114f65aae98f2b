"""Who reported the same thing hears what becomes of it.

A duplicate is closed, and points to the complaint that it is handled together with.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.messages import queue
from actions.catalogue.reference import ReferenceData
from actions.domain.codes import read_code
from actions.domain.messages import Button, Reply
from actions.domain.status import Status, StatusType, status_of
from actions.storage.tables import Case

_DONE = frozenset({Status.AWAITING_REPLY, Status.RESOLVED, Status.RESOLVED_SILENTLY})
_BETWEEN_TWO = frozenset({Status.NEEDS_DETAIL, Status.RECEIVED})
"""What only the citizen of the original and its officer have to do with."""


async def follow(
    session: AsyncSession, reference: ReferenceData, case: Case, reason: str | None, now: datetime
) -> None:
    """After a move: keep what a duplicate belongs to, and tell those whose original it is."""
    case.parent_id = None
    followers = await _followers(session, case)
    if case.status == Status.DUPLICATE:
        original = await _original(session, reference, case, reason or "")
        case.parent_id = original.id if original else None
        for follower in followers:
            follower.parent_id = case.parent_id
    if case.status not in _BETWEEN_TWO:
        for follower in _one_a_chat(followers, case.chat):
            queue(session, follower.chat, [_news(reference, follower, case)], now)


async def _followers(session: AsyncSession, case: Case) -> Sequence[Case]:
    same = select(Case).where(Case.parent_id == case.id, Case.status == Status.DUPLICATE)
    return (await session.scalars(same.order_by(Case.id))).all()


async def _original(
    session: AsyncSession, reference: ReferenceData, case: Case, reason: str
) -> Case | None:
    """The complaint whose code the officer named, or the one that it belongs to itself."""
    code = read_code(reason, reference.catalogue.office.code_prefix)
    named = await session.scalar(select(Case).where(Case.code == code)) if code else None
    if named is not None and named.parent_id is not None:
        named = await session.get(Case, named.parent_id)
    return None if named is None or named.id == case.id else named


def _one_a_chat(followers: Sequence[Case], but: str) -> list[Case]:
    """Who is told, once each; the citizen of the original is told anyway."""
    first: dict[str, Case] = {}
    for follower in followers:
        first.setdefault(follower.chat, follower)
    return [follower for chat, follower in first.items() if chat != but]


def _news(reference: ReferenceData, follower: Case, original: Case) -> Reply:
    status = status_of(original.status)
    key = f"umum.kabar_bersama.{_outcome(status)}"
    text = reference.texts.html(
        key,
        kode=follower.code,
        hal=reference.catalogue.item(follower.slug).called,
        utama=original.code,
        status=reference.texts.plain(f"status.nama.{status}"),
    )
    again = Button(reference.texts.plain("tombol.belum_beres"), f"reopen:{follower.id}")
    ended = status in _DONE or status.type is StatusType.CLOSED
    return Reply(key, text, ((again,),) if ended else ())


def _outcome(status: Status) -> str:
    """What a status means to somebody who only reported the same."""
    if status in _DONE:
        return "beres"
    return "ditutup" if status.type is StatusType.CLOSED else "berjalan"
