"""Words that mean the same whatever polite words stand around them: "ulang pak"."""

import re
from collections.abc import Collection

from actions.catalogue.reference import ReferenceData
from actions.dialogue.context import TurnContext

NOT_WORDS = re.compile(r"[^\w\s/]+")
LIST = "pendek"


def ways_said(reference: ReferenceData, text: str) -> set[str]:
    """A text in lower case without signs, and the same without polite words at its ends."""
    words = NOT_WORDS.sub(" ", text.lower()).split()
    companions = reference.words[LIST]["pengiring"]
    return {" ".join(words), " ".join(_between(words, companions))}


def says(turn: TurnContext, meaning: str) -> bool:
    """Whether the words as a whole are one of those of data/language/words/pendek.yml."""
    return not ways_said(turn.reference, turn.text).isdisjoint(turn.reference.words[LIST][meaning])


def _between(words: list[str], companions: Collection[str]) -> list[str]:
    """What remains of the words when companions are taken off both ends; never nothing."""
    first, last = 0, len(words)
    while first + 1 < last and words[first] in companions:
        first += 1
    while first + 1 < last and words[last - 1] in companions:
        last -= 1
    return words[first:last]
