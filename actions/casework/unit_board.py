"""What the head of an office looks at: who has how much, what falls due, what waits for whom."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import rights
from actions.casework.overdue import past
from actions.domain.work import Awaits
from actions.storage.case_indexes import LADDER, LATE, OPEN, RUNNING
from actions.storage.tables import Case, Staff, Transfer

SHOWN = 20
MOST_AT_ONCE = 50
"""How many cases change hands in one go: each is locked meanwhile."""
MOST_COUNTED = 500
"""How many cases of one person are counted, and how many that were late."""


class Which(StrEnum):
    """Which cases of somebody are handed over."""

    ALL = "semua"
    LATE = "terlambat"
    SOON = "segera"


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks, at which unit (all of theirs where None), today, and until when "soon" is."""

    staff: Staff
    unit: str | None
    today: date
    until: date

    @property
    def open(self) -> ColumnElement[bool]:
        """The open cases that are looked at."""
        unit = true() if self.unit is None else Case.unit == self.unit
        return and_(OPEN, unit, rights.visible(self.staff))

    @property
    def late(self) -> ColumnElement[bool]:
        """Those whose clock runs past the promised date."""
        return and_(RUNNING, past(self.today))

    @property
    def soon(self) -> ColumnElement[bool]:
        """Those that fall due in the next days."""
        ahead = and_(Case.due_on >= self.today, Case.due_on <= self.until)
        return and_(RUNNING, ahead, ~past(self.today))


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody has to do; what nobody has is without an owner.

    More than `MOST_COUNTED` are not counted on: then all the numbers are the least that it is.
    """

    owner_id: int | None
    open: int
    waiting: int
    soon: int
    late: int

    @property
    def is_cut(self) -> bool:
        """Whether there is more than what was counted."""
        return self.open > MOST_COUNTED

    def shown(self, number: int) -> str:
        """One of the numbers as it is read: "12", or "12+"."""
        return f"{min(number, MOST_COUNTED)}{'+' if self.is_cut else ''}"


async def loads(session: AsyncSession, sight: Sight) -> list[Load]:
    """Who has how much, the most late first; each is counted only so far, what is due first."""
    found = [await _load(session, sight, owner) for owner in await _owners(session, sight)]
    some = [load for load in found if load.open]
    return sorted(some, key=lambda load: (-load.late, -load.open, load.owner_id or 0))


async def _owners(session: AsyncSession, sight: Sight) -> list[int | None]:
    """Nobody, and who has something: step by step, since they are far fewer than cases."""
    owners: list[int | None] = [None]
    behind = select(Case.owner_id).where(sight.open).order_by(Case.owner_id).limit(1)
    while owner := await session.scalar(behind.where(Case.owner_id > (owners[-1] or 0))):
        owners.append(owner)
    return owners


async def _load(session: AsyncSession, sight: Sight, owner: int | None) -> Load:
    theirs = Case.owner_id.is_(None) if owner is None else Case.owner_id == owner
    marks = (Case.awaits == Awaits.OFFICER, sight.soon, sight.late)
    columns = [mark.label(f"mark{number}") for number, mark in enumerate(marks)]
    # By the owner too: for what has none PostgreSQL would sort, and not walk along the index.
    first = select(*columns).where(sight.open, theirs)
    ordered = first.order_by(Case.owner_id, Case.due_on, Case.id)
    some = ordered.limit(MOST_COUNTED + 1).subquery()
    counts = select(func.count(), *map(_number, some.c)).select_from(some)
    total, waiting, soon, late = tuple((await session.execute(counts)).one())
    return Load(owner, total, waiting, soon, late)


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


async def due_soon(session: AsyncSession, sight: Sight) -> Sequence[Case]:
    """What falls due in the next days, the first at the top."""
    return await _first(session, sight, sight.soon)


async def on_the_ladder(session: AsyncSession, sight: Sight) -> Sequence[Case]:
    """What is so late that those above its owner were told, the latest at the top."""
    return await _first(session, sight, and_(LADDER, past(sight.today)))


async def _first(
    session: AsyncSession, sight: Sight, which: ColumnElement[bool]
) -> Sequence[Case]:
    found = select(Case).where(sight.open, which).order_by(Case.due_on, Case.id)
    return (await session.scalars(found.limit(SHOWN))).all()


async def questions(session: AsyncSession, sight: Sight) -> list[tuple[Transfer, Case]]:
    """What units have sent each other or asked, and is not answered; oldest first."""
    unit = sight.unit
    ours = true() if unit is None else or_(Transfer.to_unit == unit, Transfer.from_unit == unit)
    found = (
        select(Transfer, Case)
        .with_hint(Transfer, "INDEXED BY ix_transfers_waiting", "sqlite")
        .join(Case, Case.id == Transfer.case_id)
        .where(Transfer.answered_at.is_(None), ours, rights.not_hidden(sight.staff))
        .where(rights.in_village(sight.staff))
        .order_by(Transfer.id)
        .limit(SHOWN)
    )
    return [(row[0], row[1]) for row in await session.execute(found)]


async def causes(session: AsyncSession, sight: Sight, since: datetime) -> Counter[str]:
    """Why cases that were closed since then were late; of more than `MOST_COUNTED` the newest."""
    unit = true() if sight.unit is None else Case.unit == sight.unit
    newest = (
        select(Case.late_cause)
        .with_hint(Case, "INDEXED BY ix_cases_late_cause", "sqlite")
        .where(Case.closed_at >= since, LATE, unit, rights.visible(sight.staff))
        .order_by(Case.closed_at.desc())
        .limit(MOST_COUNTED)
    )
    return Counter(cause for cause in await session.scalars(newest) if cause)


async def cases_of(
    session: AsyncSession, sight: Sight, owner_id: int | None, which: Which
) -> list[int]:
    """The ids of somebody's cases, or of those that nobody has; the first to fall due first."""
    owner = Case.owner_id.is_(None) if owner_id is None else Case.owner_id == owner_id
    narrow = {Which.LATE: sight.late, Which.SOON: sight.soon}.get(which, true())
    found = select(Case.id).where(sight.open, owner, narrow).order_by(Case.due_on, Case.id)
    return list((await session.scalars(found.limit(MOST_AT_ONCE))).all())
