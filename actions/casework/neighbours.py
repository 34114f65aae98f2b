"""Other cases that whoever works on one should know of."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import distinct, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.chats import NOBODY
from actions.casework.places import place_of
from actions.casework.rights import visible
from actions.casework.search_terms import TermKind, cell_term, is_term
from actions.catalogue.reference import ReferenceData
from actions.domain.status import Status, is_open, status_of
from actions.forms.same_place import cells_around, is_same, point_of, read_place_words
from actions.storage.case_indexes import OPEN
from actions.storage.tables import Case, SearchTerm, Staff

SHOWN = 8
LATELY = timedelta(days=14)
LOOKED_AT = 200
_NOT_NOW = frozenset({Status.AWAITING_REPLY})
"""What is done, as far as the office knows: who reports it now means something else."""


async def of_same_chat(session: AsyncSession, staff: Staff, case: Case) -> Sequence[Case]:
    """What the same person has sent besides, newest first; whoever gave no name is nobody."""
    if case.chat == NOBODY or case.anonymous:
        return []
    mine = (Case.chat == case.chat, Case.id != case.id, visible(staff))
    newest = select(Case).where(*mine).order_by(Case.id.desc()).limit(SHOWN)
    newest = newest.with_hint(Case, "INDEXED BY ix_cases_chat", "sqlite")  # not all of a unit
    return (await session.scalars(newest)).all()


async def alike_nearby(session: AsyncSession, staff: Staff, case: Case) -> Sequence[Case]:
    """Open cases of the same matter in the same village, of other people, newest first."""
    if case.village is None:
        return []
    same = (Case.village == case.village, Case.slug == case.slug, Case.chat != case.chat)
    still = (Case.secret == case.secret, visible(staff))
    newest = select(Case).where(OPEN, *same, *still).order_by(Case.id.desc()).limit(SHOWN)
    newest = newest.with_hint(Case, "INDEXED BY ix_cases_nearby", "sqlite")
    return (await session.scalars(newest)).all()


@dataclass(frozen=True, slots=True)
class Nearby:
    """A report of the same thing, and how many people have sent it."""

    case: Case
    people: int


async def same_thing(
    session: AsyncSession,
    reference: ReferenceData,
    case: Case,
    own: Collection[str],
    now: datetime,
) -> Nearby | None:
    """What others reported of the place of a draft within `LATELY`; the nearest in time first.

    Never a secret report, nor one without a name, nor one that complains of an office.
    """
    place, words = place_of(case.answers), read_place_words(reference.words["tempat"])
    found = await _lately_there(session, case, place, now) if place else []
    for other in found:
        mine = other.chat in own or other.id == case.id
        if mine or not is_same(place, place_of(other.answers), words):
            continue
        top = await _top(session, other)
        if top is not None and top.chat not in own:
            return Nearby(top, await how_many(session, top))
    return None


def may_be_offered(case: Case) -> bool:
    """Whether a report may be named to others."""
    hidden = case.secret or case.anonymous or case.discreet or case.reported is not None
    return not hidden and is_open(status_of(case.status)) and case.status not in _NOT_NOW


async def how_many(session: AsyncSession, case: Case) -> int:
    """How many people have sent a report, or support it."""
    same = select(func.count(distinct(Case.chat))).where(
        or_(Case.id == case.id, Case.parent_id == case.id), Case.status != Status.WITHDRAWN
    )
    return await session.scalar(same) or 0


async def _lately_there(
    session: AsyncSession, case: Case, place: dict[str, Any], now: datetime
) -> list[Case]:
    """The open reports of the same kind around a pin, or of a village, newest first."""
    same = select(Case).where(OPEN, Case.slug == case.slug, Case.submitted_at >= now - LATELY)
    point, village = point_of(place), place.get("desa")
    ways = []
    if point is not None:
        terms = [cell_term(case.slug, cell) for cell in cells_around(point)]
        near = select(SearchTerm.case_id).where(*is_term(session, TermKind.CELL, *terms))
        ways.append(same.where(Case.id.in_(near)))
    if village is not None:
        ways.append(same.where(Case.village == village))
    found: dict[int, Case] = {}
    for way in ways:
        rows = await session.scalars(way.order_by(Case.id.desc()).limit(LOOKED_AT))
        found |= {one.id: one for one in rows if may_be_offered(one)}
    return sorted(found.values(), key=lambda one: -one.id)


async def _top(session: AsyncSession, case: Case) -> Case | None:
    """What a report is handled together with, else itself; nothing where that is hidden."""
    parent = await session.get(Case, case.parent_id) if case.parent_id else case
    return parent if parent is not None and may_be_offered(parent) else None


async def by_ids(session: AsyncSession, staff: Staff, ids: Iterable[int]) -> dict[int, Case]:
    """Cases by id, without those that are none of this officer's business."""
    wanted = set(ids)
    if not wanted:
        return {}
    found = select(Case).where(Case.id.in_(wanted), visible(staff))
    return {case.id: case for case in (await session.scalars(found)).all()}
