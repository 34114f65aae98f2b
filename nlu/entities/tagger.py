"""Finds what no list and no pattern tells, names of people and landmarks, by learnt tagging.

A conditional random field (Lafferty and others 2001) over the words of a message. It learns from
sentences in which the stretch is put in brackets: "rumah saya [sebelah warung bu Tini]", and from
what is left of them when words before or behind are not said: people also answer in two words.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sklearn_crfsuite import CRF

from nlu.entities.span import Span
from nlu.text.affixes import stem
from nlu.text.normalise import Normaliser
from nlu.text.tokenizer import Word, cut

SURE = 0.5
PER = 10_000
BEGINS, GOES_ON, OUTSIDE = "B", "I", "O"
_MARKED = re.compile(r"\[([^\[\]]+)\]")
_REACH = (-2, -1, 1, 2)
_OF_NEIGHBOURS = ("word", "shape", "rarity", "tells", "mark")


class Tagger:
    """Finds stretches of one kind."""

    def __init__(
        self,
        kind: str,
        normaliser: Normaliser,
        spread: Mapping[str, int],
        telling: Collection[str] = (),
    ) -> None:
        """`spread` says in how many ordinary sentences a plain word stands: names are rare.

        `telling` are words by which such a stretch may begin: "depan", "dkt".
        """
        self.kind = kind
        self._telling = frozenset(telling)
        self._normaliser = normaliser
        self._spread = spread
        self._field = CRF(c1=0.05, c2=0.05, max_iterations=100, all_possible_transitions=True)

    def fit(self, sentences: Iterable[str]) -> "Tagger":
        """Learn from sentences with brackets."""
        marked = [without_marks(part) for sentence in sentences for part in clipped(sentence)]
        words = [cut(text) for text, _ in marked]
        self._field.fit(
            [self._seen(text, found) for (text, _), found in zip(marked, words, strict=True)],
            [_tags(found, spans) for (_, spans), found in zip(marked, words, strict=True)],
        )
        return self

    def find(self, text: str) -> Iterator[Span]:
        """Yield the stretches of a text; the value is as written, the certainty a probability."""
        words = cut(text)
        if not words:
            return
        tagger = self._field.tagger_
        tagger.set(self._seen(text, words))
        tags = tagger.tag()
        for first, last in _stretches(tags):
            start, end = words[first].start, words[last].end
            certainty = min(tagger.marginal(tags[i], i) for i in range(first, last + 1))
            if certainty >= SURE:
                yield Span(start, end, self.kind, text[start:end], round(certainty, 4))

    def _seen(self, text: str, words: Sequence[Word]) -> list[dict[str, Any]]:
        """What the field sees of each word: itself, its shape, its neighbours."""
        alone = [self._word(text, words, place) for place in range(len(words))]
        return [_beside(alone, place) for place in range(len(words))]

    def _word(self, text: str, words: Sequence[Word], place: int) -> dict[str, Any]:
        word = words[place]
        plain = self._normaliser.word(word.text)
        return {
            "word": word.text,
            "plain": plain,
            "stem": stem(plain),
            "ends": word.text[-3:],
            "begins": word.text[:3],
            "shape": _shape(text[word.start : word.end]),
            "tells": word.text in self._telling,
            "rarity": min(self._spread.get(plain, 0), 40).bit_length(),
            "mark": _mark(text, words, place),
        }


def spread_of(texts: Iterable[str], normaliser: Normaliser) -> dict[str, int]:
    """In how many of ten thousand texts each plain word stands; more texts change little."""
    every = [dict.fromkeys(normaliser(text).split()) for text in texts]
    counts = Counter(word for words in every for word in words)
    return {word: -(-count * PER // max(1, len(every))) for word, count in counts.items()}


def clipped(sentence: str) -> list[str]:
    """The sentence; then for each mark what ends with it, what begins with it, and it alone.

    A single word alone is left out: it could be anything.
    """
    parts = [sentence]
    for match in _MARKED.finditer(sentence):
        before, after = (
            _MARKED.sub(r"\1", side)
            for side in (sentence[: match.start()], sentence[match.end() :])
        )
        last_words = " ".join(before.split(" ")[-3:])
        mark = match.group()
        parts += [before + mark, last_words + mark, mark + after]
        parts += [mark] if " " in mark else []
    return list(dict.fromkeys(parts))


def without_marks(sentence: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the sentence without its brackets, and where they were."""
    text, spans, read = "", [], 0
    for match in _MARKED.finditer(sentence):
        text += sentence[read : match.start()]
        spans.append((len(text), len(text) + len(match.group(1))))
        text += match.group(1)
        read = match.end()
    return text + sentence[read:], spans


def _tags(words: Sequence[Word], spans: Sequence[tuple[int, int]]) -> list[str]:
    firsts = {next((w.start for w in words if w.start >= start), -1) for start, _ in spans}
    tags = []
    for word in words:
        inside = any(start <= word.start < end for start, end in spans)
        begins = BEGINS if word.start in firsts else GOES_ON
        tags.append(begins if inside else OUTSIDE)
    return tags


def _stretches(tags: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last place of each run of B and I."""
    first = None
    for place, tag in enumerate([*tags, OUTSIDE]):
        if first is not None and tag != GOES_ON:
            yield first, place - 1
            first = None
        if tag == BEGINS or (tag == GOES_ON and first is None):
            first = place


def _beside(alone: Sequence[dict[str, Any]], place: int) -> dict[str, Any]:
    seen: dict[str, Any] = {"bias": 1.0, **alone[place]}
    for step in _REACH:
        if 0 <= place + step < len(alone):
            other = alone[place + step]
            seen |= {f"{step}{key}": other[key] for key in _OF_NEIGHBOURS}
        else:
            seen[f"{step}edge"] = 1.0
    return seen


def _shape(written: str) -> str:
    if written.isdigit():
        return "0"
    if any(letter.isdigit() for letter in written):
        return "a0"
    if written.isupper():
        return "A" if len(written) == 1 else "AA"
    return "Aa" if written[:1].isupper() else "a"


def _mark(text: str, words: Sequence[Word], place: int) -> str:
    """What stands between this word and the one before."""
    before = words[place - 1].end if place else 0
    return text[before : words[place].start].strip()[:2] if place else "^"
