"""What an administrator sets: rows of sheets, each change of which stays in the history.

Rows of most sheets lie over those of data/; templates and clocks have tables of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import settings_log
from actions.casework.office_tables import TABLES, clocks
from actions.catalogue.overlay import OfficeValues, shipped_rows
from actions.catalogue.reference import ReferenceData
from actions.catalogue.sheets import FieldsError, Sheet, Values, Wrong
from actions.storage.tables import OfficeSetting, Staff

PAGE = 50


class NoRowError(Exception):
    """There is no such row."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a sheet. `own` says that it is not as data/ has it, or not in data/ at all."""

    key: str
    values: Values
    own: bool


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose change it is, and when."""

    staff: Staff
    now: datetime


async def read_all(session: AsyncSession) -> OfficeValues:
    """Everything that counts besides data/."""
    rows: dict[str, dict[str, Values | None]] = {}
    for setting in await session.scalars(select(OfficeSetting)):
        rows.setdefault(setting.sheet, {})[setting.row] = setting.value
    return OfficeValues(rows, await clocks(session))


async def entries(
    session: AsyncSession, shipped: ReferenceData, sheet: Sheet, *, after: str = ""
) -> list[Entry]:
    """The rows of a sheet that stand behind one, in its order; one more than a page."""
    if sheet.key in TABLES:
        found = await TABLES[sheet.key].rows(session, int(after or 0), PAGE + 1)
        return [Entry(key, values, own=True) for key, values in found]
    rows = await _overlay(session, shipped, sheet)
    order = sorted(rows, key=_place, reverse=sheet.newest_first)
    behind = [key for key in order if not after or _lies_behind(sheet, key, after)]
    return [rows[key] for key in behind[: PAGE + 1]]


def _lies_behind(sheet: Sheet, key: str, after: str) -> bool:
    place, edge = _place(key), _place(after)
    return place < edge if sheet.newest_first else place > edge


def _place(key: str) -> tuple[int, str]:
    """Numbers by their size, names by the alphabet."""
    return (int(key), "") if key.isdigit() else (0, key)


async def _overlay(
    session: AsyncSession, shipped: ReferenceData, sheet: Sheet
) -> dict[str, Entry]:
    own = await session.scalars(select(OfficeSetting).where(OfficeSetting.sheet == sheet.key))
    rows = {k: Entry(k, v, own=False) for k, v in shipped_rows(shipped, sheet.key).items()}
    for setting in own:
        if setting.value is None:
            rows.pop(setting.row, None)
        elif sheet.grows or setting.row in rows:
            rows[setting.row] = Entry(setting.row, setting.value, own=True)
    return rows


async def removed(
    session: AsyncSession, shipped: ReferenceData, sheet: Sheet
) -> dict[str, Values]:
    """The rows of data/ that were taken out."""
    gone = select(OfficeSetting.row).where(
        OfficeSetting.sheet == sheet.key, OfficeSetting.value.is_(None)
    )
    rows = shipped_rows(shipped, sheet.key)
    return {key: rows[key] for key in await session.scalars(gone) if key in rows}


async def entry(session: AsyncSession, shipped: ReferenceData, sheet: Sheet, key: str) -> Entry:
    """One row; raises NoRowError."""
    if sheet.key in TABLES:
        values = await TABLES[sheet.key].one(session, key)
        found = None if values is None else Entry(key, values, own=True)
    else:
        found = (await _overlay(session, shipped, sheet)).get(key)
    if found is None:
        raise NoRowError(key)
    return found


async def check_row(
    session: AsyncSession, shipped: ReferenceData, sheet: Sheet, key: str | None, values: Values
) -> None:
    """Raise FieldsError where a row cannot be so: its name is taken, or it is in use."""
    if sheet.key in TABLES:
        await TABLES[sheet.key].check(session, key, values)
    name = values.get(sheet.named_by)
    if name is not None and name != key and name in await _overlay(session, shipped, sheet):
        raise FieldsError({sheet.named_by: Wrong.TAKEN})


async def save(
    session: AsyncSession,
    shipped: ReferenceData,
    sheet: Sheet,
    key: str | None,
    values: Values,
    by: Hand,
) -> str:
    """Keep a row, a new one without a key; raises FieldsError or NoRowError. Returns its key."""
    await check_row(session, shipped, sheet, key, values)
    before = None if key is None else (await entry(session, shipped, sheet, key)).values
    if before == values and key is not None:
        return key
    if sheet.key in TABLES:
        kept = await TABLES[sheet.key].save(session, key, values, by.staff, by.now)
    else:
        kept = await _keep_over(session, shipped, sheet, key, values, by)
    _note(session, sheet, kept, by, before, values)
    return kept


async def _keep_over(
    session: AsyncSession,
    shipped: ReferenceData,
    sheet: Sheet,
    key: str | None,
    values: Values,
    by: Hand,
) -> str:
    kept = str(values[sheet.named_by]) if sheet.named_by else key
    kept = kept or await _next_number(session, sheet)
    if key is not None and kept != key:
        await _take_out(session, shipped, sheet, key, by)
    await _put(session, sheet, kept, values, by)
    return kept


async def _next_number(session: AsyncSession, sheet: Sheet) -> str:
    """A number that no row has had; the history knows the removed ones too."""
    used = await settings_log.rows_of(session, sheet.key)
    return str(max((int(row) for row in used if row.isdigit()), default=0) + 1)


async def _put(
    session: AsyncSession, sheet: Sheet, key: str, values: Values | None, by: Hand
) -> None:
    await session.merge(
        OfficeSetting(sheet=sheet.key, row=key, value=values, by_id=by.staff.id, at=by.now)
    )


async def _take_out(
    session: AsyncSession, shipped: ReferenceData, sheet: Sheet, key: str, by: Hand
) -> None:
    if key in shipped_rows(shipped, sheet.key):
        await _put(session, sheet, key, None, by)
    else:
        await session.delete(await session.get_one(OfficeSetting, (sheet.key, key)))


async def remove(
    session: AsyncSession, shipped: ReferenceData, sheet: Sheet, key: str, by: Hand
) -> None:
    """Take a row out; raises NoRowError, or InUseError for a clock that cases began under."""
    before = await entry(session, shipped, sheet, key)
    if sheet.key in TABLES:
        await TABLES[sheet.key].remove(session, key)
    elif sheet.grows:
        await _take_out(session, shipped, sheet, key, by)
    else:
        raise NoRowError(key)
    _note(session, sheet, key, by, before.values, None)


async def restore(
    session: AsyncSession, shipped: ReferenceData, sheet: Sheet, key: str, by: Hand
) -> None:
    """Let a row be as data/ has it; raises NoRowError where it is, or where data/ has none."""
    setting = await session.get(OfficeSetting, (sheet.key, key))
    usual = shipped_rows(shipped, sheet.key).get(key)
    if setting is None or usual is None:
        raise NoRowError(key)
    before = setting.value
    await session.delete(setting)
    _note(session, sheet, key, by, before, usual)


def _note(
    session: AsyncSession,
    sheet: Sheet,
    key: str,
    by: Hand,
    before: Values | None,
    after: Values | None,
) -> None:
    settings_log.note(session, by.staff, by.now, sheet.key, key, before=before, after=after)


async def own_rows(session: AsyncSession) -> Mapping[str, int]:
    """How many rows of each sheet were set."""
    counts: dict[str, int] = {}
    for sheet in await session.scalars(select(OfficeSetting.sheet)):
        counts[sheet] = counts.get(sheet, 0) + 1
    for key, table in TABLES.items():
        counts[key] = await table.count(session)
    return counts


def differences(
    sheet: Sheet, before: Values | None, after: Values | None
) -> Sequence[tuple[str, object, object]]:
    """The columns in which two states of a row differ, with both values."""
    old, new = before or {}, after or {}
    return [
        (column.key, old.get(column.key), new.get(column.key))
        for column in sheet.columns
        if old.get(column.key) != new.get(column.key)
    ]
