"""teks: free words, up to `maks` characters."""

from actions.forms.context import Context, RawAnswer, Unreadable, refuse_question, typed
from actions.forms.form import Field, Json
from actions.forms.kinds.base import Kind, show_text

_LONGEST = 1000


def read(given: RawAnswer, field: Field, context: Context) -> Json:
    """Take the words as they are, in one line."""
    text = typed(given)
    refuse_question(text, given)
    limit = int(field.limits.get("maks", _LONGEST))
    if len(text) > limit:
        raise Unreadable("teks.panjang", maks=limit, jumlah=len(text))
    return text


TEXT = Kind(read, show_text)
