"""What a unit does about its lowest elements: agreed by its head, and ticked when it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.staff import Role
from actions.domain.period import Period
from actions.domain.survey import Element
from actions.storage.tables import Staff, SurveyPlan

LONGEST_ACTION, LONGEST_WHO = 400, 120


class EmptyPlanError(ValueError):
    """A plan needs what is done, and by whom."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done, until when, and by whom; `done` says that it was."""

    action: str
    due_on: date
    who: str
    done: bool


def may_plan(staff: Staff, unit: str) -> bool:
    """Whether an account may set the plans of a unit: its supervisor, or one of all units."""
    return staff.role == Role.SUPERVISOR and staff.unit in {None, unit}


async def plans(session: AsyncSession, unit: str, period: Period) -> dict[Element, SurveyPlan]:
    """The plans of a unit for what a period has shown, by element."""
    ours = (SurveyPlan.unit == unit, SurveyPlan.period == period.key)
    rows: Sequence[SurveyPlan] = (await session.scalars(select(SurveyPlan).where(*ours))).all()
    return {Element(row.element): row for row in rows}


async def save(
    session: AsyncSession,
    staff: Staff,
    *,
    unit: str,
    period: Period,
    element: Element,
    plan: Plan,
    today: date,
    now: datetime,
) -> None:
    """Write a plan down, or change the one that there is; raises EmptyPlanError."""
    action, who = plan.action.strip()[:LONGEST_ACTION], plan.who.strip()[:LONGEST_WHO]
    if not action or not who:
        raise EmptyPlanError
    row = (await plans(session, unit, period)).get(element)
    if row is None:
        row = SurveyPlan(unit=unit, period=period.key, element=element)
        session.add(row)
    row.action, row.due_on, row.who = action, plan.due_on, who
    row.done_on = (row.done_on or today) if plan.done else None
    row.updated_at, row.updated_by = now, staff.id
