"""tanggal: one date, in numbers or words, with `batas` lampau or mendatang."""

from __future__ import annotations

from datetime import date

from actions.flow.context import Context, Given, Unreadable
from actions.flow.dates import Bound, read_date
from actions.flow.forms import Field, Json
from actions.flow.kinds.base import Kind
from actions.flow.show import show_date
from actions.flow.words import is_question, typed

_BIRTH = "lahir"


def read(given: Given, field: Field, context: Context) -> Json:
    """The date as ISO 8601; a field whose key says "lahir" needs the year."""
    text = typed(given)
    if is_question(text) and not given.insisted:
        raise Unreadable("umum.pertanyaan")
    bound = field.limits.get("batas")
    return read_date(
        text,
        context.today,
        Bound(str(bound)) if bound else None,
        birth=_BIRTH in field.key,
    ).isoformat()


def show(value: Json, field: Field) -> str:
    """The date in words: "Jumat, 27 November 2026"."""
    return show_date(date.fromisoformat(str(value)))


DAY = Kind(read, show)
