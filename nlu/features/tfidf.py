"""Counts features of a text, weighs rare ones more, and gives every row length one.

What scikit-learn's TfidfVectorizer computes (logarithmic counts, smoothed inverse document
frequency), without its checks and conversions: a server parses one short text at a time, and
there they took more time than the counting. One difference: features that were not learnt count
towards a row's length, so that a text full of them has small numbers, and is doubted.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from scipy.sparse import csr_matrix

Analyzer = Callable[[str], Iterable[str]]
Row = tuple[np.ndarray, np.ndarray]

UNKNOWN = 0.5  # of the weight of a feature that was seen never: it may be a slip of the finger


class Tfidf:
    """One kind of feature; knows those that occur in at least `min_count` training texts."""

    def __init__(self, analyzer: Analyzer, min_count: int) -> None:
        self._analyzer = analyzer
        self._min_count = min_count
        self._weights: dict[str, tuple[int, float]] = {}
        self._rarest = 0.0

    @property
    def width(self) -> int:
        """How many features are known."""
        return len(self._weights)

    def fit(self, texts: Sequence[str]) -> "Tfidf":
        """Learn the features and how rare each is; in a fixed order."""
        spread = Counter(feature for text in texts for feature in set(self._analyzer(text)))
        known = sorted(f for f, count in spread.items() if count >= self._min_count)
        self._rarest = math.log(1 + len(texts)) + 1
        self._weights = {
            feature: (place, self._rarest - math.log(1 + spread[feature]))
            for place, feature in enumerate(known)
        }
        return self

    def row(self, text: str) -> Row:
        """Return the places and values of one text."""
        weights, counts = self._weights, Counter(self._analyzer(text))
        found, unknown = [], 0.0
        for feature, count in counts.items():
            known = weights.get(feature)
            if known is not None:
                found.append((*known, count))
            else:
                unknown += (1 + math.log(count)) ** 2
        if not found:
            return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
        places, rarity, often = zip(*sorted(found), strict=True)
        values = np.asarray(rarity) * (1 + np.log(often))
        values /= math.sqrt(float(values @ values) + UNKNOWN * unknown * self._rarest**2)
        return np.asarray(places, dtype=np.int32), values.astype(np.float32)


def matrix(kinds: Sequence[Tfidf], texts: Sequence[str], shares: Sequence[float]) -> csr_matrix:
    """Put the rows of several kinds side by side, each kind times its share."""
    offsets = np.cumsum([0, *(kind.width for kind in kinds)])
    places, values, ends = [], [], [0]
    for text in texts:
        length = 0
        for kind, offset, share in zip(kinds, offsets, shares, strict=False):
            found, weights = kind.row(text)
            places.append(found + np.int32(offset))
            values.append(weights * np.float32(share))
            length += len(found)
        ends.append(ends[-1] + length)
    shape = (len(texts), int(offsets[-1]))
    if not places:
        return csr_matrix(shape, dtype=np.float32)
    return csr_matrix((np.concatenate(values), np.concatenate(places), ends), shape=shape)


class CharacterAnalyzer:
    """Lists character n-grams inside words, each word with a blank on both sides."""

    def __init__(self, shortest: int, longest: int) -> None:
        self._shortest, self._longest = shortest, longest

    def __call__(self, plain: str) -> Iterator[str]:
        """Yield the n-grams of one text."""
        for word in plain.split():
            padded = f" {word} "
            for size in range(self._shortest, self._longest + 1):
                if len(padded) <= size:
                    yield padded
                    break
                for start in range(len(padded) - size + 1):
                    yield padded[start : start + size]
