"""Whether an office works at a moment, so that nobody is called out of bed."""

from datetime import datetime, time

from actions.catalogue.reference import ReferenceData
from actions.domain.calendar import is_open, is_working_day

USUAL_BEGIN, USUAL_END = time(8), time(16)
"""For offices whose hours nobody has written down."""


def works_now(reference: ReferenceData, unit: str, now: datetime) -> bool:
    """Whether a unit is open."""
    office, local = reference.catalogue.unit(unit), reference.local(now)
    if office.hours:
        return is_open(local, reference.hours(office), reference.holidays)
    week = reference.catalogue.office.week
    working = is_working_day(local.date(), week, reference.holidays)
    return working and USUAL_BEGIN <= local.time() < USUAL_END


def open_units(reference: ReferenceData, now: datetime) -> list[str]:
    """The units that are open."""
    units = reference.catalogue.office.units
    return [unit for unit in units if works_now(reference, unit, now)]


def is_at_work(units_open: list[str], unit: str | None) -> bool:
    """Whether somebody of a unit, or of no unit in particular, is at work."""
    return unit in units_open if unit else bool(units_open)
