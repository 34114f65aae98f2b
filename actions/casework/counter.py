"""What an officer writes down for somebody at the counter, or on the telephone.

It lies in a chat of its own that leads nowhere, until its citizen claims it (`claims`).
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import attachments, cases
from actions.casework.cases import By
from actions.casework.chats import lock_chat
from actions.casework.returned import form_of_case
from actions.catalogue import Item
from actions.catalogue.reference import ReferenceData
from actions.domain.status import Actor, CaseKind, Status
from actions.domain.work import Channel, EventKind
from actions.forms.form import Form
from actions.storage.tables import Case, CaseEvent, Staff

WAYS = (Channel.COUNTER, Channel.PHONE)
LISTED = 20
_PERSONAL = frozenset({"nama", "nik", "kk", "telepon", "alamat"})


async def begin(
    session: AsyncSession,
    *,
    staff: Staff,
    way: Channel,
    slug: str,
    item: Item,
    form: Form,
    answers: Mapping[str, Any],
    now: datetime,
) -> Case:
    """A draft that only this officer sees."""
    chat = f"{way}:{secrets.token_hex(8)}"
    await lock_chat(session, chat, now)
    case = await cases.open_draft(
        session, chat=chat, slug=slug, item=item, form=form, answers=answers, now=now
    )
    case.owner_id = staff.id
    return case


def known_of(before: Case, form: Form) -> dict[str, Any]:
    """Who somebody is, as an earlier case says it, for the same questions of another form."""
    asked = {(one.key, one.kind) for one in form.fields if not one.when}
    return {
        one.key: before.answers[one.key]
        for one in form_of_case(before).fields
        if one.kind in _PERSONAL
        and (one.key, one.kind) in asked
        and before.answers.get(one.key) is not None
    }


def _mine(staff: Staff) -> tuple[ColumnElement[bool], ...]:
    return (
        Case.owner_id == staff.id,
        Case.closed_at.is_(None),
        Case.status == Status.DRAFT,
        Case.channel.in_(WAYS),
    )


async def draft(session: AsyncSession, staff: Staff, case_id: int) -> Case | None:
    """One of an officer's drafts."""
    return await session.scalar(select(Case).where(Case.id == case_id, *_mine(staff)))


async def drafts(session: AsyncSession, staff: Staff) -> Sequence[Case]:
    """What an officer has begun and not handed in, newest first."""
    mine = select(Case).where(*_mine(staff)).order_by(Case.id.desc()).limit(LISTED)
    return (await session.scalars(mine)).all()


async def hand_in(
    session: AsyncSession,
    reference: ReferenceData,
    case: Case,
    *,
    staff: Staff,
    now: datetime,
    random: Random,
) -> None:
    """Send a complete draft for its citizen; from now on it is its unit's, and not one's own."""
    by = By(Actor.CITIZEN, staff.id)
    await cases.submit(session, reference, case, now, random, by=by)
    case.owner_id = None


async def give_up(
    session: AsyncSession, reference: ReferenceData, case: Case, now: datetime
) -> None:
    """Forget a draft, with what it holds."""
    target = Status.WITHDRAWN if case.kind == CaseKind.COMPLAINT else Status.CANCELLED
    await attachments.drop_all(session, case)
    case.answers, case.owner_id = {}, None
    await cases.move(session, reference, case, target, by=cases.CITIZEN, now=now)


async def handed_in(session: AsyncSession, staff: Staff, case_id: int) -> Case | None:
    """A case that this officer has handed in at the counter, whosever it is now."""
    wrote = exists().where(
        CaseEvent.case_id == Case.id,
        CaseEvent.kind == EventKind.MOVED,
        CaseEvent.from_status == Status.DRAFT,
        CaseEvent.staff_id == staff.id,
    )
    mine = select(Case).where(Case.id == case_id, Case.channel.in_(WAYS), wrote)
    return await session.scalar(mine)
