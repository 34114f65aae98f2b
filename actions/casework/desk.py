"""The trays of an officer's desk: cases by who must act, a page at a time, without any offset.

A tray walks along an index (see storage/case_indexes), so that it takes as long with a million
cases as with a thousand; for the same reason a count ends at `MOST`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, TextClause, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.overdue import past
from actions.casework.publishing import UNFOUNDED
from actions.casework.rights import not_hidden, unit_of, visible
from actions.domain.status import CaseKind
from actions.domain.work import Awaits
from actions.storage.case_indexes import ANSWERED, OPEN, RUNNING, TO_PUBLISH, UNOWNED, URGENT
from actions.storage.tables import Case, Staff, Transfer

PAGE = 25
MOST = 100
"""A count says "99+" from here on."""


class Tray(StrEnum):
    """Where a case lies: each tray is a question of who must act."""

    URGENT = "mendesak"
    NEW = "baru"
    MINE = "milik"
    LATE = "terlambat"
    ANSWERED = "dijawab"
    CITIZEN = "warga"
    OTHER_UNIT = "unit_lain"
    SENT_HERE = "kiriman"
    TO_PUBLISH = "umumkan"
    DONE = "selesai"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tray, and what of it; `village` and `slug` as cases store them."""

    tray: Tray
    unit: str | None = None
    kind: CaseKind | None = None
    slug: str | None = None
    village: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Behind which case a page begins: what the tray is ordered by, and the case's id."""

    value: date | datetime
    id: int


_ORDER: Mapping[Tray, Any] = {
    Tray.ANSWERED: Case.answered_at,
    Tray.TO_PUBLISH: Case.public_allowed_at,
    Tray.DONE: Case.closed_at,
}
BY_MOMENT = frozenset(_ORDER)
"""Trays that are ordered by a moment, not by a day."""
_DOWN = frozenset({Tray.DONE})


def _order(tray: Tray) -> Any:
    return _ORDER.get(tray, Case.due_on)


def place_of(tray: Tray, case: Case) -> Place | None:
    """Where a case lies in a tray, or lay; None where acting took away what that goes by."""
    value = getattr(case, _order(tray).key)
    return None if value is None else Place(value, case.id)


def _in_tray(staff: Staff, tray: Tray, today: date) -> list[TextClause | ColumnElement[bool]]:
    """What a case of this tray is; the text of its index comes first."""
    trays: dict[Tray, list[TextClause | ColumnElement[bool]]] = {
        Tray.URGENT: [URGENT],
        Tray.NEW: [UNOWNED],
        Tray.MINE: [OPEN, Case.owner_id == staff.id],
        Tray.LATE: [RUNNING, past(today)],
        Tray.ANSWERED: [ANSWERED],
        Tray.CITIZEN: [OPEN, Case.awaits == Awaits.CITIZEN],
        Tray.OTHER_UNIT: [OPEN, Case.awaits == Awaits.OTHER_UNIT],
        Tray.SENT_HERE: [OPEN, Case.id.in_(_sent_to(staff))],
        Tray.TO_PUBLISH: [TO_PUBLISH, Case.status.not_in(UNFOUNDED)],
        Tray.DONE: [Case.closed_at.is_not(None)],
    }
    return trays[tray]


def _sent_to(staff: Staff) -> Select[int]:
    """The cases that other units have sent to this officer's, and that nobody has answered."""
    waiting = select(Transfer.case_id).where(Transfer.answered_at.is_(None))
    unit = unit_of(staff)
    return waiting if unit is None else waiting.where(Transfer.to_unit == unit)


def _fits(staff: Staff, wanted: Wanted, today: date) -> list[TextClause | ColumnElement[bool]]:
    fits = _in_tray(staff, wanted.tray, today)
    fits.append(not_hidden(staff) if wanted.tray is Tray.SENT_HERE else visible(staff))
    for column, value in (
        (Case.unit, wanted.unit),
        (Case.kind, wanted.kind),
        (Case.slug, wanted.slug),
        (Case.village, wanted.village),
    ):
        if value is not None:
            fits.append(column == value)
    return fits


def query(
    staff: Staff, wanted: Wanted, today: date, *, after: Place | None = None
) -> Select[Case]:
    """The cases of a tray in their order, all or those behind a place."""
    key, down = _order(wanted.tray), wanted.tray in _DOWN
    found = select(Case).where(*_fits(staff, wanted, today))
    if after is not None:
        found = found.where(_behind(key, after, down=down))
    return found.order_by(*((key.desc(), Case.id.desc()) if down else (key, Case.id)))


async def cases(
    session: AsyncSession,
    staff: Staff,
    wanted: Wanted,
    today: date,
    *,
    after: Place | None = None,
    limit: int = PAGE,
) -> Sequence[Case]:
    """The cases of a tray that come first, or first behind a place."""
    found = query(staff, wanted, today, after=after).limit(limit)
    return (await session.scalars(found)).all()


def _behind(key: Any, after: Place, *, down: bool) -> ColumnElement[bool]:
    if down:
        return tuple_(key, Case.id) < (after.value, after.id)
    return tuple_(key, Case.id) > (after.value, after.id)


async def count(session: AsyncSession, staff: Staff, wanted: Wanted, today: date) -> int:
    """How many cases lie in a tray, at most `MOST`."""
    # In the tray's order, or SQLite walks along the codes of all cases instead of its index.
    ordered = query(staff, wanted, today).with_only_columns(Case.id)
    some = ordered.limit(MOST).subquery()
    return await session.scalar(select(func.count()).select_from(some)) or 0


async def next_case(
    session: AsyncSession, staff: Staff, wanted: Wanted, today: date, case: Case
) -> Case | None:
    """What lies behind a case, else at the top; never that case itself."""
    place = place_of(wanted.tray, case)
    behind = await cases(session, staff, wanted, today, after=place, limit=1) if place else ()
    first = behind or await cases(session, staff, wanted, today, limit=2)
    return next((one for one in first if one.id != case.id), None)
