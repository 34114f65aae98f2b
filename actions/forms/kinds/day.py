"""tanggal: one date, in numbers or words, with `batas` lampau or mendatang."""

from datetime import date

from actions.domain.text import is_question
from actions.forms.context import FormContext, RawAnswer, Unreadable, typed
from actions.forms.dates import Bound, is_rough, read_date, tells_when
from actions.forms.form import Field, Json
from actions.forms.kinds.base import Kind
from actions.forms.show import show_date

_BIRTH = "lahir"
_ROUGH = frozenset({"tanggal.kosong", "tanggal.hari", "tanggal.tahun", "tanggal.arah"})
_LONGEST = 80


def read(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """The date as ISO 8601; a field whose key says "lahir" needs the year.

    Where no date is required, words that only come near one are kept as they are: a rough
    time alone ("minggu lalu") at once, others ("waktu hujan besar") when they are insisted on;
    what tells of no time at all ("depan pasar") never.
    """
    text = typed(raw)
    if is_question(text) and not raw.insisted:
        raise Unreadable("umum.pertanyaan")
    bound = Bound(str(field.limits["batas"])) if "batas" in field.limits else None
    try:
        day = read_date(text, context.today, bound, birth=_BIRTH in field.key)
    except Unreadable as error:
        if field.required or error.key not in _ROUGH:
            raise
        no_time = error.key == "tanggal.kosong" and not tells_when(text)
        if not is_rough(text, bound) and (no_time or not raw.insisted):
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
