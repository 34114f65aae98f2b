"""Finds names and aliases of the catalogue in a sentence: other word order, typos, gaps."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nlu.entities.span import Span
from nlu.text.affixes import stem
from nlu.text.normalise import Normaliser
from nlu.text.tokenizer import cut

_FILLERS = frozenset(
    "untuk karena dan di ke yang dari atau bagi saya oleh dengan pada itu".split()
)
_GAPS = 2
_ENOUGH = 0.8


@dataclass(frozen=True)
class _Name:
    kind: str
    slug: str
    words: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class _Placed:
    """A word of the sentence: what it may mean, how surely, and where it stands."""

    word: str
    certainty: float
    start: int
    end: int


_Where = Mapping[str, list[int]]
"""The places of each word."""


class Lookup:
    """Names by the words that they consist of; a name's rarest word must be there."""

    def __init__(self, names: Mapping[str, Iterable[str]], normaliser: Normaliser) -> None:
        """`names` maps `kind/slug` to names and aliases."""
        self._normaliser = normaliser
        spelled = [(key, self._words(name)) for key, aliases in names.items() for name in aliases]
        spelled = [(key, words) for key, words in spelled if words]
        spread = Counter(word for key, word in {(k, w) for k, words in spelled for w in words})
        self._weights = {w: math.log(1 + len(names) / count) for w, count in spread.items()}
        self._by_rarest: dict[str, list[_Name]] = defaultdict(list)
        for key, words in dict.fromkeys(spelled):
            kind, _, slug = key.partition("/")
            rarest = max(words, key=lambda word: (self._weights[word], word))
            weight = sum(self._weights[word] for word in words)
            self._by_rarest[rarest].append(_Name(kind, slug, words, weight))
        self._vocabulary = sorted(self._weights)
        self._nearest = lru_cache(maxsize=20_000)(self._find_nearest)

    def find(self, text: str) -> list[Span]:
        """Return the names in a text; where names overlap, those that say most."""
        placed = list(self._place(text))
        where: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(placed):
            where[word.word].append(place)
        found = [
            span
            for word in where
            for name in self._by_rarest.get(word, ())
            if (span := self._match(name, placed, where))
        ]
        return _most_telling(found)

    def _words(self, name: str) -> tuple[str, ...]:
        words = self._normaliser(name).replace("-", " ").split()
        telling = [stem(word) for word in words if word not in _FILLERS]
        return tuple(dict.fromkeys(telling))

    def _place(self, text: str) -> Iterator[_Placed]:
        for word in cut(text):
            for part in self._normaliser.word(word.text).replace("-", " ").split():
                meant, certainty = self._nearest(stem(part))
                if meant:
                    yield _Placed(meant, certainty, word.start, word.end)
                elif part not in _FILLERS:
                    yield _Placed("", 0.0, word.start, word.end)

    def _find_nearest(self, word: str) -> tuple[str, float]:
        """Return the word of the catalogue that this one is, or is a slip of, or nothing."""
        if word in self._weights:
            return word, 1.0
        limit = 0 if len(word) < 5 or not word.isalpha() else 1 if len(word) < 8 else 2
        if not limit:
            return "", 0.0
        best = process.extractOne(word, self._vocabulary, scorer=OSA.distance, score_cutoff=limit)
        if best is None or best[0][0] != word[0] or len(best[0]) < 4:
            return "", 0.0
        return best[0], 1 - best[1] / len(word)

    def _match(self, name: _Name, placed: list[_Placed], where: _Where) -> Span | None:
        window = _tightest(name.words, placed, where)
        if window is None:
            return None
        covered = sum(
            self._weights[word] * max(p.certainty for p in window if p.word == word)
            for word in name.words
            if any(p.word == word for p in window)
        )
        share = covered / name.weight
        needed = 1 - 1e-9 if len(name.words) <= 1 else _ENOUGH
        if share < needed * (0.85 if len(name.words) <= 1 else 1):
            return None
        gaps = max(0, len(window) - len(name.words))
        score = covered * share - 0.3 * gaps
        start = min(p.start for p in window if p.word in name.words)
        end = max(p.end for p in window if p.word in name.words)
        return Span(start, end, name.kind, name.slug, round(score, 4))


def _tightest(
    words: tuple[str, ...], placed: list[_Placed], where: _Where
) -> list[_Placed] | None:
    """Return the shortest stretch that holds most of the words, with few others between."""
    best: tuple[int, int, list[_Placed]] | None = None
    longest = len(words) + _GAPS
    for first in sorted(place for word in words for place in where.get(word, ())):
        for last in range(first, min(first + longest, len(placed))):
            if placed[last].word not in words:
                continue
            window = placed[first : last + 1]
            held = len({p.word for p in window} & set(words))
            rank = (-held, len(window), window)
            if best is None or rank[:2] < best[:2]:
                best = rank
    return best[2] if best else None


def _most_telling(spans: list[Span]) -> list[Span]:
    """Per kind: drop spans that overlap with a better one; equals on one stretch stay."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (-s.certainty, s.start, s.value)):
        rivals = [k for k in kept if k.kind == span.kind and _overlap(k, span)]
        tied = all(
            (k.start, k.end, k.certainty) == (span.start, span.end, span.certainty) for k in rivals
        )
        if tied and all(k.value != span.value for k in rivals):
            kept.append(span)
    return sorted(kept)


def _overlap(left: Span, right: Span) -> bool:
    return left.start < right.end and right.start < left.end
