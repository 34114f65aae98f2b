"""Who is away: no work is handed to them, and who stands in hears what they would have heard.

Away is from one moment up to another, the beginning of a day each. Who is away and names nobody
is stood in for by the head of the unit, or by everybody of it who may take a case.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import security_log
from actions.casework.security_log import Origin, SecurityKind
from actions.catalogue.reference import ReferenceData
from actions.storage.tables import Staff


class BadAbsenceError(Exception):
    """Its days are out of order or over, or who is to stand in cannot."""


@dataclass(frozen=True, slots=True)
class Absence:
    """From which day up to and with which, and who stands in."""

    first: date
    last: date
    stand_in_id: int | None = None


def is_away(staff: Staff, now: datetime) -> bool:
    """Whether somebody is away at this moment."""
    begun, ended = staff.away_from, staff.away_until
    return begun is not None and ended is not None and begun <= now < ended


def away(now: datetime) -> ColumnElement[bool]:
    """The same, for the database."""
    return and_(Staff.away_from <= now, Staff.away_until > now)


def of(reference: ReferenceData, staff: Staff, now: datetime) -> Absence | None:
    """When somebody is away, now or later; None where that is over."""
    if staff.away_from is None or staff.away_until is None or staff.away_until <= now:
        return None
    last = reference.today(staff.away_until) - timedelta(days=1)
    return Absence(reference.today(staff.away_from), last, staff.stand_in_id)


async def stand_ins(session: AsyncSession, now: datetime) -> Mapping[int, int | None]:
    """Who stands in for those who are away, by account; None where they named nobody."""
    gone = await session.scalars(select(Staff).where(away(now)))
    return who_stands_in(list(gone), now)


def who_stands_in(people: Sequence[Staff], now: datetime) -> Mapping[int, int | None]:
    """The same of people who are known."""
    return {one.id: one.stand_in_id for one in people if is_away(one, now)}


async def plan(
    session: AsyncSession,
    reference: ReferenceData,
    staff: Staff,
    absence: Absence | None,
    origin: Origin,
) -> None:
    """Keep when somebody is away, or that they are not; raises BadAbsenceError."""
    staff.away_from = staff.away_until = staff.stand_in_id = None
    if absence is not None:
        if not reference.today(origin.at) <= absence.last or absence.first > absence.last:
            raise BadAbsenceError
        await _check_stand_in(session, staff, absence.stand_in_id)
        staff.away_from = reference.start_of(absence.first)
        staff.away_until = reference.start_of(absence.last + timedelta(days=1))
        staff.stand_in_id = absence.stand_in_id
    security_log.note(session, SecurityKind.AWAY, origin, staff.id)


async def _check_stand_in(session: AsyncSession, staff: Staff, number: int | None) -> None:
    if number is None:
        return
    other = await session.get(Staff, number)
    same = other is not None and other.unit in {None, staff.unit}
    if other is None or not other.active or other.id == staff.id or not same:
        raise BadAbsenceError
