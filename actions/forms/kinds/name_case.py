"""How a name that came all in one case is written: Ma'ruf, O'Neil, bin, S.Pd, ST, KH."""

import re
from collections.abc import Callable

_LETTER = "A-Za-zÀ-ÖØ-Þà-öø-ÿĀ-įĲ-ž"
_RUN = re.compile(rf"[{_LETTER}]+(?:'[{_LETTER}]*)*")
_DEGREES = re.compile(r",\s*(?=\S)")
_LONGEST_DEGREE = 4
_LETTERS_OF_SPECIALISTS = 2
_LOWER = frozenset({"bin", "binti"})
_FOREIGN = frozenset({"o", "d", "l"})
_UPPER = frozenset({"kh", "tgh", "krt", "kph", "gph", "krmt", "kgph", "krht", "ii", "iii", "iv"})
"""Titles and numbers that are spoken letter by letter."""

_BARE_DEGREES = frozenset({"st", "mt", "se", "sh", "mh", "mm", "skm", "mkn", "mpd", "spd", "mba"})
"""Degrees that are told from a name by themselves, behind it."""

_MIXED = """
    pd kom kes kep ag si sos hum farm ak ars psi ked akun stat tr sn des kn th ling ec dev eng sc
    ph md amd keb gz rad an and bio biomed hut pi pet vet mar fil phil lit ed adm apt ns ir drs
    dra dr prof hj lc sy par ikom mat log tek inf kel ter ftr pen or pt
"""
_TITLED = frozenset(_MIXED.split())
"""Parts of degrees that are written as words: S.Pd, M.Kom, Ns."""


def cased(name: str) -> str:
    """The name in title case when it came all in one case, degrees behind a comma as usual.

    Degrees that came in both cases stay as they are.
    """
    person, *degrees = _DEGREES.split(name)
    if not (person.islower() or person.isupper()):
        return name
    if name.islower() or name.isupper():
        degrees = [_RUN.sub(_degree(part), part) for part in degrees]
    return ", ".join([_person(person), *degrees])


def _person(text: str) -> str:
    first, _, rest = text.partition(" ")
    words = rest.split(" ") if rest else []
    ends = [word if word.lower().strip(".") in _BARE_DEGREES else None for word in words]
    written = [
        word.upper() if end and text.isupper() else _RUN.sub(_title, word)
        for word, end in zip(words, ends, strict=True)
    ]
    return " ".join([_RUN.sub(_title, first), *written])


def _title(run: re.Match[str]) -> str:
    word = run.group().lower()
    if word in _LOWER or word in _UPPER:
        return word.upper() if word in _UPPER else word
    prefix, apostrophe, rest = word.partition("'")
    if prefix in _FOREIGN and rest:
        return f"{prefix.upper()}{apostrophe}{_first_upper(rest)}"
    return _first_upper(word)


def _first_upper(word: str) -> str:
    return word[:1].upper() + word[1:]


def _degree(part: str) -> Callable[[re.Match[str]], str]:
    """How the parts of one degree are written: what is no known word stays in capitals."""
    specialist = part.lower().startswith("sp.")

    def write(run: re.Match[str]) -> str:
        word, plain = run.group(), run.group().lower()
        if plain in _TITLED and not (specialist and len(plain) == _LETTERS_OF_SPECIALISTS):
            return _first_upper(plain)
        if specialist and plain == "sp":
            return _first_upper(plain)
        letters = word.isupper() or specialist or plain in _BARE_DEGREES or len(plain) == 1
        return plain.upper() if letters and len(plain) <= _LONGEST_DEGREE else _first_upper(plain)

    return write
