"""Anger that a human should answer: found by words alone, only where it is plain.

The words are data (data/kata/marah.yml). Shouting (capitals, exclamation marks) makes a weaker
phrase count; by itself it is no anger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.domain.phrases import (
    Phrase,
    Vocabulary,
    covered,
    locate,
    read_phrases,
    vocabulary,
)

LETTERS_TO_SHOUT = 12
SHOUTED_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class AngerLexicon:
    """Phrases that are anger by themselves, and those that are when shouted."""

    plain: tuple[Phrase, ...]
    shouted: tuple[Phrase, ...]
    exceptions: tuple[Phrase, ...]
    known: Vocabulary


def read_anger_lexicon(data: Mapping[str, Any], slang: Mapping[str, str]) -> AngerLexicon:
    """Make the lexicon of the content of marah.yml: `marah`, `kesal` and `kecuali`."""
    plain, shouted = read_phrases(data["marah"]), read_phrases(data["kesal"])
    exceptions = read_phrases(data.get("kecuali", ()))
    known = vocabulary(
        [*plain, *shouted], exceptions, slang=slang, ordinary=data.get("kata_biasa", ())
    )
    return AngerLexicon(plain, shouted, exceptions, known)


def is_angry(text: str, lexicon: AngerLexicon) -> bool:
    """Whether a human should answer because the citizen is plainly angry."""
    places = locate(text, lexicon.known)
    harmless = frozenset[int]().union(*(covered(p, places) for p in lexicon.exceptions))
    left = places.without(harmless)
    if any(covered(phrase, left) for phrase in lexicon.plain):
        return True
    return _is_shouted(text) and any(covered(phrase, left) for phrase in lexicon.shouted)


def _is_shouted(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    loud = len(letters) >= LETTERS_TO_SHOUT and capitals / len(letters) >= SHOUTED_SHARE
    return loud or "!!" in text
