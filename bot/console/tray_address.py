"""Trays as addresses: what a list shows survives going back, signing in, and opening a case."""

from collections.abc import Mapping
from datetime import date, datetime

from yarl import URL

from actions.casework.desk import BY_MOMENT, Place, Tray, Wanted
from actions.domain.status import CaseKind
from bot.console.context import Console


def read_wanted(query: Mapping[str, str], console: Console, first: Tray) -> Wanted:
    """What an address asks for; whatever it says that is not ours is not asked for."""
    catalogue = console.reference.catalogue
    tray, kind, unit = query.get("baki"), query.get("jenis"), query.get("unit")
    slug, village = query.get("hal"), query.get("desa")
    return Wanted(
        tray=Tray(tray) if tray in set(Tray) else first,
        kind=CaseKind(kind) if kind in set(CaseKind) else None,
        unit=unit if unit in catalogue.office.units else None,
        slug=slug if slug in {**catalogue.services, **catalogue.complaints} else None,
        village=village if village in catalogue.office.villages else None,
    )


def fields_of(wanted: Wanted) -> dict[str, str]:
    """What an address must say to ask for this."""
    named = {
        "baki": wanted.tray,
        "jenis": wanted.kind,
        "unit": wanted.unit,
        "hal": wanted.slug,
        "desa": wanted.village,
    }
    return {name: str(value) for name, value in named.items() if value}


def origin_of(wanted: Wanted) -> str:
    """A tray with its filters in one word, which the address of a case can carry."""
    return URL.build(query=fields_of(wanted)).raw_query_string


def read_origin(told: str, console: Console) -> Wanted:
    """The tray that such a word names."""
    return read_wanted(URL.build(query_string=told).query, console, Tray.NEW)


def show_place(place: Place) -> str:
    """Where a page begins, as an address says it."""
    return f"{place.value.isoformat()}~{place.id}"


def read_place(tray: Tray, text: str) -> Place | None:
    """The place that an address names; None when it names none."""
    value, _, number = text.partition("~")
    if not (number.isascii() and number.isdigit() and len(number) <= len(str(10**15))):
        return None
    try:
        return Place(_moment_of(tray, value), int(number))
    except ValueError:
        return None


def _moment_of(tray: Tray, text: str) -> date | datetime:
    if tray not in BY_MOMENT:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
