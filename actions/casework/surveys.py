"""The survey of a finished request: one invitation, one reminder, partial answers count."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.chats import NOBODY, is_reachable
from actions.casework.news import tell
from actions.casework.outbox import Urgency
from actions.catalogue.reference import ReferenceData
from actions.domain.messages import Button, Reply
from actions.storage.survey_tables import WAITING
from actions.storage.tables import Case, Chat, Survey, SurveyAnswer

SCORES = (4, 3, 2, 1)
LOW = 2
REMIND_AFTER = timedelta(days=3)
CLOSE_AFTER = timedelta(days=14)
AT_ONCE = 20


async def invite(
    session: AsyncSession, reference: ReferenceData, case: Case, now: datetime
) -> None:
    """Send the question for the score, once a case, however often it is finished.

    Who reported without a name is not asked: a score would be one more thing kept of them. Nor is
    who is afraid that somebody reads it.
    """
    if case.anonymous or case.discreet or not is_reachable(case.chat):
        return
    asked = await begin(session, reference, case, now)
    if asked is not None:
        await tell(session, reference, case, [asked], now)


async def begin(
    session: AsyncSession, reference: ReferenceData, case: Case, now: datetime
) -> Reply | None:
    """Open the survey of a case and return its question.

    None when it was asked before, its citizen does not want to be asked, or gave no name.
    """
    known = await of_request(session, case.id) is not None
    if case.anonymous or known or await declined(session, case.chat):
        return None
    survey = Survey(
        case_id=case.id, chat=case.chat, unit=case.unit, slug=case.slug, invited_at=now
    )
    session.add(survey)
    await session.flush()
    return question(reference, survey, case, "survei.tanya")


def question(reference: ReferenceData, survey: Survey, case: Case, key: str) -> Reply:
    """The one question, with a button for each score in words."""
    text = reference.texts.html(
        key, kode=case.code, hal=reference.catalogue.item(case.slug).called
    )
    buttons = tuple(
        (Button(reference.texts.plain(f"survei.nilai.{score}"), f"rate:{survey.id}:{score}"),)
        for score in SCORES
    )
    return Reply(key, text, buttons)


async def declined(session: AsyncSession, chat: str) -> bool:
    """Whether a citizen does not want to be asked how it went."""
    wanted_not = select(Chat.no_surveys).where(Chat.id == chat)
    return bool(await session.scalar(wanted_not))


async def decline(session: AsyncSession, chat: Chat, now: datetime) -> None:
    """Ask a citizen no more; what was asked and not answered is over."""
    chat.no_surveys = True
    open_ones = update(Survey).where(Survey.chat == chat.id, Survey.overall.is_(None))
    await session.execute(open_ones.where(Survey.closed_at.is_(None)).values(closed_at=now))


async def of_request(session: AsyncSession, case_id: int) -> Survey | None:
    """The survey of a case, when it was invited."""
    return await session.scalar(select(Survey).where(Survey.case_id == case_id))


async def of_chat(session: AsyncSession, chat: str, survey_id: int) -> Survey | None:
    """A survey of this chat; None for another chat's."""
    survey = await session.get(Survey, survey_id)
    return survey if survey is not None and survey.chat == chat else None


async def unrated(session: AsyncSession, chat: str) -> Survey | None:
    """The newest survey of the chat that has no score yet."""
    waiting = select(Survey).where(Survey.chat == chat, Survey.overall.is_(None))
    return await session.scalar(waiting.order_by(Survey.id.desc()).limit(1))


async def just_asked(session: AsyncSession, chat: str, since: datetime) -> Survey | None:
    """The newest survey without a score that the chat was asked about after a moment."""
    survey = await unrated(session, chat)
    if survey is None:
        return None
    return survey if max(survey.invited_at, survey.reminded_at or since) > since else None


def rate(survey: Survey, score: int, now: datetime) -> None:
    """Keep the score, 1 to 4; the citizen may change it."""
    if score not in SCORES:
        raise ValueError(f"a score is 1 to 4, not {score}")
    survey.overall = score
    survey.answered_at = now


async def answer_element(session: AsyncSession, survey: Survey, element: str, score: int) -> None:
    """Keep the value of one of the nine elements; a second answer replaces the first."""
    if score not in SCORES:
        raise ValueError(f"a score is 1 to 4, not {score}")
    await session.merge(SurveyAnswer(survey_id=survey.id, element=element, value=score))


async def answers(session: AsyncSession, survey: Survey) -> dict[str, int]:
    """The elements answered so far."""
    given = select(SurveyAnswer).where(SurveyAnswer.survey_id == survey.id)
    return {row.element: row.value for row in (await session.scalars(given)).all()}


async def remind(session: AsyncSession, reference: ReferenceData, now: datetime) -> int:
    """Remind once those who have not answered after three days; returns how many."""
    due = (
        select(Survey, Case)
        .join(Case, Case.id == Survey.case_id)
        .join(Chat, Chat.id == Survey.chat)
        .where(WAITING, Survey.chat != NOBODY, Chat.no_surveys.is_(False))
        .where(Case.discreet.is_(False))
        .where(Survey.invited_at <= now - REMIND_AFTER, Survey.invited_at > now - CLOSE_AFTER)
        .order_by(Survey.invited_at, Survey.id)
        .limit(AT_ONCE)
        .with_for_update(of=Survey, skip_locked=True)
    )
    found = (await session.execute(due)).all()
    for survey, case in found:
        survey.reminded_at = now
        asked = question(reference, survey, case, "survei.ingat")
        await tell(session, reference, case, [asked], now, urgency=Urgency.DIGEST)
    return len(found)
