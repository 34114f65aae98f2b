"""What an administrator may set: sheets of rows, each with columns of some kind.

A sheet says everything that its page needs to know: how a field is read, what it may hold, and
what of it is wrong. Where data/ has rows too, those of the administrator go before them.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from actions.catalogue.texts import placeholders
from actions.domain.calendar import DAY_KEYS, BadHoursError, Interval, read_hours
from actions.domain.sites import is_telling
from actions.domain.terms import Measure

Values = dict[str, Any]
Choices = Mapping[str, Collection[str]]
_DEGREES = re.compile(r"(-?\d{1,2}\.\d{3,7})\s*,\s*(-?\d{1,3}\.\d{3,7})", re.ASCII)
_MOST_NORTH, _MOST_EAST, _BEYOND = 90, 180, 91.0
LONGEST_CLOCK = 365
VARIABLES = frozenset({"nama", "kode", "hal", "tanggal"})
"""What a template may have filled in."""


class Kind(StrEnum):
    """What a column holds."""

    WORDS = "kata"
    TEXT = "teks"
    DAY = "tanggal"
    NUMBER = "angka"
    CHOICE = "pilihan"
    YES_NO = "ya_tidak"
    HOURS = "jam"
    POINT = "titik"


class Wrong(StrEnum):
    """Why a field cannot be taken."""

    EMPTY = "kosong"
    DAY = "tanggal"
    NUMBER = "angka"
    CHOICE = "pilihan"
    HOURS = "jam"
    ORDER = "urutan"
    VARIABLE = "isian"
    TAKEN = "sudah_ada"
    POINT = "titik"
    VAGUE = "kabur"


class FieldsError(Exception):
    """What is wrong, by column."""

    def __init__(self, faults: Mapping[str, Wrong]) -> None:
        super().__init__(", ".join(faults))
        self.faults = dict(faults)


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a row; `choices` names the list that it is chosen from."""

    key: str
    kind: Kind
    required: bool = True
    longest: int = 80
    least: int = 0
    most: int = 0
    choices: str = ""


