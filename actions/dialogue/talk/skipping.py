"""Whether a citizen passes a question over: in a word, or because there is nothing to say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from actions.dialogue.context import TurnContext
from actions.dialogue.talk import answering
from actions.domain.text import words_of
from actions.forms.context import Unreadable
from actions.forms.form import UPLOADS, Field

TOLD = frozenset({"teks", "pilihan", "ya_tidak"})
FEW_WORDS = 6


def wants_to(turn: TurnContext, field: Field) -> bool:
    """Whether the words as a whole say so; a no to a picture does too."""
    said, words = turn.text.lower().strip(" ."), turn.reference.words["lewati"]
    if said in words["lewati"]:
        return True
    if said in words["tidak_tahu"]:
        return not (field.required and field.kind in TOLD)
    try:
        return field.kind in UPLOADS and bool(said) and not answering.yes_or_no(turn)
    except Unreadable:
        return False


def says_so_among_others(turn: TurnContext) -> bool:
    """Whether a few words that are no answer hold it: "nik saya lupa pak"."""
    spoken = words_of(turn.text)
    words = turn.reference.words["lewati"]
    phrases = (words_of(phrase) for phrase in (*words["lewati"], *words["tidak_tahu"]))
    return len(spoken) <= FEW_WORDS and _holds(spoken, phrases)


def _holds(spoken: Sequence[str], phrases: Iterable[Sequence[str]]) -> bool:
    return any(
        phrase and list(spoken[at : at + len(phrase)]) == list(phrase)
        for phrase in phrases
        for at in range(len(spoken))
    )
