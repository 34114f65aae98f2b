"""Writes lines of a case's history that are no moves."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.domain.status import Actor
from actions.domain.work import EventKind
from actions.storage.tables import Case, CaseEvent, Staff


def write(
    session: AsyncSession,
    case: Case,
    kind: EventKind,
    *,
    by: Staff,
    now: datetime,
    reason: str = "",
    **about: Any,
) -> None:
    """One line: what an officer did, why, and what it is about, by ids or keys."""
    session.add(
        CaseEvent(
            case_id=case.id,
            kind=kind,
            at=now,
            actor=Actor.OFFICER,
            staff_id=by.id,
            reason=reason.strip() or None,
            data={key: value for key, value in about.items() if value is not None},
        )
    )
