"""Requests and complaints: draft, submission, moves along the table, withdrawal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import (
    accusation,
    case_clock,
    first_answer,
    helpers,
    linked,
    proof,
    returned,
    search_terms,
    transfers,
)
from actions.casework import attachments as files
from actions.casework.notifications import tell_citizen
from actions.casework.places import village_of
from actions.casework.queues import OutdatedError
from actions.casework.surveys import invite
from actions.catalogue import Complaint, Item
from actions.catalogue.reference import ReferenceData
from actions.domain import status as rules
from actions.domain.codes import new_code
from actions.domain.messages import StoredFile
from actions.domain.status import Actor, CaseKind, Status, status_of
from actions.domain.work import EventKind, awaited
from actions.forms.form import Form, to_json
from actions.storage.engine import hold
from actions.storage.tables import Attachment, Case, CaseEvent

LATELY = 20
_ASKED = frozenset({*returned.RETURNED, Status.AWAITING_REPLY})
"""What is asked of a citizen, so that leaving it is an answer."""


class ReasonMissingError(Exception):
    """The status needs a reason (or to whom, or which code) that was not given."""


@dataclass(frozen=True, slots=True)
class By:
    """Who acts; officers with their staff id."""

    actor: Actor
    staff_id: int | None = None


CITIZEN = By(Actor.CITIZEN)
SYSTEM = By(Actor.SYSTEM)


def kind_of(item: Item) -> CaseKind:
    """Whether filing this item makes a request or a complaint."""
    return CaseKind.COMPLAINT if isinstance(item, Complaint) else CaseKind.REQUEST


async def open_draft(
    session: AsyncSession,
    *,
    chat: str,
    slug: str,
    item: Item,
    form: Form,
    answers: Mapping[str, Any],
    now: datetime,
    urgent: bool = False,
) -> Case:
    """Begin a request; nobody but its citizen sees it before it is submitted."""
    case = Case(
        kind=kind_of(item),
        slug=slug,
        unit=item.unit,
        chat=chat,
        channel=chat.partition(":")[0],
        status=Status.DRAFT,
        answers=dict(answers),
        form=to_json(form),
        secret=getattr(item, "secret", False),
        urgent=urgent,
        created_at=now,
        updated_at=now,
    )
    session.add(case)
    await session.flush()
    return case


async def submit(
    session: AsyncSession,
    reference: ReferenceData,
    case: Case,
    now: datetime,
    random: Random,
    *,
    by: By = CITIZEN,
) -> None:
    """Hand the draft in: code, promised date, first line of the history.

    An officer who writes down what a citizen says acts for the citizen, under the own name.
    """
    await files.drop_unanswered(session, case)
    case.code = await free_code(session, reference, random)
    case.submitted_at = now
    case.village = village_of(case.answers)
    accusation.note(reference, case)
    case_clock.begin(session, reference, case, now)
    target = rules.first_status(CaseKind(case.kind))
    await _move(session, reference, case, target, by, None, now)
    await search_terms.write(session, case)


async def free_code(session: AsyncSession, reference: ReferenceData, random: Random) -> str:
    """A code that no case has."""
    while True:
        code = new_code(reference.catalogue.office.code_prefix, random)
        if await by_code(session, code) is None:
            return code


def save_answers(case: Case, answers: Mapping[str, Any], now: datetime) -> None:
    """Replace the answers of a draft or of a request that was returned to its citizen."""
    case.answers, case.indexed_with = dict(answers), None
    case.updated_at = now


def attach(session: AsyncSession, case: Case, field: str, file: StoredFile, now: datetime) -> None:
    """Keep which answer a stored file belongs to."""
    session.add(files.row(file, now, chat=case.chat, album=None, case_id=case.id, field=field))


async def move(
    session: AsyncSession,
    reference: ReferenceData,
    case: Case,
    target: Status,
    *,
    by: By,
    now: datetime,
    reason: str | None = None,
    seen_version: int | None = None,
) -> None:
    """Move a case; the citizen is told and asked for a mark unless it was the citizen's move.

    Raises ForbiddenMoveError, ReasonMissingError, ProofMissingError, and OutdatedError when
    `seen_version` is not the version that the officer looked at.
    """
    if seen_version is not None and seen_version != case.version:
        raise OutdatedError(case.code)
    if target.needs and by.actor is Actor.OFFICER and not (reason and reason.strip()):
        raise ReasonMissingError(target)
    officer = by.actor is Actor.OFFICER
    photo = await proof.check(session, reference, case, target) if officer else None
    if by.actor is Actor.CITIZEN and case.status in returned.RETURNED and rules.is_open(target):
        await files.drop_unanswered(session, case)
        await search_terms.write(session, case)
    if case.code is None:
        await files.drop_all(session, case)
    await _move(session, reference, case, target, by, reason, now)
    await linked.follow(session, reference, case, reason, now)
    if target in returned.RETURNED:
        returned.ask(reference, case, (reason or "").strip())
    if photo is not None:
        await proof.send(session, reference, case, photo, now)
    if by.actor is not Actor.CITIZEN and case.submitted_at is not None:
        await tell_citizen(session, reference, case, reason, now)
        await helpers.tell_status(session, reference, case, now)
    if rules.invites_rating(target) and by.actor is not Actor.CITIZEN:
        await invite(session, reference, case, now)


async def _move(
    session: AsyncSession,
    reference: ReferenceData,
    case: Case,
    target: Status,
    by: By,
    reason: str | None,
    now: datetime,
) -> None:
    origin = status_of(case.status)
    rules.check_move(CaseKind(case.kind), origin, target, actor=by.actor)
    await case_clock.run(session, reference, case, target, now)
    if by.actor is Actor.OFFICER:
        first_answer.given(case, now)
    case.status = target
    case.awaits = awaited(target)
    case.answered_at = now if by.actor is Actor.CITIZEN and origin in _ASKED else None
    case.updated_at = now
    case.closed_at = None if rules.is_open(target) else now
    await transfers.after_move(session, case, now)
    session.add(
        CaseEvent(
            case_id=case.id,
            kind=EventKind.MOVED,
            at=now,
            actor=by.actor,
            staff_id=by.staff_id,
            from_status=origin,
            to_status=target,
            reason=reason,
        )
    )


def keep_quiet(case: Case) -> None:
    """Send no word of what a case is about, and a report that is not sent yet without a name."""
    case.discreet = True
    case.anonymous = case.anonymous or is_complaint_draft(case)


def is_complaint_draft(case: Case) -> bool:
    """Whether a case is a complaint that its citizen has not sent yet."""
    return case.kind == CaseKind.COMPLAINT and case.status == Status.DRAFT


async def by_code(session: AsyncSession, code: str) -> Case | None:
    """The case with this code."""
    return await session.scalar(select(Case).where(Case.code == code))


async def of_chat(session: AsyncSession, chat: str) -> Sequence[Case]:
    """What this chat has handed in, newest first."""
    mine = select(Case).where(Case.chat == chat, Case.code.is_not(None))
    return (await session.scalars(mine.order_by(Case.id.desc()))).all()


async def begun_in(session: AsyncSession, chat: str) -> Sequence[Case]:
    """What this chat has begun of late, sent or not, newest first; at most `LATELY`."""
    mine = select(Case).where(Case.chat == chat).order_by(Case.id.desc()).limit(LATELY)
    return (await session.scalars(mine)).all()


async def any_of(session: AsyncSession, chat: str) -> bool:
    """Whether this chat has handed anything in."""
    mine = select(Case.id).where(Case.chat == chat, Case.code.is_not(None))
    return await session.scalar(mine.limit(1)) is not None


async def open_form(session: AsyncSession, case_id: int | None) -> Case | None:
    """The case that still takes answers: a draft, or one that was returned; whoever's it is."""
    case = None if case_id is None else await session.get(Case, case_id)
    if case is None or not takes_answers(case):
        return None
    hold(session, case)
    return case


