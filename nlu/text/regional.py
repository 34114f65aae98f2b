"""Words of neighbouring languages whose shape gives away the Indonesian one: kampuang -> kampung.

Minang, Malay of the south, Javanese, Sundanese and Betawi share most of their roots with
Indonesian, and differ in regular ways: endings (-o, -uang, -nyo, -ipun, -keun), prefixes (ma-,
ba-, ta-). A shape counts only where the word that it comes to is known.
"""

import re
from collections.abc import Collection, Iterator

SHORTEST = 4

_ENDINGS = (
    (re.compile(r"(?:nyo|nye|ipun|ne)$"), "nya"),
    (re.compile(r"(?<=[b-df-hj-np-tv-z])(?:na|e)$"), "nya"),
    (re.compile(r"keun$"), "kan"),
    (re.compile(r"(?:ake|aken|ne)$"), "kan"),
    (re.compile(r"ua(?=(?:ng|k|h)$)"), "u"),
    (re.compile(r"ia(?=(?:ng|k|h)$)"), "i"),
    (re.compile(r"aik$"), "at"),
    (re.compile(r"uik$"), "ut"),
    (re.compile(r"ek$"), "at"),
    (re.compile(r"ok$"), "ak"),
    (re.compile(r"uih$"), "us"),
    (re.compile(r"ih$"), "is"),
    (re.compile(r"eh$"), "as"),
    (re.compile(r"ia$"), "ir"),
    (re.compile(r"ua$"), "ur"),
    (re.compile(r"a$"), "ar"),
    (re.compile(r"[oe]$"), "a"),
)
_BEGINNINGS = (
    (re.compile(r"^ma(?=[mn])"), "me"),
    (re.compile(r"^ba"), "ber"),
    (re.compile(r"^ta"), "ter"),
    (re.compile(r"^sa"), "se"),
    (re.compile(r"^pa"), "pe"),
    (re.compile(r"^ka"), "ke"),
    (re.compile(r"^nga(?=[a-z]{4})"), "meng"),
    (re.compile(r"^nga(?=[a-z]{4})"), "me"),
    (re.compile(r"^di(?:pun|ka)"), "di"),
)


def indonesian(word: str, known: Collection[str]) -> str | None:
    """The known word that a regional one comes to by its shape, or None."""
    if len(word) < SHORTEST or not word.isalpha():
        return None
    return next((shape for shape in _shapes(word) if shape in known), None)


def _shapes(word: str) -> Iterator[str]:
    """One change, then two: the likeliest first."""
    begun = [*_changed(word, _BEGINNINGS)]
    ended = [*_changed(word, _ENDINGS)]
    yield from (*ended, *begun)
    for shape in begun:
        yield from _changed(shape, _ENDINGS)


def _changed(word: str, changes: tuple[tuple[re.Pattern[str], str], ...]) -> Iterator[str]:
    for pattern, written in changes:
        shape = pattern.sub(written, word)
        if shape != word and len(shape) >= SHORTEST:
            yield shape
