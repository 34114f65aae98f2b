"""Phrases of a word list, found in what people type: any order, near each other, typos forgiven.

A phrase is written as words in a line. `/` separates words of which one is enough, `_` joins
words that must follow each other, `*` stands for any ending, `~` before a stem for all ways to
say that somebody suffers it, `<name>` for a group of words: "kabel/kawat putus", "tidak_sadar",
"mukul*", "~timpa" (ditimpa, ketimpa, tertimpa ...), "<people> hanyut".
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from actions.domain.text import plain_words, slips

REACH = 4
"""How many words apart the words of a phrase may stand."""

TYPO_FROM = 5
"""From how many letters on a word may have one letter wrong, missing, added, or swapped."""

_GROUP = re.compile(r"<(\w+)>")
_TWICE = re.compile(r"(.)\1")
_PASSIVE = ("di", "ter", "ke", "ka", "te")
_ENDINGS = ("nya", "lah", "kah", "pun", "na", "ne")
_SHORTEST_STEM = 3
_LONGEST_RUN = 6
_LONG_WORD = 7
_KEY_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

Span = tuple[int, int]
Run = tuple[str, ...]
Term = Mapping[str, tuple[Run, ...]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms that must stand near each other; each is one of several runs, by first word."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where in a text the words of the phrases stand: position by position, word by word."""

    by_word: Mapping[str, frozenset[int]]

    def without(self, hidden: frozenset[int]) -> Self:
        """The same text with some positions taken out."""
        if not hidden:
            return self
        return type(self)({word: at - hidden for word, at in self.by_word.items()})


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases, and under each word of a phrase's narrowest term the numbers of the phrases."""

    every: tuple[Phrase, ...]
    by_word: Mapping[str, tuple[int, ...]]

    def __iter__(self) -> Iterator[Phrase]:
        return iter(self.every)

    def standing(self, places: Places, reach: int) -> Iterator[frozenset[int]]:
        """The positions of those that stand in a text, phrase by phrase; see `_covered`."""
        said = places.by_word.keys() & self.by_word.keys()
        for number in sorted({number for word in said for number in self.by_word[word]}):
            if at := _covered(self.every[number], places, reach):
                yield at

    def any_in(self, places: Places) -> bool:
        """Whether one of them stands in a text."""
        return any(self.standing(places, REACH))

    def all_in(self, places: Places, reach: int) -> frozenset[int]:
        """All positions that belong to one of them."""
        return frozenset[int]().union(*self.standing(places, reach))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of all phrases, prepared for looking up, and how to read what is typed."""

    words: frozenset[str]
    beginnings: frozenset[str]
    misspelt: Mapping[str, tuple[str, ...]]
    ordinary: frozenset[str]
    slang: Mapping[str, str]


def _keys_beside() -> dict[str, str]:
    """The letters around each letter on a telephone's keyboard."""
    at = {key: (x, y) for y, row in enumerate(_KEY_ROWS) for x, key in enumerate(row)}
    return {
        key: "".join(k for k, (i, j) in at.items() if abs(i - x) <= 1 and abs(j - y) <= 1)
        for key, (x, y) in at.items()
    }


_KEYS_BESIDE = _keys_beside()


class UnknownGroupError(ValueError):
    """A phrase names a group of words that the file does not have."""


def read_phrases(
    lines: Iterable[str], groups: Mapping[str, Sequence[str]] | None = None
) -> Phrases:
    """Make phrases of lines in the notation of this module.

    Raises `UnknownGroupError` for a group that is not among `groups`.
    """
    every = tuple(
        Phrase(tuple(_read_term(term, groups or {}) for term in line.lower().split()))
        for line in lines
    )
    by_word: dict[str, tuple[int, ...]] = {}
    for number, phrase in enumerate(every):
        for word in min(phrase.terms, key=len):
            by_word[word] = (*by_word.get(word, ()), number)
    return Phrases(every, by_word)


def _read_term(term: str, groups: Mapping[str, Sequence[str]]) -> Term:
    runs: dict[str, tuple[Run, ...]] = {}
    for choice in (choice for part in term.split("/") for choice in _choices(part, groups)):
        run = tuple(choice.split("_"))
        runs[run[0]] = (*runs.get(run[0], ()), run)
    return runs


def _choices(part: str, groups: Mapping[str, Sequence[str]]) -> Iterator[str]:
    name = _GROUP.fullmatch(part)
    if name is None:
        yield from (p + part[1:] + "*" for p in _PASSIVE) if part[0] == "~" else (part,)
    elif name[1] not in groups:
        raise UnknownGroupError(name[1])
    else:
        for word in groups[name[1]]:
            yield from _choices(word.lower().replace(" ", "_"), groups)


