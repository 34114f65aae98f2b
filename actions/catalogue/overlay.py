"""Lays what an administrator has set over what data/ says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from actions.catalogue.models import Office
from actions.catalogue.reference import Notice, ReferenceData
from actions.catalogue.sheets import HOLIDAYS, HOURS, NOTICES, PLACES, RETENTION, Values
from actions.catalogue.times import Holiday, Retention
from actions.domain.clocks import Clock
from actions.domain.geo import Point
from actions.domain.sites import Landmark, Sites

Rows = Mapping[str, Values | None]


@dataclass(frozen=True, slots=True)
class OfficeValues:
    """All rows that were set, by sheet and name; None for a row that was taken out."""

    rows: Mapping[str, Rows]
    clocks: Sequence[Clock] = ()

    def of(self, sheet: str) -> Rows:
        """The rows of one sheet."""
        return self.rows.get(sheet, {})


def shipped_rows(reference: ReferenceData, sheet: str) -> dict[str, Values]:
    """The rows of a sheet as data/ has them."""
    if sheet == HOLIDAYS.key:
        return {
            day.day.isoformat(): day.model_dump(mode="json", by_alias=True)
            for day in reference.holiday_list
        }
    if sheet == HOURS.key:
        units = reference.catalogue.office.units.items()
        return {
            key: {c.key: list(unit.hours.get(c.key, ())) for c in HOURS.columns}
            for key, unit in units
        }
    if sheet == RETENTION.key:
        kept = reference.retention.model_dump(by_alias=True)
        return {name: {"hari": days} for name, days in kept.items()}
    return {}


def overlaid(shipped: ReferenceData, values: OfficeValues) -> ReferenceData:
    """What counts: data/, with the rows that were set instead of its own or besides."""
    days = [
        Holiday.model_validate(row)
        for row in _laid_over(shipped_rows(shipped, HOLIDAYS.key), values.of(HOLIDAYS.key))
    ]
    office = _office(shipped.catalogue.office, values.of(HOURS.key))
    return replace(
        shipped,
        catalogue=replace(
            shipped.catalogue,
            office=office,
            sites=_sites(shipped.catalogue.sites, values.of(PLACES.key)),
        ),
        holidays=frozenset(day.day for day in days),
        holiday_list=tuple(days),
        retention=_retention(shipped.retention, values.of(RETENTION.key)),
        notices=tuple(_notice(row) for row in values.of(NOTICES.key).values() if row),
        clocks=tuple(values.clocks),
    )


def _laid_over(shipped: Mapping[str, Values], rows: Rows) -> list[Values]:
    return [row for row in {**shipped, **rows}.values() if row is not None]


def _office(office: Office, rows: Rows) -> Office:
    """The office with other hours of some units; a unit that is gone keeps none."""
    units = dict(office.units)
    for key, row in rows.items():
        if key in units and row is not None:
            hours = {day: tuple(times) for day, times in row.items() if times}
            units[key] = units[key].model_copy(update={"hours": hours})
    return office.model_copy(update={"units": units})


def _sites(sites: Sites, rows: Rows) -> Sites:
    """The map with the landmarks that officers have added."""
    learnt = (
        Landmark(row["nama"], (row["nama"],), row["desa"], Point(*row["titik"]))
        for row in rows.values()
        if row
    )
    return replace(sites, landmarks=(*sites.landmarks, *learnt))


def _retention(kept: Retention, rows: Rows) -> Retention:
    known = kept.model_dump(by_alias=True)
    own = {name: row["hari"] for name, row in rows.items() if row and name in known}
    return Retention.model_validate({**known, **own})


def _notice(row: Values) -> Notice:
    begins, ends = date.fromisoformat(row["dari"]), date.fromisoformat(row["sampai"])
    return Notice(row["teks"], row["unit"], begins, ends)
