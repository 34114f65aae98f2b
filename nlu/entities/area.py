"""Finds the villages and districts of the office's own area, also glued, split or misspelt."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from nlu.entities.span import Span
from nlu.text.tokenizer import Word, cut


class Area:
    """The places of one office; a name that a village and its district share can be both.

    The first letter of a name is always right.
    """

    def __init__(self, villages: Iterable[str], districts: Iterable[str]) -> None:
        """Keep the names as the office writes them."""
        names = {_glued(name): name for name in [*districts, *villages]}
        self._longest = max((len(name.split()) for name in names.values()), default=1)
        self._by_first: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for glued, name in names.items():
            self._by_first[glued[0]].append((glued, name))

    def find(self, text: str) -> Iterator[Span]:
        """Yield the places in a text; the value is the name as the office writes it."""
        words = cut(text)
        position = 0
        while position < len(words):
            for size in range(self._longest, 0, -1):
                span = self._at(words[position : position + size], size)
                if span:
                    yield span
                    position += size - 1
                    break
            position += 1

    def _at(self, words: list[Word], size: int) -> Span | None:
        glued = "".join(word.text for word in words)
        if len(words) < size or len(glued) < 5:
            return None
        for name, official in self._by_first.get(glued[0], ()):
            if _alike(glued, name):
                return Span(words[0].start, words[-1].end, "wilayah", official)
        return None


def _glued(name: str) -> str:
    return "".join(word.text for word in cut(name))


def _alike(written: str, name: str) -> bool:
    """One slip from seven letters on, two from eleven on."""
    allowed = 0 if len(name) < 7 else 1 if len(name) < 11 else 2
    if abs(len(written) - len(name)) > allowed:
        return False
    return OSA.distance(written, name, score_cutoff=allowed) <= allowed
