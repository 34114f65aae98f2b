"""Finds services, complaints and offices in a sentence by their names, without any model.

A new file in the catalogue is found at once. Tolerates typos, slang and any word order.
"""

import math
import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from actions.domain.text import all_alike, words_of
from actions.domain.understanding import Candidate

MIN_TYPO_LENGTH = 4
MIN_RATIO = 82
MIN_COVERAGE = 0.75
SUFFIX = re.compile(r"(?<=\w{3})(?:nya|ku|mu)$")


def telling_words(text: str, slang: Mapping[str, str]) -> list[str]:
    """Words with slang spelt out and clitics dropped."""
    spelt = (part for word in words_of(text) for part in slang.get(word, word).split())
    return [SUFFIX.sub("", part) for part in spelt]


@dataclass(frozen=True, slots=True)
class _Name:
    slug: str
    words: frozenset[str]
    weight: float


class Matcher:
    """Ranks catalogue entries by how much of one of their names a sentence contains.

    `ordinary` words are never taken for a mistyped name: "sampai" is not "sampah".
    """

    def __init__(
        self,
        names: Mapping[str, Iterable[str]],
        slang: Mapping[str, str],
        ordinary: Container[str] = (),
    ) -> None:
        self._slang, self._ordinary = slang, ordinary
        bags = [
            (slug, frozenset(telling_words(name, slang)))
            for slug, aliases in names.items()
            for name in _telling(aliases, slang)
        ]
        spread = Counter(word for _, bag in bags for word in bag)
        self._weight = {word: math.log(1 + len(bags) / n) for word, n in spread.items()}
        self._names = [
            _Name(slug, bag, sum(self._weight[word] for word in bag)) for slug, bag in bags if bag
        ]
        self._with_word: dict[str, list[int]] = {word: [] for word in spread}
        for number, name in enumerate(self._names):
            for word in name.words:
                self._with_word[word].append(number)
        self._long_words = [word for word in spread if len(word) >= MIN_TYPO_LENGTH]
        self._words: dict[str, set[str]] = {slug: set() for slug in names}
        self._whole: dict[frozenset[str], set[str]] = {}
        for slug, bag in bags:
            self._words[slug] |= bag
            self._whole.setdefault(bag, set()).add(slug)

    def rank(self, text: str) -> tuple[Candidate, ...]:
        """Entries best first; 1.0 means that a whole long name is there.

        Of two that fit, the one wins whose names explain more of the sentence.
        """
        present = self._present(telling_words(text, self._slang))
        best: dict[str, float] = {}
        touched = {number for word in present for number in self._with_word[word]}
        for name in (self._names[number] for number in sorted(touched)):
            covered = sum(self._weight[word] * present.get(word, 0.0) for word in name.words)
            coverage = covered / name.weight
            if coverage >= MIN_COVERAGE:
                score = coverage * (1 - math.exp(-name.weight / 3))
                best[name.slug] = max(best.get(name.slug, 0.0), score)
        return self._ranked(best, present)

    def whole(self, text: str) -> str | None:
        """The one entry that has these words, and no others, for a name."""
        slugs = self._whole.get(frozenset(telling_words(text, self._slang)), set())
        return next(iter(slugs)) if len(slugs) == 1 else None

    def rather(self, text: str, slug: str, others: Iterable[str]) -> str | None:
        """Of `others` the only one that a word of the text makes of a name of `slug`.

        "Rusak" makes "KTP rusak" of "KTP hilang", and no "KK rusak".
        """
        own = self._words[slug]
        new = self._present(telling_words(text, self._slang)).keys() - own
        among = {*others}
        found = {
            name.slug
            for name in self._names
            if name.slug in among and name.words & new and name.words - new <= own
        }
        return found.pop() if len(found) == 1 else None

    def apart(self, text: str, slug: str, other: str) -> bool:
        """Whether a sentence has words for each of two entries that no name of the other has."""
        present = self._present(telling_words(text, self._slang)).keys()
        one, two = self._words[slug], self._words[other]
        return not present.isdisjoint(one - two) and not present.isdisjoint(two - one)

    def _ranked(
        self, best: Mapping[str, float], present: Mapping[str, float]
    ) -> tuple[Candidate, ...]:
        explained = {
            slug: sum(self._weight[word] * present.get(word, 0.0) for word in self._words[slug])
            for slug in best
        }
        most = max(explained.values(), default=1.0)
        scores = {slug: score * explained[slug] / most for slug, score in best.items()}
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(Candidate(slug, score) for slug, score in ranked)

    def _present(self, words: list[str]) -> dict[str, float]:
        """Every word of the names with how well the sentence has it, 0 to 1."""
        present = {word: 1.0 for word in words if word in self._weight}
        for word in words:
            known = word in self._weight or word in self._ordinary
            if known or len(word) < MIN_TYPO_LENGTH:
                continue
            for name, ratio in all_alike(word, self._long_words, MIN_RATIO):
                if abs(len(name) - len(word)) <= 1:
                    present[name] = max(present.get(name, 0.0), ratio / 100)
        return present


def _telling(aliases: Iterable[str], slang: Mapping[str, str]) -> list[str]:
    """The names without those that are slang for an ordinary word: "sip" is "baik" too."""
    names = [name.lower() for name in aliases]
    return [name for name in names if " " in (plain := slang.get(name, name)) or plain in names]
