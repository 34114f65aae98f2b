"""Clocks that speak: officers hear of a case in time, and those above them when it is over.

The owner is told when half and four fifths of the working time are used up, and when it is over
(so of the first answer, where that has a clock of its own);
a working day later the supervisors of the unit are, and after three those of all units. Each
step once, in the unit's hours. A clock that waits for its citizen is silent.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import absence, first_answer, rights
from actions.casework.staff import Role
from actions.casework.staff_alerts import alert_staff
from actions.catalogue.reference import ReferenceData
from actions.domain.calendar import add_working_minutes, next_opening, working_minutes
from actions.domain.status import RUNNING, Actor, Status, status_of
from actions.domain.terms import HOUR, Measure
from actions.domain.work import EventKind
from actions.storage.tables import Case, CaseEvent, Staff

AT_ONCE = 20


class Step(IntEnum):
    """How far a clock has run: percent of the working time, then the rungs of the ladder."""

    BEGUN = 0
    HALF = 50
    NEAR = 80
    OVER = 100
    UNIT = 110
    ALL = 120


RUNGS = {Step.OVER: 0, Step.UNIT: 1, Step.ALL: 3}
"""After how many working days past the promised one those who are next are told."""


def wind(reference: ReferenceData, case: Case, status: Status, now: datetime) -> None:
    """Set when the next step of a case's clock comes, which is never while the clock stands."""
    if status not in RUNNING or case.due_on is None:
        case.remind_at = None
        return
    if case.reminded is None:
        case.reminded = passed(reference, case, now)
    comes = (_next(reference, case, now), first_answer.next_step(reference, case))
    case.remind_at = min((at for at in comes if at is not None), default=None)


def passed(reference: ReferenceData, case: Case, now: datetime) -> Step:
    """The last step that the clock of a case has reached."""
    reached = [step for step in Step if step and _moment(reference, case, step, now) <= now]
    return max(reached, default=Step.BEGUN)


def _next(reference: ReferenceData, case: Case, now: datetime) -> datetime | None:
    """When the first step comes that nobody was told of; None after the last."""
    after = (step for step in Step if step > (case.reminded or 0))
    step = next(after, None)
    return None if step is None else _moment(reference, case, step, now)


def _moment(reference: ReferenceData, case: Case, step: Step, now: datetime) -> datetime:
    """When a step comes; one whose time is over has come now."""
    hours, due = reference.hours_of(case.unit), case.due_on or reference.today(now)
    if step in RUNGS:
        over = _end(reference, reference.due(due, RUNGS[step])) if RUNGS[step] else None
        over = over or _over(reference, case) or _end(reference, due)
        opening = over if reference.is_open(case.unit, over) else None
        opening = opening or next_opening(over, hours, reference.holidays)
        return (opening or over).astimezone(UTC)
    ahead = _left(reference, case, now) - _whole(reference, case) * (100 - step) // 100
    local = reference.local(now)
    moment = add_working_minutes(local, ahead, hours, reference.holidays) if ahead > 0 else None
    return (moment or local).astimezone(UTC)


def _left(reference: ReferenceData, case: Case, now: datetime) -> int:
    """Working minutes until the promised day is over, or its moment."""
    hours, end = reference.hours_of(case.unit), _over(reference, case) or reference.local(now)
    return working_minutes(reference.local(now), end, hours, reference.holidays)


def _whole(reference: ReferenceData, case: Case) -> int:
    """Working minutes that the promise gave at first."""
    rule = reference.clock(case.clock_rule_id)
    if rule is not None and rule.measure is Measure.WORKING_HOURS:
        return rule.length * HOUR
    begun, hours = case.submitted_at or case.created_at, reference.hours_of(case.unit)
    promised = case.promised_on or case.due_on or reference.today(begun)
    end = _end(reference, promised)
    return working_minutes(reference.local(begun), end, hours, reference.holidays)


