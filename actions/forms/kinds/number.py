"""angka and uang: one whole number, in digits, words or chat spelling."""

from collections.abc import Callable

from actions.domain.text import is_question
from actions.forms.context import FormContext, RawAnswer, Unreadable, typed
from actions.forms.form import Field, Json
from actions.forms.kinds.base import Kind
from actions.forms.numbers import numbers_in
from actions.forms.show import show_number, show_rupiah

_LARGEST = 10**15
_DOTTED_FROM = 10_000


def read_count(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """A whole number between `min` and `maks`."""
    return _one(raw, field, "angka", str)


def read_amount(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """An amount in whole rupiah: 50rb, 1,5 juta, Rp 50.000."""
    return _one(raw, field, "uang", show_rupiah)


def show_count(value: Json, field: Field) -> str:
    """The number with dots between thousands, from five digits on: years have none."""
    return str(value) if _whole(value) < _DOTTED_FROM else show_number(_whole(value))


def show_amount(value: Json, field: Field) -> str:
    """The amount as "Rp 50.000"."""
    return show_rupiah(_whole(value))


def _one(raw: RawAnswer, field: Field, kind: str, show: Callable[[int], str]) -> int:
    text = typed(raw)
    numbers = set(numbers_in(text))
    if not numbers or (is_question(text) and not raw.insisted):
        raise Unreadable(f"{kind}.kosong")
    if len(numbers) > 1:
        raise Unreadable(f"{kind}.banyak")
    number = numbers.pop()
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
