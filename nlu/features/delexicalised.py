"""The sentence without the catalogue's names: how people ask, whatever they ask about."""

import itertools
from collections.abc import Sequence

from scipy.sparse import csr_matrix

from nlu.entities.span import Span
from nlu.features.tfidf import Tfidf, matrix

PLACEHOLDER = " zz{kind} "


def without_names(text: str, names: Sequence[Span]) -> str:
    """Put a placeholder of its kind where a name stands; of overlapping names the surest wins."""
    kept: list[Span] = []
    for span in sorted(names, key=lambda name: -name.certainty):
        if not any(span.start < other.end and other.start < span.end for other in kept):
            kept.append(span)
    for span in sorted(kept, reverse=True):
        text = text[: span.start] + PLACEHOLDER.format(kind=span.kind) + text[span.end :]
    return text


class DelexicalisedFeatures:
    """Words, pairs and triples, with marks where the sentence begins and ends."""

    def __init__(self) -> None:
        self._words = Tfidf(delexicalised_words, min_count=2)

    def fit(self, plain: Sequence[str]) -> "DelexicalisedFeatures":
        """Learn the vocabulary from normalised texts without names."""
        self._words.fit(plain)
        return self

    def transform(self, plain: Sequence[str]) -> csr_matrix:
        """Return one row a text."""
        return matrix((self._words,), plain, (1.0,))


def delexicalised_words(plain: str) -> list[str]:
    """List the features of one normalised text."""
    words = ["^", *plain.replace("-", " ").split(), "$"]
    pairs = [f"{left} {right}" for left, right in itertools.pairwise(words)]
    triples = [" ".join(three) for three in zip(words, words[1:], words[2:], strict=False)]
    return words + pairs + triples
