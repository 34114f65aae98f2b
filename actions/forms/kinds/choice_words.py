"""Finds the choices that a sentence names: "got depan rumah mampet" is a blocked drain."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from actions.domain.text import plain_words, slips
from actions.forms.context import YesNo
from actions.forms.numbers import digits_for_words

_MISSPELT_FROM = 7
_NO_NEGATIONS = frozenset(
    {"salah", "keliru", "kosong", "nihil", "seng", "sing", "no", "g", "tara"}
)
_BETWEEN = frozenset({"pernah", "karena", "krn", "sampai", "terlalu", "begitu", "lagi", "juga"})
_SUFFIXED = 5


class _Span(NamedTuple):
    start: int
    end: int
    key: str


def told(text: str, phrases: Mapping[str, Sequence[str]], words: YesNo) -> set[str]:
    """The keys whose phrases stand in a text, in order, with at most one word in between.

    All words for no are one beside another word: "gak cair" and "belum cair" are "tidak cair".
    What follows one is denied, and a phrase within a longer one of another key does not count:
    "rusak" within "rusak berat".
    """
    negations, spoken = words.no - _NO_NEGATIONS, _words(text)
    plain = words.yes | words.no
    spans = [
        _Span(*place, key)
        for key, known in phrases.items()
        for phrase in known
        for place in _places(_words(phrase), spoken, negations, plain)
    ]
    return {one.key for one in spans if not any(_is_within(one, other) for other in spans)}


def _is_within(one: _Span, other: _Span) -> bool:
    longer = other.end - other.start > one.end - one.start
    return longer and one.key != other.key and other.start <= one.start and one.end <= other.end


def _words(text: str) -> list[str]:
    return digits_for_words([_bare(word) for word in plain_words(text)])


def _bare(word: str) -> str:
    return word.removesuffix("nya") if len(word) > _SUFFIXED else word


def _places(
    phrase: Sequence[str], spoken: Sequence[str], no: frozenset[str], plain: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Where a phrase begins and ends in a text, and is not denied there."""
    if plain.issuperset(phrase):
        yield from _exact(phrase, spoken)
        return
    for start, word in enumerate(spoken):
        if not _same(word, phrase[0], no):
            continue
        end = _end(phrase, spoken, start, no)
        if end is not None and (word in no or not _is_denied(spoken, start, no)):
            yield start, end


def _exact(phrase: Sequence[str], spoken: Sequence[str]) -> Iterator[tuple[int, int]]:
    for start in range(len(spoken) if phrase else 0):
        if spoken[start : start + len(phrase)] == [*phrase]:
            yield start, start + len(phrase)


def _end(
    phrase: Sequence[str], spoken: Sequence[str], start: int, no: frozenset[str]
) -> int | None:
    at = start + 1
    for part in phrase[1:]:
        apart = at + 1 < len(spoken) and not _same(spoken[at], part, no) and spoken[at] not in no
        at += apart
        if at >= len(spoken) or not _same(spoken[at], part, no):
            return None
        at += 1
    return at


def _is_denied(spoken: Sequence[str], at: int, no: frozenset[str]) -> bool:
    before = [*spoken[max(at - 2, 0) : at]]
    if before and before[-1] in _BETWEEN:
        before.pop()
    return bool(before) and before[-1] in no


def _same(word: str, part: str, no: frozenset[str]) -> bool:
    if word == part or (word in no and part in no):
        return True
    long_enough = min(len(word), len(part)) >= _MISSPELT_FROM
    return long_enough and word[0] == part[0] and slips(word, part) == 1
