"""Anger that is clear enough for a human to come, found by words, capitals and exclamation marks.

The words are data (language/words/marah.yml). Capitals alone mean nothing: many elders write so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.domain.phrases import (
    REACH,
    Phrases,
    Places,
    Vocabulary,
    locate,
    read_phrases,
    vocabulary,
)

EXCEPTION_REACH = 4
_MANY_LETTERS = 12
_MOSTLY = 0.8
_ENOUGH = 2
_SHOUTED = re.compile(r"!!|[!?]{3}")


@dataclass(frozen=True, slots=True)
class AngerLexicon:
    """Phrases of which one is enough, phrases that only support, and what takes both back."""

    clear: Phrases
    supporting: Phrases
    exceptions: Phrases
    known: Vocabulary


def read_anger_lexicon(data: Mapping[str, Any], slang: Mapping[str, str]) -> AngerLexicon:
    """Make the lexicon of the content of marah.yml.

    `data` has `jelas`, `pendukung` and `kecuali` (phrases), `kelompok`, `samakan` and
    `kata_biasa` as in darurat.yml.
    """
    groups = data.get("kelompok", {})
    clear = read_phrases(data["jelas"], groups)
    supporting = read_phrases(data["pendukung"], groups)
    exceptions = read_phrases(data.get("kecuali", ()), groups)
    known = vocabulary(
        (*clear, *supporting),
        exceptions,
        slang={**slang, **data.get("samakan", {})},
        ordinary=data.get("kata_biasa", ()),
        also_names=data.get("juga_nama", ()),
    )
    return AngerLexicon(clear, supporting, exceptions, known)


def is_angry(text: str, lexicon: AngerLexicon) -> bool:
    """Whether a text is clearly angry: one clear phrase, two hints, or one hint shouted."""
    places = locate(text, lexicon.known)
    left = places.without(lexicon.exceptions.all_in(places, EXCEPTION_REACH))
    if lexicon.clear.any_in(left):
        return True
    return _hints(lexicon.supporting, left) + is_shouted(text) >= _ENOUGH


def is_shouted(text: str) -> bool:
    """Whether a text is written in capitals or with exclamation marks in a row."""
    letters = [char for char in text if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    loud = len(letters) >= _MANY_LETTERS and capitals >= _MOSTLY * len(letters)
    return loud or _SHOUTED.search(text) is not None


def _hints(phrases: Phrases, places: Places) -> int:
    """How many hints there are; the same words count once."""
    seen: frozenset[int] = frozenset()
    hints = 0
    for at in phrases.standing(places, REACH):
        if at.isdisjoint(seen):
            seen, hints = seen | at, hints + 1
    return hints
