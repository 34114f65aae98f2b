"""The requirements of a service, ticked off one by one by the officers who examine a case."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import queues
from actions.casework.case_events import write
from actions.catalogue.models import Requirement, Service
from actions.catalogue.reference import ReferenceData
from actions.domain.work import EventKind
from actions.forms.engine import holds
from actions.storage.tables import Case, CaseCheck, Staff

LONGEST = 200


def of_case(reference: ReferenceData, case: Case) -> list[Requirement]:
    """What this service wants of somebody who answered so; complaints want nothing."""
    item = reference.catalogue.find(case.slug)
    wanted = item.requirements if isinstance(item, Service) else ()
    return [one for one in wanted if holds(one.when, case.answers)]


def key_of(requirement: Requirement) -> str:
    """By what a tick is kept: the words, which say what was looked at even when data change."""
    return requirement.text[:LONGEST]


async def ticked(session: AsyncSession, case: Case) -> frozenset[str]:
    """The requirements that somebody found to be in order."""
    found = select(CaseCheck.item).where(CaseCheck.case_id == case.id)
    return frozenset((await session.scalars(found)).all())


async def tick(
    session: AsyncSession,
    case: Case,
    *,
    seen: Collection[str],
    wanted: Collection[str],
    by: Staff,
    now: datetime,
) -> None:
    """Change what differs from what the officer saw; what others ticked meanwhile stays."""
    await queues.hold(session, case)
    already = await ticked(session, case)
    added = sorted(set(wanted) - set(seen) - already)
    gone = (set(seen) - set(wanted)) & already
    for item in added:
        session.add(CaseCheck(case_id=case.id, item=item, staff_id=by.id, at=now))
    if gone:
        mine = (CaseCheck.case_id == case.id, CaseCheck.item.in_(gone))
        await session.execute(delete(CaseCheck).where(*mine))
    if added or gone:
        write(session, case, EventKind.CHECKED, by=by, now=now, cocok=added, batal=sorted(gone))
