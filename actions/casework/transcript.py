"""Which lines of a chat an officer may read.

Lines belong to a chat, not to a case, and one chat may hold cases of several offices, among
them secret ones. So a case shows the lines of the times that were about it, and lines from
the times of a secret case that the officer may not see are left out, without a trace.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import delivery, rights
from actions.casework.cases import moves
from actions.casework.messages import last_lines, without_markup
from actions.catalogue.reference import ReferenceData
from actions.domain.status import pauses_clock
from actions.storage.tables import Case, Escalation, Message, Staff

MOMENT = timedelta(minutes=1)
LEAD = timedelta(minutes=10)
SHOWN = 100
READ = 1000


@dataclass(frozen=True, slots=True)
class Span:
    """A time from start to end, both included."""

    start: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment <= self.end


async def of_case(
    session: AsyncSession,
    staff: Staff,
    case: Case,
    now: datetime,
    *,
    until: datetime | None = None,
    most: int = SHOWN,
) -> list[Message]:
    """The last of what was written about a case up to a moment, oldest first."""
    about = await _spans(session, case, now)
    hidden = await _hidden(session, staff, case.chat, now)
    last = now if until is None else until
    times = or_(*(Message.at.between(span.start, min(span.end, last)) for span in about))
    mine = select(Message).where(Message.chat == case.chat, times)
    mine = mine.options(delivery.with_marks()).order_by(Message.id.desc()).limit(READ)
    lines = reversed((await session.scalars(mine)).all())
    return _kept(lines, about, hidden)[-most:]


async def of_escalation(
    session: AsyncSession, staff: Staff, escalation: Escalation, now: datetime
) -> list[Message]:
    """What was written since an escalation was opened, without the turns before it."""
    about = [Span(escalation.opened_at, escalation.closed_at or now)]
    hidden = await _hidden(session, staff, escalation.chat, now)
    lines = await _since(session, escalation.chat, escalation.opened_at)
    before = escalation.turns
    fresh = [line for line in lines if [line.sender, line.text, line.at.isoformat()] not in before]
    return _kept(fresh, about, hidden)[-SHOWN:]


async def before_escalation(
    session: AsyncSession, staff: Staff, escalation: Escalation, now: datetime
) -> list[tuple[str, str, datetime]]:
    """The last turns before an escalation, as sender, text and time."""
    hidden = await _hidden(session, staff, escalation.chat, now)
    turns = [(sender, text, datetime.fromisoformat(at)) for sender, text, at in escalation.turns]
    return [turn for turn in turns if not _within(turn[2], hidden)]


async def _since(session: AsyncSession, chat: str, start: datetime) -> Sequence[Message]:
    newest = select(Message).where(Message.chat == chat, Message.at >= start)
    newest = newest.options(delivery.with_marks())
    found = await session.scalars(newest.order_by(Message.id.desc()).limit(READ))
    return list(reversed(found.all()))


def _kept(lines: Iterable[Message], about: list[Span], hidden: list[Span]) -> list[Message]:
    return [line for line in lines if _within(line.at, about) and not _within(line.at, hidden)]


def _within(moment: datetime, spans: Iterable[Span]) -> bool:
    return any(moment in span for span in spans)


async def _hidden(session: AsyncSession, staff: Staff, chat: str, now: datetime) -> list[Span]:
    """The times of the chat's secret cases, drafts too, that this officer may not see."""
    secret = select(Case).where(Case.chat == chat, Case.secret.is_(True))
    spans: list[Span] = []
    for case in (await session.scalars(secret)).all():
        if not (rights.is_in_reach(staff, case) and rights.knows(staff, case)):
            spans += await _spans(session, case, now)
    return [Span(span.start - LEAD, span.end) for span in spans]


async def _spans(session: AsyncSession, case: Case, now: datetime) -> list[Span]:
    """While it was filled in, told of, waited for, and spoken about with an officer."""
    filed = case.submitted_at or case.updated_at
    spans = [Span(case.created_at, filed + MOMENT)]
    reached = await moves(session, case)
    ends = [at for at, _ in reached[1:]]
    for (at, status), end in zip(reached, [*ends, now], strict=False):
        spans.append(Span(at, (end if pauses_clock(status) else at) + MOMENT))
    talks = await session.scalars(select(Escalation).where(Escalation.case_id == case.id))
    return spans + [Span(talk.opened_at, talk.closed_at or now) for talk in talks.all()]


async def was_just_said(
    session: AsyncSession,
    reference: ReferenceData,
    staff: Staff,
    *,
    chat: str,
    text: str,
    now: datetime,
) -> bool:
    """Whether the officer's last line says the same: a form that was sent twice."""
    last = await last_lines(session, chat, 1)
    if not last or last[0].staff_id != staff.id or now - last[0].at > MOMENT:
        return False
    rendered = reference.texts.html("petugas.kata", petugas=staff.name, isi=text)
    return bool(last[0].text == without_markup(rendered))


async def last_of_chats(session: AsyncSession, chats: Collection[str]) -> dict[str, Message]:
    """The newest line of each of these chats but those with anything secret in them."""
    secret = select(Case.chat).where(Case.chat.in_(chats), Case.secret.is_(True))
    newest = (
        select(func.max(Message.id))
        .where(Message.chat.in_(chats), Message.chat.not_in(secret))
        .group_by(Message.chat)
    )
    found = await session.scalars(select(Message).where(Message.id.in_(newest)))
    return {line.chat: line for line in found}
