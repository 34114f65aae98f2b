"""teks: free words, up to `maks` characters."""

from actions.forms.context import FormContext, RawAnswer, Unreadable, refuse_question, typed
from actions.forms.form import Field, Json
from actions.forms.kinds.base import Kind, show_text

_LONGEST = 1000


def read(raw: RawAnswer, field: Field, context: FormContext) -> Json:
    """Take the words as they are, in one line."""
    text = typed(raw)
    refuse_question(text, raw)
    limit = int(field.limits.get("maks", _LONGEST))
    if len(text) > limit:
        raise Unreadable("teks.panjang", maks=limit, jumlah=len(text))
    return text


TEXT = Kind(read, show_text)
