"""Who did or read what: looks, the security log, histories and settings as one list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.storage.login_tables import SecurityEvent
from actions.storage.tables import AccessLog, Case, CaseEvent, SettingChange, Staff

PAGE = 50
LOOKED, SECURITY, DONE, SET = "lihat", "keamanan", "perkara", "pengaturan"
"""Where a line comes from; those of one moment stand in the order of the alphabet."""
SOURCES = (LOOKED, SECURITY, DONE, SET)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for: of an account, about a case, from a moment on, until another."""

    account: int | None = None
    case: int | None = None
    begin: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list goes on: behind this line."""

    at: datetime
    source: str
    id: int


@dataclass(frozen=True, slots=True)
class Trace:
    """One line: `what` is a key of its source, `about` an account, a sheet or a status."""

    at: datetime
    source: str
    id: int
    staff_id: int | None
    what: str
    case_id: int | None = None
    about: str = ""

    @property
    def place(self) -> Place:
        """Where the list goes on after it."""
        return Place(self.at, self.source, self.id)


@dataclass(frozen=True, slots=True)
class Found:
    """A page of lines, names and codes for their ids, and whether there are more."""

    lines: Sequence[Trace]
    names: dict[int, str]
    codes: dict[int, str]
    more: bool


async def search(
    session: AsyncSession, wanted: Wanted, *, after: Place | None = None, limit: int = PAGE
) -> Found:
    """The newest lines behind a place. Each source is read along an index of its own."""
    lines: list[Trace] = []
    for source in SOURCES:
        lines += await _READERS[source](session, wanted, after, limit + 1)
    lines.sort(key=lambda line: (line.source, -line.id))
    lines.sort(key=lambda line: line.at, reverse=True)
    shown = lines[:limit]
    names = await _names(session, shown)
    return Found(shown, names, await _codes(session, shown), more=len(lines) > limit)


def _narrowed(
    table: Any, source: str, wanted: Wanted, after: Place | None
) -> list[ColumnElement[bool]]:
    narrowed: list[ColumnElement[bool]] = []
    if wanted.begin is not None:
        narrowed.append(table.at >= wanted.begin)
    if wanted.end is not None and after is None:  # one edge alone, so that the index begins there
        narrowed.append(table.at < wanted.end)
    if after is not None:
        narrowed += [table.at <= after.at, _behind(table, source, after)]
    return narrowed


def _behind(table: Any, source: str, after: Place) -> ColumnElement[bool]:
    if source > after.source:
        return table.at <= after.at  # type: ignore[no-any-return]
    if source < after.source:
        return table.at < after.at  # type: ignore[no-any-return]
    return or_(table.at < after.at, and_(table.at == after.at, table.id < after.id))


def _newest(wanted: Select[Any], table: Any, limit: int) -> Select[Any]:
    return wanted.order_by(table.at.desc(), table.id.desc()).limit(limit)


async def _looked(
    session: AsyncSession, wanted: Wanted, after: Place | None, limit: int
) -> list[Trace]:
    which = _narrowed(AccessLog, LOOKED, wanted, after)
    if wanted.account is not None:
        which.append(AccessLog.staff_id == wanted.account)
    if wanted.case is not None:
        which.append(AccessLog.case_id == wanted.case)
    rows = await session.scalars(_newest(select(AccessLog).where(*which), AccessLog, limit))
    return [Trace(r.at, LOOKED, r.id, r.staff_id, r.action, r.case_id) for r in rows]


async def _security(
    session: AsyncSession, wanted: Wanted, after: Place | None, limit: int
) -> list[Trace]:
    """What happened with accounts: neither the account itself nor who did it is left out."""
    if wanted.case is not None:
        return []
    which = _narrowed(SecurityEvent, SECURITY, wanted, after)
    if wanted.account is not None:
        mine = (SecurityEvent.staff_id == wanted.account, SecurityEvent.by_id == wanted.account)
        which.append(or_(*mine))
    rows = await session.scalars(
        _newest(select(SecurityEvent).where(*which), SecurityEvent, limit)
    )
    return [
        Trace(r.at, SECURITY, r.id, r.by_id or r.staff_id, r.kind, None, str(r.staff_id or ""))
        for r in rows
    ]


async def _done(
    session: AsyncSession, wanted: Wanted, after: Place | None, limit: int
) -> list[Trace]:
    which = _narrowed(CaseEvent, DONE, wanted, after)
    if wanted.account is not None:
        which.append(CaseEvent.staff_id == wanted.account)
    if wanted.case is not None:
        which.append(CaseEvent.case_id == wanted.case)
    rows = await session.scalars(_newest(select(CaseEvent).where(*which), CaseEvent, limit))
    return [
        Trace(r.at, DONE, r.id, r.staff_id, r.kind, r.case_id, r.to_status or "") for r in rows
    ]


async def _set(
    session: AsyncSession, wanted: Wanted, after: Place | None, limit: int
) -> list[Trace]:
    if wanted.case is not None:
        return []
    which = _narrowed(SettingChange, SET, wanted, after)
    if wanted.account is not None:
        which.append(SettingChange.staff_id == wanted.account)
    rows = await session.scalars(
        _newest(select(SettingChange).where(*which), SettingChange, limit)
    )
    return [Trace(r.at, SET, r.id, r.staff_id, r.sheet) for r in rows]


_READERS = {LOOKED: _looked, SECURITY: _security, DONE: _done, SET: _set}


async def _names(session: AsyncSession, lines: Sequence[Trace]) -> dict[int, str]:
    ids = {line.staff_id for line in lines if line.staff_id is not None}
    ids |= {int(line.about) for line in lines if line.source == SECURITY and line.about}
    rows = await session.execute(select(Staff.id, Staff.username).where(Staff.id.in_(ids)))
    return {row.id: row.username for row in rows}


async def _codes(session: AsyncSession, lines: Sequence[Trace]) -> dict[int, str]:
    ids = {line.case_id for line in lines if line.case_id is not None}
    rows = await session.execute(select(Case.id, Case.code).where(Case.id.in_(ids)))
    return {row.id: row.code or "" for row in rows}
