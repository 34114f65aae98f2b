"""What a citizen did not hear while the bot was blocked: officers' words, and news of cases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import outbox, surveys
from actions.casework.messages import Sender, file_name, queue, send_again
from actions.casework.news import closed
from actions.casework.notifications import news_of
from actions.catalogue.reference import ReferenceData
from actions.domain.messages import Reply
from actions.domain.status import Actor
from actions.storage.tables import Case, CaseEvent, Message, Outbox


async def tell(session: AsyncSession, reference: ReferenceData, chat: str, now: datetime) -> None:
    """Queue where each case stands that moved meanwhile; once, however often it is called."""
    since = await outbox.blocked_since(session, chat)
    if since is None:
        return
    for line in await _unread(session, chat):
        _write_again(session, reference, line, now)
    replies: list[Reply] = []
    for case, reason in await _moved(session, chat, since):
        news = await _told(session, reference, case, reason, now)
        replies += [closed(reference, case)] if case.discreet else news
    if replies:
        lead = reference.texts.html("umum.kabar_terlewat")
        replies[0] = replace(replies[0], text=f"{lead}\n\n{replies[0].text}")
    queue(session, chat, replies, now)
    await outbox.forget_blocked(session, chat)


async def _unread(session: AsyncSession, chat: str) -> Sequence[Message]:
    """What officers wrote that the chat never got."""
    lines = select(Message).join(Outbox, Outbox.id == Message.outbox_id)
    of_officers = lines.where(Message.chat == chat, Message.sender == Sender.OFFICER)
    refused = of_officers.where(*outbox.missed(chat), Outbox.created_at == Message.at)
    return (await session.scalars(refused.order_by(Message.id))).all()


def _write_again(
    session: AsyncSession, reference: ReferenceData, line: Message, now: datetime
) -> None:
    """Queue an officer's words once more; their line shows what becomes of that."""
    told = reference.texts.html("umum.kabar_petugas", isi=line.text)
    called = file_name(reference, line.file or "")
    send_again(session, line, Reply("umum.kabar_petugas", told), now, called=called)


async def _moved(
    session: AsyncSession, chat: str, since: datetime
) -> Sequence[tuple[Case, str | None]]:
    """The cases that others moved, each with the reason of the last time."""
    moves = (
        select(Case, CaseEvent)
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .where(Case.chat == chat, Case.code.is_not(None), CaseEvent.at >= since)
        .where(CaseEvent.actor != Actor.CITIZEN, CaseEvent.to_status.is_not(None))
    )
    rows = (await session.execute(moves.order_by(CaseEvent.id))).all()
    last = {case.id: (case, event) for case, event in rows}
    return [
        (case, event.reason) for case, event in last.values() if event.to_status == case.status
    ]


async def _told(
    session: AsyncSession,
    reference: ReferenceData,
    case: Case,
    reason: str | None,
    now: datetime,
) -> list[Reply]:
    """The news of a case, and the question for its mark where that waits."""
    survey = await surveys.of_request(session, case.id)
    asked = survey is not None and survey.overall is None
    mark = [surveys.question(reference, survey, case, "survei.tanya")] if survey and asked else []
    return [news_of(reference, case, reason, now), *mark]
