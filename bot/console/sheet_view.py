"""What pages show of a sheet: labels instead of keys, values as people write them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from actions.catalogue.sheets import (
    CLOCKS,
    HOLIDAYS,
    HOURS,
    RETENTION,
    Column,
    Kind,
    Sheet,
    Values,
)
from actions.domain.clocks import Stage
from actions.domain.status import CaseKind, Status
from actions.domain.terms import Measure, Term
from bot.console.context import Console
from bot.console.presenters import unit_names
from bot.console.render import show_short_date

FIRST_WORDS = 60
OPEN_TO_ALL = frozenset({"unit", "status", "jenis", "hal"})
"""Columns that stand for everything where nothing is chosen."""
HELPED = {
    "templat": ("teks",),
    "waktu": ("satuan", "tahap", "unit", "jeda", "sampai", "dasar"),
    "libur": ("perkiraan",),
    "jam": ("senin",),
    "pengumuman": ("teks", "unit"),
    "tempat": ("nama", "titik"),
}
"""Fields that need a sentence of explanation, by sheet."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column as a form shows it: `text` is what stands in it, `choices` what it offers."""

    key: str
    kind: Kind
    text: str
    required: bool
    longest: int
    least: int
    most: int
    choices: Mapping[str, str]
    wrong: str
    helped: bool

    @property
    def marks(self) -> dict[str, str | None]:
        """What tells a screen reader that it is wrong, and where that is explained."""
        notes = [("salah", bool(self.wrong)), ("bantu", self.helped)]
        described = " ".join(f"{self.key}-{note}" for note, is_there in notes if is_there)
        return {
            "aria-invalid": "true" if self.wrong else None,
            "aria-describedby": described or None,
        }


def choices_of(console: Console) -> dict[str, dict[str, str]]:
    """Everything that a field may be chosen from, by the name of its list: key and label."""
    catalogue = console.reference.catalogue
    slugs = (*catalogue.services, *catalogue.complaints)
    items = sorted(((s, catalogue.called(s)) for s in slugs), key=lambda e: e[1].casefold())
    return {
        "unit": unit_names(console),
        "status": {s: console.word(f"status.{s}") for s in Status if s is not Status.DRAFT},
        "jenis": {kind: console.word(f"jenis.{kind}") for kind in CaseKind},
        "hal": dict(items),
        "satuan": {one: console.word(f"pengaturan.satuan.{one}") for one in Measure},
        "tahap": {one: console.word(f"pengaturan.tahap.{one}") for one in Stage},
        "desa": {village: village for village in sorted(catalogue.office.villages)},
    }


def fields_of(
    console: Console, sheet: Sheet, typed: Mapping[str, str], faults: Mapping[str, str]
) -> list[Field]:
    """The form of a row with what was typed, and what is wrong with it."""
    choices = choices_of(console)
    return [
        Field(
            column.key,
            column.kind,
            typed.get(column.key, ""),
            column.required,
            column.longest,
            column.least,
            column.most,
            choices.get(column.choices, {}),
            str(faults.get(column.key, "")),
            column.key in HELPED.get(sheet.key, ()),
        )
        for column in sheet.columns
    ]


def typed_of(sheet: Sheet, values: Values) -> dict[str, str]:
    """The values of a row as they are typed."""
    return {column.key: _typed(column, values.get(column.key)) for column in sheet.columns}


def _typed(column: Column, value: Any) -> str:
    if column.kind is Kind.YES_NO:
        return "ya" if value else ""
    if column.kind is Kind.HOURS:
        return ", ".join(value or ())
    if column.kind is Kind.POINT:
        return ", ".join(f"{degrees:.6f}" for degrees in value or ())
    return "" if value is None else str(value)


def shown(console: Console, column: Column, value: Any) -> str:
    """A value as people read it."""
    if column.kind is Kind.YES_NO:
        return console.word("pengaturan.ya" if value else "pengaturan.tidak")
    if column.kind is Kind.HOURS:
        return ", ".join(value) if value else console.word("pengaturan.tutup")
    if column.kind is Kind.POINT:
        return _typed(column, value)
    if value in {None, ""}:
        return console.word("pengaturan.semua") if column.key in OPEN_TO_ALL else "–"
    if column.kind is Kind.DAY:
        return show_short_date(date.fromisoformat(value))
    if column.kind is Kind.CHOICE:
        return choices_of(console)[column.choices].get(value, str(value))
    return str(value)


def shown_all(console: Console, sheet: Sheet, values: Values) -> dict[str, str]:
    """All values of a row as people read them."""
    return {c.key: shown(console, c, values.get(c.key)) for c in sheet.columns}


def listed(sheet: Sheet) -> list[str]:
    """The columns beside what a row is called."""
    if sheet is CLOCKS:
        title = {"hari", "satuan", "tahap"}
    else:
        title = {sheet.named_by or (sheet.columns[0].key if sheet.grows else "")}
    return [column.key for column in sheet.columns if column.key not in title]


def title_of(console: Console, sheet: Sheet, key: str, values: Values) -> str:
    """What a row is called."""
    if sheet is HOURS:
        return unit_names(console).get(key, key)
    if sheet is HOLIDAYS:
        return show_short_date(date.fromisoformat(key))
    if sheet is RETENTION:
        return console.word(f"register.kelas.{key}.apa")
    first = sheet.columns[0]
    text = shown(console, first, values.get(first.key))
    if first.kind is Kind.NUMBER:
        return _clock_title(console, key, values)
    return text if len(text) <= FIRST_WORDS else f"{text[:FIRST_WORDS].rstrip()}…"


def _clock_title(console: Console, key: str, values: Values) -> str:
    """What a rule gives; a change that was kept before there were others is one of these."""
    measure = Measure(values.get("satuan") or Measure.WORKING_DAYS)
    lasts = console.reference.in_words(Term(int(values.get("hari") or 0), measure))
    stage = console.word(f"pengaturan.tahap.{values.get('tahap') or Stage.DONE}")
    return console.word("pengaturan.aturan", nomor=key, tahap=stage, lama=lasts)