def _nothing_else(_: Values) -> dict[str, Wrong]:
    return {}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that an administrator may change.

    Rows are added and taken out where it `grows`. `named_by` is the column that names a row; a
    number does without one. `shipped` says that data/ has rows too. `check` looks at a whole row.
    """

    key: str
    columns: tuple[Column, ...]
    grows: bool = True
    named_by: str = ""
    shipped: bool = False
    newest_first: bool = False
    check: Callable[[Values], dict[str, Wrong]] = _nothing_else

    def column(self, key: str) -> Column:
        """A column by its key."""
        return next(column for column in self.columns if column.key == key)


def _ends_after_it_begins(values: Values) -> dict[str, Wrong]:
    end = values["sampai"]
    return {"sampai": Wrong.ORDER} if end and end < values["dari"] else {}


def _is_a_clock(values: Values) -> dict[str, Wrong]:
    """A number of hours is not nothing, and days are a year at most."""
    hours = values["satuan"] == Measure.WORKING_HOURS
    wrong = not values["hari"] if hours else values["hari"] > LONGEST_CLOCK
    return {"hari": Wrong.NUMBER} if wrong else _ends_after_it_begins(values)


def _is_named_clearly(values: Values) -> dict[str, Wrong]:
    return {} if is_telling(values["nama"]) else {"nama": Wrong.VAGUE}


def _has_known_variables(values: Values) -> dict[str, Wrong]:
    braces = values["teks"].count("{"), values["teks"].count("}")
    known = placeholders(values["teks"])
    is_whole = braces == (sum(values["teks"].count(f"{{{name}}}") for name in known),) * 2
    return {} if known <= VARIABLES and is_whole else {"teks": Wrong.VARIABLE}


_UNIT = Column("unit", Kind.CHOICE, required=False, choices="unit")
_FROM, _TO = Column("dari", Kind.DAY), Column("sampai", Kind.DAY, required=False)

TEMPLATES = Sheet(
    "templat",
    (
        Column("judul", Kind.WORDS),
        Column("teks", Kind.TEXT, longest=3000),
        _UNIT,
        Column("status", Kind.CHOICE, required=False, choices="status"),
        Column("aktif", Kind.YES_NO, required=False),
    ),
    check=_has_known_variables,
)
CLOCKS = Sheet(
    "waktu",
    (
        Column("hari", Kind.NUMBER, least=0, most=999),
        Column("satuan", Kind.CHOICE, choices="satuan"),
        Column("tahap", Kind.CHOICE, choices="tahap"),
        _UNIT,
        Column("jenis", Kind.CHOICE, required=False, choices="jenis"),
        Column("hal", Kind.CHOICE, required=False, choices="hal"),
        Column("jeda", Kind.YES_NO, required=False),
        _FROM,
        _TO,
        Column("dasar", Kind.WORDS, required=False, longest=300),
    ),
    check=_is_a_clock,
)
HOLIDAYS = Sheet(
    "libur",
    (
        Column("tanggal", Kind.DAY),
        Column("nama", Kind.WORDS),
        Column("perkiraan", Kind.YES_NO, required=False),
    ),
    named_by="tanggal",
    shipped=True,
)
HOURS = Sheet(
    "jam",
    tuple(Column(day, Kind.HOURS, required=False) for day in DAY_KEYS),
    grows=False,
    shipped=True,
)
NOTICES = Sheet(
    "pengumuman",
    (Column("teks", Kind.TEXT, longest=300), _UNIT, _FROM, Column("sampai", Kind.DAY)),
    check=_ends_after_it_begins,
    newest_first=True,
)
RETENTION = Sheet(
    "simpan",
    (Column("hari", Kind.NUMBER, least=1, most=36500),),
    grows=False,
    shipped=True,
)
PLACES = Sheet(
    "tempat",
    (
        Column("nama", Kind.WORDS, longest=60),
        Column("desa", Kind.CHOICE, choices="desa"),
        Column("titik", Kind.POINT),
    ),
    check=_is_named_clearly,
    newest_first=True,
)
_ALL = (TEMPLATES, CLOCKS, HOURS, HOLIDAYS, NOTICES, PLACES, RETENTION)
SHEETS = {sheet.key: sheet for sheet in _ALL}


def read(sheet: Sheet, sent: Mapping[str, str], choices: Choices) -> Values:
    """The values of a row from what was typed; raises FieldsError with all that is wrong."""
    values: Values = {}
    faults: dict[str, Wrong] = {}
    for column in sheet.columns:
        try:
            values[column.key] = _value(column, sent.get(column.key, "").strip(), choices)
        except _FieldError as error:
            faults[column.key] = error.wrong
    faults = faults or sheet.check(values)
    if faults:
        raise FieldsError(faults)
    return values


class _FieldError(Exception):
    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong)
        self.wrong = wrong


def _value(column: Column, text: str, choices: Choices) -> Any:
    if column.kind is Kind.YES_NO:
        return text == "ya"
    if column.kind is Kind.HOURS:
        return _hours(text)
    if not text:
        if column.required:
            raise _FieldError(Wrong.EMPTY)
        return "" if column.kind in {Kind.WORDS, Kind.TEXT} else None
    return _READERS[column.kind](column, text, choices)


def _words(column: Column, text: str, _: Choices) -> str:
    return text[: column.longest]


def _day(_: Column, text: str, __: Choices) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise _FieldError(Wrong.DAY) from None


def _number(column: Column, text: str, _: Choices) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < len(str(column.most)) + 1
    if not is_number or not column.least <= int(text) <= column.most:
        raise _FieldError(Wrong.NUMBER)
    return int(text)


def _choice(column: Column, text: str, choices: Choices) -> str:
    if text not in choices[column.choices]:
        raise _FieldError(Wrong.CHOICE)
    return text


def _hours(text: str) -> list[str]:
    """Times such as "8.00-12.00, 13.00-15.30"; nothing where it is closed."""
    parts = [part for part in text.split(",") if part.strip()]
    try:
        intervals = read_hours({DAY_KEYS[0]: parts}).days.get(0, ())
    except BadHoursError:
        raise _FieldError(Wrong.HOURS) from None
    return [_shown(interval) for interval in intervals]


def _point(_: Column, text: str, __: Choices) -> list[float]:
    """Degrees such as "-6.9147, 107.6098", latitude first."""
    match = _DEGREES.fullmatch(text)
    point = [float(part) for part in match.groups()] if match else [_BEYOND, 0.0]
    if abs(point[0]) > _MOST_NORTH or abs(point[1]) > _MOST_EAST:
        raise _FieldError(Wrong.POINT)
    return point


def _shown(interval: Interval) -> str:
    return f"{interval.start:%H.%M}-{interval.end:%H.%M}"


_READERS: dict[Kind, Callable[[Column, str, Choices], Any]] = {
    Kind.WORDS: _words,
    Kind.TEXT: _words,
    Kind.DAY: _day,
    Kind.NUMBER: _number,
    Kind.CHOICE: _choice,
    Kind.POINT: _point,
}