def vocabulary(
    phrases: Iterable[Phrase],
    exceptions: Iterable[Phrase],
    *,
    slang: Mapping[str, str],
    ordinary: Iterable[str],
) -> Vocabulary:
    """Prepare the words of phrases, which may be misspelt, and of exceptions, which may not.

    `ordinary` words are never taken for a misspelt one.
    """
    telling = _words_in(phrases)
    atoms = telling | _words_in(exceptions)
    words = frozenset(atom for atom in atoms if not atom.endswith("*"))
    return Vocabulary(
        words=words,
        beginnings=frozenset(atom[:-1] for atom in atoms - words),
        misspelt=_by_missing_letter(w for w in telling & words if len(w) >= TYPO_FROM),
        ordinary=frozenset(ordinary),
        slang=slang,
    )


def _words_in(phrases: Iterable[Phrase]) -> frozenset[str]:
    runs = (run for p in phrases for term in p.terms for same in term.values() for run in same)
    return frozenset(word for run in runs for word in run)


def _by_missing_letter(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Each word under all that remains of it when no or one letter is left out.

    Two words that differ by one edit always share such a remainder.
    """
    index: dict[str, set[str]] = {}
    for word in words:
        for remainder in _remainders(word):
            index.setdefault(remainder, set()).add(word)
    return {remainder: tuple(sorted(found)) for remainder, found in index.items()}


def _remainders(word: str) -> set[str]:
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def locate(text: str, known: Vocabulary) -> Places:
    """Find every word of the vocabulary in a text, also in slang or with a typo."""
    found: dict[str, set[int]] = {}
    position = 0
    for typed in plain_words(text):
        meant = known.slang.get(typed, typed).split()
        for offset, word in enumerate(meant):
            alike = (word, typed) if len(meant) == 1 else (word,)
            for match in _matches(alike, known):
                found.setdefault(match, set()).add(position + offset)
        position += len(meant)
    return Places({word: frozenset(at) for word, at in found.items()})


def _matches(alike: tuple[str, ...], known: Vocabulary) -> Iterator[str]:
    """The words of the vocabulary that stand behind one typed word, in its spellings."""
    forms = {form for word in alike for form in _forms(word)}
    exact = forms & known.words
    begun = {form[:end] for form in forms for end in range(3, len(form) + 1)} & known.beginnings
    yield from exact
    yield from (f"{beginning}*" for beginning in begun)
    if not (exact or begun or forms & known.ordinary):
        yield from {hit for form in forms for hit in _misspelt(form, known)}


def _misspelt(word: str, known: Vocabulary) -> Iterator[str]:
    """The words of the vocabulary from which a word differs by one edit."""
    if len(word) < TYPO_FROM:
        return
    for remainder in _remainders(word):
        for candidate in known.misspelt.get(remainder, ()):
            if slips(word, candidate) <= 1 and _slip(word, candidate):
                yield candidate


def _slip(word: str, meant: str) -> bool:
    """Whether a finger can slip so: in a short word a wrong letter lies beside the right one.

    Otherwise "bayar" would be read as "bakar", and "kosong" as "kobong".
    """
    if len(meant) >= _LONG_WORD or len(word) != len(meant) or sorted(word) == sorted(meant):
        return True
    return all(a == b or a in _KEYS_BESIDE.get(b, "") for a, b in zip(word, meant, strict=True))


def _forms(word: str) -> Iterator[str]:
    """A word, the word without doubled letters, and its stem without a clitic."""
    yield word
    yield _TWICE.sub(r"\1", word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            yield word[: -len(ending)]


def _covered(phrase: Phrase, places: Places, reach: int) -> frozenset[int]:
    """All positions that belong to some occurrence of the phrase; empty when it is absent.

    Every word stands at most `reach` words from the first one, twice as far in a phrase of
    three words, and so on: the more words agree, the looser they may stand.
    """
    said = places.by_word.keys()
    if any(said.isdisjoint(term) for term in phrase.terms):
        return frozenset()
    first, *others = [_spans(term, places) for term in phrase.terms]
    width = reach * max(1, len(others))
    found: set[int] = set()
    for start, end in first.items():
        hits = [_near((start, end), spans, width) for spans in others]
        if all(hits):
            found.update(range(start, end), *(range(*span) for hit in hits for span in hit))
    return frozenset(found)


def _spans(term: Term, places: Places) -> dict[int, int]:
    """Where the longest run of a term stands: its start and the position after its end."""
    spans: dict[int, int] = {}
    for word in places.by_word.keys() & term.keys():
        for run in term[word]:
            for start in _starts(run, places):
                spans[start] = max(spans.get(start, 0), start + len(run))
    return spans


def _starts(run: Run, places: Places) -> Iterator[int]:
    """Where words stand one after the other."""
    for start in places.by_word[run[0]]:
        if all(start + step in places.by_word.get(word, ()) for step, word in enumerate(run)):
            yield start


def _near(anchor: Span, spans: Mapping[int, int], width: int) -> list[Span]:
    """The spans that stand beside the anchor, not on it, at most `width` words away."""
    start, end = anchor
    return [
        (other, spans[other])
        for other in range(start - width - _LONGEST_RUN, end + width)
        if other in spans and (other >= end or start - width < spans[other] <= start)
    ]
