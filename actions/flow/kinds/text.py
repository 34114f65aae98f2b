"""teks: free words, up to `maks` characters."""

from __future__ import annotations

from actions.flow.context import Context, Given, Unreadable
from actions.flow.forms import Field, Json
from actions.flow.kinds.base import Kind, show_text
from actions.flow.words import refuse_question, typed

_LONGEST = 1000


def read(given: Given, field: Field, context: Context) -> Json:
    """Take the words as they are, in one line."""
    text = typed(given)
    refuse_question(text, given)
    limit = int(field.limits.get("maks", _LONGEST))
    if len(text) > limit:
        raise Unreadable("teks.panjang", maks=limit, jumlah=len(text))
    return text


TEXT = Kind(read, show_text)
