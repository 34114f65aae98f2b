"""Takes a person out of what is stored. What the office answers for stays, without them.

Of what is over stay the code, what it was about, its status with times, and the scores of its
survey. What is open is worked on, and erased some days after it is over.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import (
    attachments,
    helpers,
    learning,
    privacy_requests,
    publishing,
    thrift,
    web_chats,
)
from actions.casework.chats import NOBODY, is_reachable, lock_chat, lock_nobody
from actions.casework.escalations import State
from actions.catalogue.reference import ReferenceData
from actions.storage.tables import (
    AccessLog,
    Attachment,
    Case,
    CaseEvent,
    CaseHelper,
    CaseNote,
    Chat,
    ClaimCode,
    Escalation,
    Inbox,
    Message,
    Outbox,
    Quarantined,
    SearchTerm,
    Survey,
    Talk,
    Transfer,
)

GRACE = timedelta(days=7)
"""How long its citizen may still say that it is not settled."""
AT_ONCE = 20
PAGE = ".html"
"""How the name of a copy of somebody's data ends."""


async def erase_chat(session: AsyncSession, chat: str, now: datetime) -> None:
    """Erase what is over, and remember that the rest is to be erased when it is."""
    await attachments.let_go_sent(session, Message.chat == chat)
    for said in (Message, Quarantined):
        await session.execute(delete(said).where(said.chat == chat))
    page = (Outbox.chat == chat, Outbox.done_at.is_(None), Outbox.file.endswith(PAGE))
    await session.execute(update(Outbox).where(*page).values(done_at=now, payload=None))
    await attachments.let_go_delivered(session)
    await learning.erase_chat(session, chat)
    await web_chats.erase_chat(session, chat)
    await thrift.forget(session, chat)
    await helpers.forget(session, chat)
    await session.execute(delete(Outbox).where(Outbox.chat == chat, Outbox.done_at.is_not(None)))
    await publishing.forget(session, chat)
    handled = (Inbox.chat == chat, Inbox.handled_at.is_not(None))
    await session.execute(update(Inbox).where(*handled).values(chat=NOBODY))
    await session.execute(update(Talk).where(Talk.chat == chat).values(chat=NOBODY))
    await attachments.let_go(session, Attachment.chat == chat, Attachment.case_id.is_(None))
    await _erase_over(session, chat, begun_by=now, over_by=now, now=now)
    await lock_nobody(session, now)
    await privacy_requests.erase_of_chat(session, chat)
    row = await lock_chat(session, chat, now)
    row.erase_before = now if await _is_any_left(session, chat, now) else None


async def erase_later(session: AsyncSession, _: ReferenceData, now: datetime) -> int:
    """Erase what is over by now of those who asked for it while it was open."""
    over = exists().where(
        Case.chat == Chat.id, Case.closed_at <= now - GRACE, Case.created_at <= Chat.erase_before
    )
    talked = exists().where(
        Escalation.chat == Chat.id,
        Escalation.status == State.CLOSED,
        Escalation.opened_at <= Chat.erase_before,
    )
    asked_for = select(Chat).where(Chat.erase_before.is_not(None), over | talked)
    asked_for = asked_for.with_hint(Chat, "INDEXED BY ix_chats_to_erase", "sqlite")
    some = asked_for.limit(AT_ONCE).with_for_update(skip_locked=True)
    chats = (await session.scalars(some)).all()
    for chat in chats:
        asked = chat.erase_before or now
        await _erase_over(session, chat.id, begun_by=asked, over_by=now - GRACE, now=now)
        if not await _is_any_left(session, chat.id, asked):
            chat.erase_before = None
    return len(chats)


async def erase_old(session: AsyncSession, now: datetime, keep: timedelta) -> int:
    """Erase cases that were over long ago; returns of how many."""
    await lock_nobody(session, now)  # before any case, as everybody who erases
    old = select(Case).where(Case.closed_at < now - keep, Case.chat != NOBODY)
    oldest = old.order_by(Case.closed_at).limit(AT_ONCE).with_for_update(skip_locked=True)
    found = (await session.scalars(oldest)).all()
    await _erase_cases(session, found, now)
    return len(found)


async def _erase_cases(session: AsyncSession, which: Sequence[Case], now: datetime) -> None:
    """Blank closed cases, and what hangs on them."""
    if not which:
        return
    await lock_nobody(session, now)
    ids = [case.id for case in which]
    of_counter = {case.chat for case in which if not is_reachable(case.chat)} - {NOBODY}
    for case in which:
        case.answers, case.additions, case.chat = {}, None, NOBODY
        publishing.clear(case)
    await attachments.let_go(session, Attachment.case_id.in_(ids))
    await privacy_requests.erase_of_cases(session, ids, now)
    await session.execute(delete(Chat).where(Chat.id.in_(of_counter)))
    events = update(CaseEvent).where(CaseEvent.case_id.in_(ids))
    await session.execute(events.values(reason=None))
    await session.execute(update(AccessLog).where(AccessLog.case_id.in_(ids)).values(reason=None))
    for aside in (CaseHelper, CaseNote, ClaimCode, SearchTerm):
        await session.execute(delete(aside).where(aside.case_id.in_(ids)))
    passed = update(Transfer).where(Transfer.case_id.in_(ids))
    await session.execute(passed.values(note="", answer=None))
    ended = func.coalesce(Survey.closed_at, now)
    surveys = update(Survey).where(Survey.case_id.in_(ids))
    await session.execute(surveys.values(chat=NOBODY, comment=None, closed_at=ended))
    await _erase_talks(session, Escalation.case_id.in_(ids))


async def _erase_over(
    session: AsyncSession, chat: str, *, begun_by: datetime, over_by: datetime, now: datetime
) -> None:
    mine = (Case.chat == chat, Case.closed_at <= over_by, Case.created_at <= begun_by)
    await _erase_cases(session, (await session.scalars(select(Case).where(*mine))).all(), now)
    await _erase_talks(session, Escalation.chat == chat, Escalation.opened_at <= begun_by)


async def _erase_talks(session: AsyncSession, *which: ColumnElement[bool]) -> None:
    closed = update(Escalation).where(*which, Escalation.status == State.CLOSED)
    await session.execute(closed.values(chat=NOBODY, turns=[], understood={}))


async def _is_any_left(session: AsyncSession, chat: str, begun_by: datetime) -> bool:
    """Whether something of a chat that began by then is still there."""
    for begun in (
        select(Case.id).where(Case.chat == chat, Case.created_at <= begun_by),
        select(Escalation.id).where(Escalation.chat == chat, Escalation.opened_at <= begun_by),
    ):
        if await session.scalar(begun.limit(1)) is not None:
            return True
    return False
