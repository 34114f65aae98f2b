"""Whether a message is something that the NLU can be asked about at all."""

import unicodedata
from collections.abc import Container
from enum import StrEnum

from actions.domain.text import words_of

LONGEST = 2000
FOREIGN_SHARE = 0.5
MIN_WORDS = 3


class Legibility(StrEnum):
    """What kind of message it is; the value names a text below "umum.terbaca."."""

    FINE = "baik"
    BLANK = "kosong"
    SYMBOLS = "simbol"
    TOO_LONG = "panjang"
    FOREIGN = "asing"


def legibility(text: str, foreign_words: Container[str]) -> Legibility:
    """Judge a message without any model; `foreign_words` are common words of English."""
    if not text.strip():
        return Legibility.BLANK
    if not any(char.isalnum() for char in text):
        return Legibility.SYMBOLS
    if len(text) > LONGEST:
        return Legibility.TOO_LONG
    return Legibility.FOREIGN if _is_foreign(text, foreign_words) else Legibility.FINE


def _is_foreign(text: str, foreign_words: Container[str]) -> bool:
    letters = [char for char in text if char.isalpha()]
    other_script = [char for char in letters if not unicodedata.name(char, "").startswith("LATIN")]
    if letters and len(other_script) / len(letters) > FOREIGN_SHARE:
        return True
    words = words_of(text)
    foreign = sum(word in foreign_words for word in words)
    return len(words) >= MIN_WORDS and foreign / len(words) >= FOREIGN_SHARE
