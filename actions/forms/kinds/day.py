"""tanggal: one date, in numbers or words, with `batas` lampau or mendatang."""

from datetime import date

from actions.domain.text import is_question
from actions.forms.context import FormContext, RawAnswer, Unreadable, typed
from actions.forms.dates import Bound, read_date
from actions.forms.form import Field, Json
from actions.forms.kinds.base import Kind
from actions.forms.show import show_date

_BIRTH = "lahir"
_ROUGH = frozenset({"tanggal.kosong", "tanggal.hari", "tanggal.tahun", "tanggal.arah"})
_LONGEST = 80


def read(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """The date as ISO 8601; a field whose key says "lahir" needs the year.

    Where no date is required, words that only come near one ("sejak lebaran") are kept as
    they are when they are insisted on.
    """
    text = typed(raw)
    if is_question(text) and not raw.insisted:
        raise Unreadable("umum.pertanyaan")
    bound = field.limits.get("batas")
    try:
        day = read_date(
            text,
            context.today,
            Bound(str(bound)) if bound else None,
            birth=_BIRTH in field.key,
        )
    except Unreadable as error:
        if field.required or not raw.insisted or error.key not in _ROUGH:
            raise
        return text[:_LONGEST]
    return day.isoformat()


def show(value: Json, field: Field) -> str:
    """The date in words: "Jumat, 27 November 2026"; rough times as they were said."""
    try:
        return show_date(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


DAY = Kind(read, show)
