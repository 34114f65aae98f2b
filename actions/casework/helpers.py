"""Who hands in a case for somebody else: with consent, and who is told of it afterwards.

Until its owner takes the case into a chat of their own, its helper hears of it. Afterwards only
where the owner wants that, and then no more than where it stands.
"""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.news import tell_chat
from actions.catalogue.reference import ReferenceData
from actions.domain.messages import Reply
from actions.domain.status import status_of
from actions.storage.tables import Case, CaseHelper

RELATIONS = ("keluarga", "warga", "lain")


def note(session: AsyncSession, case: Case, relation: str, agreed_at: datetime) -> None:
    """Keep that a case was handed in for somebody who agreed to it."""
    row = CaseHelper(case_id=case.id, chat=case.chat, relation=relation, agreed_at=agreed_at)
    session.add(row)


async def of_case(session: AsyncSession, case: Case) -> CaseHelper | None:
    """Who handed a case in for somebody else."""
    return await session.get(CaseHelper, case.id)


async def say(
    session: AsyncSession,
    reference: ReferenceData,
    helper: CaseHelper,
    case: Case,
    key: str,
    now: datetime,
) -> None:
    """Tell a helper what became of their part."""
    called = reference.catalogue.called(case.slug)
    text = reference.texts.html(key, kode=case.code, hal=called)
    await tell_chat(session, helper.chat, [Reply(key, text)], now)


async def tell_status(
    session: AsyncSession, reference: ReferenceData, case: Case, now: datetime
) -> None:
    """Tell the helper of a case that is its owner's where it stands, if they may know."""
    helper = await of_case(session, case)
    if helper is None or not helper.told or helper.chat == case.chat:
        return
    meaning = status_of(case.status).meaning
    status = reference.texts.plain(f"status.arti.{meaning}")
    text = reference.texts.html("wakil.kabar", kode=case.code, status=status)
    await tell_chat(session, helper.chat, [Reply("wakil.kabar", text)], now)


async def forget(session: AsyncSession, chat: str) -> None:
    """Forget for whom somebody handed in what."""
    await session.execute(delete(CaseHelper).where(CaseHelper.chat == chat))
