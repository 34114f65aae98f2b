"""Phrases of a word list, found in what people type: any order, near each other, typos forgiven.

A phrase is written as words in a line. `/` separates words of which one is enough, `_` joins
words that must follow each other, `*` stands for any ending, `~` before a stem for all ways to
say that somebody suffers it, `<name>` for a group of words: "kabel/kawat putus", "tidak_sadar",
"mukul*", "~timpa" (ditimpa, ketimpa, tertimpa ...), "<people> hanyut", "<if>_<danger>".
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Self

from actions.domain.misspelt import Spellings, meant, spellings
from actions.domain.naming import Typed, typed_words

REACH = 4
"""How many words apart the words of a phrase may stand."""

_GROUP = re.compile(r"<(\w+)>")
_TWICE = re.compile(r"(.)\1")
_PASSIVE = ("di", "ter", "ke", "ka", "te")
_ENDINGS = ("nya", "lah", "kah", "pun", "na", "ne")
_SHORTEST_STEM = 3
_LONGEST_RUN = 6

Span = tuple[int, int]
Run = tuple[str, ...]
Term = Mapping[str, tuple[Run, ...]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms that must stand near each other; each is one of several runs, by first word."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where in a text the words of the phrases stand: position by position, word by word.

    A word at a `doubtful` position is perhaps another one with a typo: it needs a second word.
    """

    by_word: Mapping[str, frozenset[int]]
    doubtful: frozenset[int] = frozenset()

    def without(self, hidden: frozenset[int]) -> Self:
        """The same text with some positions taken out."""
        if not hidden:
            return self
        return replace(self, by_word={word: at - hidden for word, at in self.by_word.items()})


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
            at = _covered(self.every[number], places, reach)
            if at - places.doubtful:
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
    misspelt: Spellings
    ordinary: frozenset[str]
    also_names: frozenset[str]
    slang: Mapping[str, str]


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
    """The runs that a part of a term stands for: every choice of each of its pieces."""
    pieces = [tuple(_readings(piece, groups)) for piece in part.split("_")]
    yield from map("_".join, product(*pieces))


def _readings(piece: str, groups: Mapping[str, Sequence[str]]) -> Iterator[str]:
    name = _GROUP.fullmatch(piece)
    if name is None:
        yield from (p + piece[1:] + "*" for p in _PASSIVE) if piece[0] == "~" else (piece,)
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
    also_names: Iterable[str] = (),
) -> Vocabulary:
    """Prepare the words of phrases, which may be misspelt, and of exceptions, which may not.

    `ordinary` words are never taken for a misspelt one, words that are `also_names` not for
    what they say where a name stands.
    """
    telling = _words_in(phrases)
    atoms = telling | _words_in(exceptions)
    words = frozenset(atom for atom in atoms if not atom.endswith("*"))
    return Vocabulary(
        words=words,
        beginnings=frozenset(atom[:-1] for atom in atoms - words),
        misspelt=spellings(telling & words),
        ordinary=frozenset(ordinary),
        also_names=frozenset(also_names),
        slang=slang,
    )


def _words_in(phrases: Iterable[Phrase]) -> frozenset[str]:
    runs = (run for p in phrases for term in p.terms for same in term.values() for run in same)
    return frozenset(word for run in runs for word in run)


def locate(text: str, known: Vocabulary) -> Places:
    """Find every word of the vocabulary in a text, also in slang or with a typo."""
    found: dict[str, set[int]] = {}
    doubtful: set[int] = set()
    position = 0
    for typed in typed_words(text):
        words = known.slang.get(typed.word, typed.word).split()
        for at, word in enumerate(words, start=position):
            alike = (word, typed.word) if len(words) == 1 else (word,)
            matches = _matches(alike, typed, known)
            for match in matches:
                found.setdefault(match, set()).add(at)
            if matches and not any(matches.values()):
                doubtful.add(at)
        position += len(words)
    return Places({word: frozenset(at) for word, at in found.items()}, frozenset(doubtful))


def _matches(alike: tuple[str, ...], typed: Typed, known: Vocabulary) -> dict[str, bool]:
    """The words of the vocabulary behind one typed word, each with whether it is sure."""
    if typed.is_name and typed.word in known.also_names:
        return {}
    if typed.word in known.ordinary:
        return dict.fromkeys({*alike} & known.words, True)
    forms = {form for word in alike for form in _forms(word)}
    exact = forms & known.words
    begun = {form[:end] for form in forms for end in range(3, len(form) + 1)} & known.beginnings
    if exact or begun:
        return dict.fromkeys((*exact, *(f"{beginning}*" for beginning in begun)), True)
    if forms & known.ordinary:
        return {}
    slipped = {word: sure for form in forms for word, sure in meant(form, known.misspelt).items()}
    return {word: sure for word, sure in slipped.items() if sure or not typed.may_be_name}


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