def takes_answers(case: Case) -> bool:
    """Whether its citizen may still change what was answered."""
    return case.status in {Status.DRAFT, Status.INCOMPLETE, Status.NEEDS_DETAIL}


def withdrawal(case: Case) -> Status | None:
    """The status that its citizen may withdraw it to, None when it is too late."""
    allowed = rules.moves(CaseKind(case.kind), status_of(case.status), Actor.CITIZEN)
    ways = [s for s in allowed if s in {Status.CANCELLED, Status.WITHDRAWN}]
    return ways[0] if ways else None


def may_reopen(case: Case) -> bool:
    """Whether its citizen may reopen a closed complaint."""
    kind, status = CaseKind(case.kind), status_of(case.status)
    return rules.may_move(kind, status, Status.REOPENED, actor=Actor.CITIZEN)


async def history(session: AsyncSession, case: Case) -> Sequence[CaseEvent]:
    """All that happened to a case, oldest first."""
    events = select(CaseEvent).where(CaseEvent.case_id == case.id)
    return (await session.scalars(events.order_by(CaseEvent.id))).all()


async def moves(session: AsyncSession, case: Case) -> list[tuple[datetime, Status]]:
    """When a case reached which status, oldest first."""
    events = select(CaseEvent.at, CaseEvent.to_status).where(
        CaseEvent.case_id == case.id, CaseEvent.kind == EventKind.MOVED
    )
    rows = await session.execute(events.order_by(CaseEvent.id))
    return [(row.at, status_of(row.to_status)) for row in rows]


async def attachments(session: AsyncSession, case: Case) -> Sequence[Attachment]:
    """The files of a case, oldest first."""
    mine = select(Attachment).where(Attachment.case_id == case.id)
    return (await session.scalars(mine.order_by(Attachment.id))).all()
