"""The words of a person's name as they are compared: no titles, initials, case or accents."""

import re

from actions.domain.text import plain_words, tidy, word_set

_SHORTEST_NAME = 4
"""Of a word with dots in it only longer parts are a name: "H.Ahmad", but "Sp.PD"."""
_DOTTED = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:\.[^\W\d_]++)++")
_APOSTROPHES = re.compile("['`\u00b4\u02bc\u2018\u2019]")
_TITLES = word_set(
    "bapak bpk pak ibu bu saudara saudari sdr sdri tuan nyonya tn ny mbak mba mas kak bang si "
    "hj kh ust ustaz ustadz haji hajjah dr drs dra ir prof almarhum almarhumah alm almh bin binti "
    "spd mpd sh mh se mm st mt skm skom mkom ssi msi sip map apt amd sst spog"
)


def name_words(text: str) -> list[str]:
    """The words that tell a person apart, in their order; all words where none does."""
    plain = _APOSTROPHES.sub("", tidy(text))
    words = plain_words(_DOTTED.sub(_long_parts, plain))
    return [word for word in words if len(word) > 1 and word not in _TITLES] or plain_words(plain)


def _long_parts(match: re.Match[str]) -> str:
    return " ".join(part for part in match[0].split(".") if len(part) >= _SHORTEST_NAME)


_SOUNDS = (
    *(("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "s"), ("sy", "s"), ("sh", "s")),
    *(("ch", "h"), ("kh", "h"), ("th", "t"), ("dh", "d"), ("ph", "f"), ("ie", "i")),
    *(("y", "i"), ("q", "k"), ("z", "s"), ("v", "f")),
)
"""Spellings of one sound, the old ones too: Soekarno, Djoko, Tjipto, Syarif, Achmad, Rizqy."""
_TWICE = re.compile(r"(.)\1+")


def sound(word: str) -> str:
    """A word of a name without what is often spelt otherwise: doubled letters, an h at its end."""
    for spelling, plain in _SOUNDS:
        word = word.replace(spelling, plain)
    word = _TWICE.sub(r"\1", word)
    return word.removesuffix("h") or word
