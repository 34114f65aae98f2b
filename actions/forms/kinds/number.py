"""angka and uang: one whole number, in digits, words or chat spelling.

A count whose question names square metres takes areas in other units too.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from actions.domain.text import is_question, plain_signs
from actions.forms.areas import (
    AREA_SCALES,
    AREA_UNITS,
    areas_measured,
    plain_areas,
    regional_unit,
)
from actions.forms.context import FormContext, RawAnswer, Unreadable, typed
from actions.forms.counting import meant
from actions.forms.form import Field, Json
from actions.forms.kinds.base import Kind
from actions.forms.numbers import COMMON_SCALES, SCALES, Number, find_numbers
from actions.forms.show import show_number, show_rupiah

_SQUARE_METRES = "meter persegi"
_PERIOD = re.compile(r"(?:\bse|\bper ?|/ ?|tiap )(jam|hari|minggu|bulan|tahun)(?:an|nya)?\b")
_LARGEST = 10**15
_DOTTED_FROM = 10_000


def read_count(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """A whole number between `min` and `maks`; square metres where the question says so."""
    text = plain_areas(_text(raw, "angka").casefold())
    if _SQUARE_METRES not in f"{field.label} {field.question}".casefold():
        number = _meant(find_numbers(text, COMMON_SCALES), field, "angka")
    else:
        number = _area(areas_measured(text), field)
    return _within(number, field, "angka", str)


def read_amount(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """An amount in whole rupiah: 50rb, 1,5 juta, Rp 50.000."""
    text = _text(raw, "uang")
    number = _meant(find_numbers(text, SCALES), field, "uang")
    asked, said = _periods(field.question), _periods(text)
    if asked and said and not asked & said:
        raise Unreadable("uang.waktu", waktu=min(asked))
    return _within(number, field, "uang", show_rupiah)


def show_count(value: Json, field: Field) -> str:
    """The number with dots between thousands, from five digits on: years have none."""
    return str(value) if _whole(value) < _DOTTED_FROM else show_number(_whole(value))


def show_amount(value: Json, field: Field) -> str:
    """The amount as "Rp 50.000"."""
    return show_rupiah(_whole(value))


def _periods(text: str) -> set[str]:
    """The spans of time that an amount is for: "sebulan", "per hari", "/minggu"."""
    return {match[1] for match in _PERIOD.finditer(text.casefold().replace("bln", "bulan"))}


def _text(raw: RawAnswer, kind: str) -> str:
    text = typed(raw)
    if is_question(text) and not raw.insisted:
        raise Unreadable(f"{kind}.kosong")
    return plain_signs(raw.text or "")


def _area(text: str, field: Field) -> Fraction:
    numbers = find_numbers(text, AREA_SCALES)
    unit = regional_unit(text)
    if unit and not any(AREA_UNITS.keys() & number.scales for number in numbers):
        raise Unreadable("angka.satuan", satuan=unit)
    return _meant(numbers, field, "angka", AREA_UNITS)


def _meant(
    numbers: Sequence[Number], field: Field, kind: str, units: Iterable[str] = ()
) -> Fraction:
    if not numbers:
        raise Unreadable(f"{kind}.kosong")
    return meant(numbers, field, kind, units).value


def _within(number: Fraction, field: Field, kind: str, show: Callable[[int], str]) -> int:
    if number.denominator != 1:
        raise Unreadable(f"{kind}.bulat")
    lowest, highest = int(field.limits.get("min", 0)), int(field.limits.get("maks", _LARGEST))
    if number < lowest:
        raise Unreadable(f"{kind}.kurang", min=show(lowest))
    if number > highest:
        raise Unreadable(f"{kind}.lebih", maks=show(highest))
    return int(number)


def _whole(value: Json) -> int:
    return int(str(value))


COUNT = Kind(read_count, show_count)
AMOUNT = Kind(read_amount, show_amount)
