"""The history of what an office set: who changed what, from what to what, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.storage.tables import SettingChange, Staff

PAGE = 30
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """One line of the history; `by` is a user name."""

    id: int
    at: datetime
    by: str
    sheet: str
    row: str
    before: Values | None
    after: Values | None


def note(
    session: AsyncSession,
    staff: Staff,
    now: datetime,
    sheet: str,
    row: str,
    *,
    before: Values | None,
    after: Values | None,
) -> None:
    """Write down a change."""
    session.add(
        SettingChange(at=now, staff_id=staff.id, sheet=sheet, row=row, before=before, after=after)
    )


async def version(session: AsyncSession) -> int:
    """A number that is another one after every change."""
    return await session.scalar(select(func.max(SettingChange.id))) or 0


async def rows_of(session: AsyncSession, sheet: str) -> Sequence[str]:
    """Every row of a sheet that was ever changed."""
    wanted = select(SettingChange.row).where(SettingChange.sheet == sheet).distinct()
    return (await session.scalars(wanted)).all()


async def lines(
    session: AsyncSession,
    *,
    sheet: str | None = None,
    row: str | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> Sequence[Changed]:
    """The history, newest first, what lies before an id; one more than `limit`."""
    wanted = select(SettingChange, Staff.username).join(Staff, Staff.id == SettingChange.staff_id)
    if sheet is not None:
        wanted = wanted.where(SettingChange.sheet == sheet)
    if row is not None:
        wanted = wanted.where(SettingChange.row == row)
    if before is not None:
        wanted = wanted.where(SettingChange.id < before)
    newest = wanted.order_by(SettingChange.id.desc()).limit(limit + 1)
    return [
        Changed(c.id, c.at, username, c.sheet, c.row, c.before, c.after)
        for c, username in await session.execute(newest)
    ]
