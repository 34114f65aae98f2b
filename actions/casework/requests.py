"""Requests and complaints: draft, submission, moves along the table, withdrawal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import returned
from actions.casework.notices import tell_citizen
from actions.casework.surveys import invite
from actions.catalogue import Complaint, Item
from actions.domain import status as rules
from actions.domain.calendar import count_working_days
from actions.domain.codes import new_code
from actions.domain.status import Actor, CaseKind, Status, status_of
from actions.flow.forms import Form, to_json
from actions.hall import Hall
from actions.storage.tables import Attachment, Request, RequestEvent
from actions.turn import StoredFile


class ReasonMissingError(Exception):
    """The status needs a reason (or to whom, or which code) that was not given."""


class OutdatedError(Exception):
    """Somebody else changed the case since it was read."""


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
    session: AsyncSession, *, chat: str, slug: str, item: Item, form: Form,
    answers: Mapping[str, Any], now: datetime, urgent: bool = False,
) -> Request:  # fmt: skip
    """Begin a request; nobody but its citizen sees it before it is submitted."""
    request = Request(
        kind=kind_of(item), slug=slug, unit=item.unit, chat=chat, status=Status.DRAFT,
        answers=dict(answers), form=to_json(form), secret=getattr(item, "secret", False),
        urgent=urgent,
        created_at=now, updated_at=now,
    )  # fmt: skip
    session.add(request)
    await session.flush()
    return request


async def submit(
    session: AsyncSession, hall: Hall, request: Request, now: datetime, random: Random
) -> None:
    """Hand the draft in: code, promised date, first line of the history."""
    request.code = await _free_code(session, hall, random)
    request.submitted_at = now
    days = hall.catalogue.item(request.slug).duration.working_days
    request.due_on = hall.due(hall.today(now), days)
    _move(session, hall, request, rules.first_status(CaseKind(request.kind)), CITIZEN, None, now)


async def _free_code(session: AsyncSession, hall: Hall, random: Random) -> str:
    while True:
        code = new_code(hall.catalogue.office.code_prefix, random)
        if await by_code(session, code) is None:
            return code


def save_answers(request: Request, answers: Mapping[str, Any], now: datetime) -> None:
    """Replace the answers of a draft or of a request that was returned to its citizen."""
    request.answers = dict(answers)
    request.updated_at = now


def attach(
    session: AsyncSession, request: Request, field: str, file: StoredFile, now: datetime
) -> None:
    """Keep which answer a stored file belongs to."""
    session.add(
        Attachment(request_id=request.id, field=field, name=file.name, mime=file.mime,
                   size=file.size, at=now)
    )  # fmt: skip


async def move(
    session: AsyncSession, hall: Hall, request: Request, target: Status, *, by: By,
    now: datetime, reason: str | None = None, seen_version: int | None = None,
) -> None:  # fmt: skip
    """Move a case; the citizen is told and asked for a mark unless it was the citizen's move.

    Raises ForbiddenMoveError, ReasonMissingError, and OutdatedError when `seen_version`
    is not the version that the officer looked at.
    """
    if seen_version is not None and seen_version != request.version:
        raise OutdatedError(request.code)
    if target.needs and by.actor is Actor.OFFICER and not (reason and reason.strip()):
        raise ReasonMissingError(target)
    _move(session, hall, request, target, by, reason, now)
    if target in returned.RETURNED:
        returned.ask(hall, request, (reason or "").strip())
    if by.actor is not Actor.CITIZEN and request.submitted_at is not None:
        tell_citizen(session, hall, request, reason, now)
    if rules.invites_rating(target) and by.actor is not Actor.CITIZEN:
        await invite(session, hall, request, now)


def _move(
    session: AsyncSession, hall: Hall, request: Request, target: Status, by: By,
    reason: str | None, now: datetime,
) -> None:  # fmt: skip
    origin = status_of(request.status)
    rules.check_move(CaseKind(request.kind), origin, target, actor=by.actor)
    _run_clock(hall, request, target, now)
    request.status = target
    request.updated_at = now
    request.closed_at = None if rules.is_open(target) else now
    session.add(
        RequestEvent(request_id=request.id, at=now, actor=by.actor, staff_id=by.staff_id,
                     from_status=origin, to_status=target, reason=reason)
    )  # fmt: skip


def _run_clock(hall: Hall, request: Request, target: Status, now: datetime) -> None:
    """Stop the promised date while the citizen is waited for, move it on afterwards."""
    today = hall.today(now)
    if rules.pauses_clock(target):
        request.paused_on = request.paused_on or today
    elif request.paused_on is not None and request.due_on is not None:
        week = hall.catalogue.office.week
        lost = count_working_days(request.paused_on, today, week, hall.holidays)
        request.due_on = hall.due(request.due_on, lost) if lost else request.due_on
        request.paused_on = None


async def by_code(session: AsyncSession, code: str) -> Request | None:
    """The case with this code."""
    return await session.scalar(select(Request).where(Request.code == code))


async def of_chat(session: AsyncSession, chat: str) -> Sequence[Request]:
    """What this chat has handed in, newest first."""
    mine = select(Request).where(Request.chat == chat, Request.code.is_not(None))
    return (await session.scalars(mine.order_by(Request.id.desc()))).all()


async def any_of(session: AsyncSession, chat: str) -> bool:
    """Whether this chat has handed anything in."""
    mine = select(Request.id).where(Request.chat == chat, Request.code.is_not(None))
    return await session.scalar(mine.limit(1)) is not None


async def draft(session: AsyncSession, chat: str, request_id: int | None) -> Request | None:
    """The chat's own request that still takes answers: a draft, or one that was returned."""
    if request_id is None:
        return None
    request = await session.get(Request, request_id)
    if request is None or request.chat != chat or not takes_answers(request):
        return None
    return request


def takes_answers(request: Request) -> bool:
    """Whether its citizen may still change what was answered."""
    return request.status in {Status.DRAFT, Status.INCOMPLETE, Status.NEEDS_DETAIL}


def withdrawal(request: Request) -> Status | None:
    """The status that its citizen may withdraw it to, None when it is too late."""
    allowed = rules.moves(CaseKind(request.kind), status_of(request.status), Actor.CITIZEN)
    ways = [s for s in allowed if s in {Status.CANCELLED, Status.WITHDRAWN}]
    return ways[0] if ways else None


async def history(session: AsyncSession, request: Request) -> Sequence[RequestEvent]:
    """The moves of a case, oldest first."""
    events = select(RequestEvent).where(RequestEvent.request_id == request.id)
    return (await session.scalars(events.order_by(RequestEvent.id))).all()


async def attachments(session: AsyncSession, request: Request) -> Sequence[Attachment]:
    """The files of a case, oldest first."""
    files = select(Attachment).where(Attachment.request_id == request.id)
    return (await session.scalars(files.order_by(Attachment.id))).all()


async def count_open(session: AsyncSession) -> int:
    """How many handed-in cases still need somebody."""
    open_ones = select(func.count()).select_from(Request)
    waiting = open_ones.where(Request.code.is_not(None), Request.closed_at.is_(None))
    return await session.scalar(waiting) or 0