def _over(reference: ReferenceData, case: Case) -> datetime | None:
    """From when on a promise is broken: the first moment after its day, or its moment."""
    if case.due_at is not None:
        return reference.local(case.due_at)
    return _end(reference, case.due_on) if case.due_on else None


def _end(reference: ReferenceData, day: date) -> datetime:
    """The first moment after a day, on the office's clock."""
    return reference.start_of(day + timedelta(days=1))


async def remind(session: AsyncSession, reference: ReferenceData, now: datetime) -> int:
    """Tell officers of the steps that have come; returns of how many."""
    come = select(Case).where(Case.remind_at <= now, Case.remind_at.is_not(None))
    first = come.order_by(Case.remind_at, Case.id).limit(AT_ONCE)
    cases = (await session.scalars(first.with_for_update(skip_locked=True))).all()
    people = await everybody(session) if cases else []
    return sum([_speak(session, reference, case, people, now) for case in cases])


async def everybody(session: AsyncSession) -> Sequence[Staff]:
    """All who can be told something."""
    active = select(Staff).where(Staff.active.is_(True))
    return (await session.scalars(active.order_by(Staff.id))).all()


def _speak(
    session: AsyncSession,
    reference: ReferenceData,
    case: Case,
    people: Sequence[Staff],
    now: datetime,
) -> bool:
    """Tell those concerned of the last step that has come, and wind the clock."""
    hours = reference.hours_of(case.unit)
    if not reference.is_open(case.unit, now):
        opening = next_opening(reference.local(now), hours, reference.holidays)
        case.remind_at = opening.astimezone(UTC) if opening else None
        return False
    step, known = passed(reference, case, now), case.reminded
    speaks = known is not None and step > known and _runs(case)
    if speaks:
        case.reminded = step
        tell(session, case, f"tenggat_{int(step)}", concerned(case, step, people, now), now)
    asks = first_answer.passed(reference, case, now)
    if asks > (case.answer_reminded or 0):
        case.answer_reminded, speaks = asks, True
        tell(session, case, f"jawaban_{asks}", concerned(case, Step.HALF, people, now), now)
    wind(reference, case, status_of(case.status), now)
    return speaks


def _runs(case: Case) -> bool:
    return status_of(case.status) in RUNNING and case.paused_on is None


def tell(
    session: AsyncSession, case: Case, key: str, people: Sequence[Staff], now: datetime
) -> None:
    """Alert officers, and keep in the case's history that they were."""
    for person in people:
        alert_staff(session, person, key, case, now)
    session.add(
        CaseEvent(
            case_id=case.id,
            kind=EventKind.REMINDED,
            at=now,
            actor=Actor.SYSTEM,
            data={"tentang": key, "kepada": [person.id for person in people]},
        )
    )


def concerned(case: Case, step: Step, people: Sequence[Staff], now: datetime) -> list[Staff]:
    """Who is told of a step: those whose turn it is, or the next where there is nobody.

    For an owner who is away it is the turn of who stands in, and of nobody else who is away.

    Of a secret case those who know of it, before others who are told no more than its code.
    """
    gone = absence.who_stands_in(people, now)
    owner_id = gone.get(case.owner_id or 0, case.owner_id)
    people = [one for one in people if one.id not in gone] or people
    of_unit = [one for one in people if one.unit == case.unit and rights.is_in_reach(one, case)]
    ladder = [
        [one for one in people if one.id == owner_id],
        [one for one in of_unit if one.role == Role.SUPERVISOR],
        [one for one in people if one.role == Role.SUPERVISOR and one.unit is None],
        [one for one in people if one.role == Role.ADMIN],
        [one for one in of_unit if one.role == Role.OFFICER],
    ]
    first = {Step.UNIT: 1, Step.ALL: 2}.get(step, 0)
    group = next((rung for rung in ladder[first:] if rung), [])
    return [one for one in group if rights.knows(one, case)] or group
