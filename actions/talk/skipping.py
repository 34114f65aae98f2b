"""Whether a citizen passes a question over: in a word, or because there is nothing to say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from actions.flow.context import Unreadable
from actions.flow.forms import UPLOADS, Field
from actions.flow.words import words_of
from actions.scene import Scene
from actions.talk import answering

TOLD = frozenset({"teks", "pilihan", "ya_tidak"})
FEW_WORDS = 6


def wants_to(scene: Scene, field: Field) -> bool:
    """Whether the words as a whole say so; a no to a picture does too."""
    said, words = scene.text.lower().strip(" ."), scene.hall.words["lewati"]
    if said in words["lewati"]:
        return True
    if said in words["tidak_tahu"]:
        return not (field.required and field.kind in TOLD)
    try:
        return field.kind in UPLOADS and bool(said) and not answering.yes_or_no(scene)
    except Unreadable:
        return False


def says_so_among_others(scene: Scene) -> bool:
    """Whether a few words that are no answer hold it: "nik saya lupa pak"."""
    spoken = words_of(scene.text)
    words = scene.hall.words["lewati"]
    phrases = (words_of(phrase) for phrase in (*words["lewati"], *words["tidak_tahu"]))
    return len(spoken) <= FEW_WORDS and _holds(spoken, phrases)


def _holds(spoken: Sequence[str], phrases: Iterable[Sequence[str]]) -> bool:
    return any(
        phrase and list(spoken[at : at + len(phrase)]) == list(phrase)
        for phrase in phrases
        for at in range(len(spoken))
    )
