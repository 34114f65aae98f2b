"""Who is afraid that somebody at home finds out, told by words alone.

The words are data (language/words/takut.yml), phrases as in darurat.yml.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.domain.phrases import (
    REACH,
    Phrases,
    Vocabulary,
    locate,
    read_phrases,
    vocabulary,
)


@dataclass(frozen=True, slots=True)
class FearLexicon:
    """Phrases that ask for silence towards somebody, and what takes them back."""

    phrases: Phrases
    exceptions: Phrases
    known: Vocabulary


def read_fear_lexicon(data: Mapping[str, Any], slang: Mapping[str, str]) -> FearLexicon:
    """Make the lexicon of the content of takut.yml: `frasa`, `kecuali`, `kelompok`, `samakan`."""
    groups = data.get("kelompok", {})
    phrases = read_phrases(data["frasa"], groups)
    exceptions = read_phrases(data.get("kecuali", ()), groups)
    words = {**slang, **data.get("samakan", {})}
    known = vocabulary(phrases, exceptions, slang=words, ordinary=())
    return FearLexicon(phrases, exceptions, known)


def is_afraid(text: str, lexicon: FearLexicon) -> bool:
    """Whether a text asks that somebody may not get to know."""
    places = locate(text, lexicon.known)
    return lexicon.phrases.any_in(places.without(lexicon.exceptions.all_in(places, REACH)))
