"""Turns sentences into sparse numbers: words, word pairs, stems and character n-grams."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from scipy.sparse import csr_matrix

from nlu.features.tfidf import CharacterAnalyzer, Tfidf, matrix
from nlu.text.affixes import stem
from nlu.text.courtesy import without_courtesy
from nlu.text.normalise import Normaliser
from nlu.text.tokenizer import cut, fold

_MASKS = (
    (re.compile(r"\bskm[\s\-_./]*(?:[a-z0-9][\s\-_./]?){6}(?![a-z0-9])"), " kodeberkas "),
    (re.compile(r"(?<!\d)\d(?:[ .\-]?\d){15}(?!\d)"), " nomornik "),
    (re.compile(r"(?<!\d)(?:\+?62|0)[ \-.]?8\d(?:[ \-.]?\d){7,10}(?!\d)"), " nomorhp "),
    (re.compile(r"\brt[\s.:/]*\d{1,3}(?:[\s./,]*rw[\s.:/]*\d{1,3})?"), " rtrw "),
    (re.compile(r"\d+"), " 0 "),
)


@dataclass(frozen=True)
class FeatureSettings:
    """What is counted, and how much each kind counts beside the others."""

    word_pairs: bool = True
    stems: bool = True
    char_min: int = 3
    char_max: int = 5
    char_weight: float = 1.0
    min_count: int = 2


class TextFeatures:
    """Learns its vocabulary from training sentences; each kind of feature has length one."""

    def __init__(self, slang: Mapping[str, str], settings: FeatureSettings) -> None:
        self.settings = settings
        self._slang = dict(slang)
        self.normaliser = Normaliser(slang)
        self._elsewhere: list[str] = []
        self._masks = _masks(self._elsewhere)
        characters = CharacterAnalyzer(settings.char_min, settings.char_max)
        self._words = Tfidf(WordAnalyzer(settings), settings.min_count)
        self._chars = Tfidf(characters, settings.min_count)

    def fit(
        self, texts: Sequence[str], names: Iterable[str] = (), elsewhere: Iterable[str] = ()
    ) -> "TextFeatures":
        """Learn words from texts, and as words known to be right those of `names`.

        `elsewhere` are places outside the office's area: one is as good as another.
        """
        self._elsewhere = list(elsewhere)
        self._masks = _masks(self._elsewhere)
        counts = Counter(word.text for text in texts for word in cut(text))
        named = {word.text for name in names for word in cut(name)}
        known = named | {word for word, count in counts.items() if count >= 3}
        self.normaliser = Normaliser(self._slang, known)
        plain = [self.plain(text) for text in texts]
        self._words.fit(plain)
        self._chars.fit(plain)
        return self

    def plain(self, text: str) -> str:
        """Return the text as the features see it: normalised, numbers masked, no courtesies."""
        masked = fold(text)
        for pattern, name in self._masks:
            masked = pattern.sub(name, masked)
        return without_courtesy(self.normaliser(masked))

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """Return one row of features a text."""
        plain = [self.plain(text) for text in texts]
        return matrix((self._words, self._chars), plain, (1.0, self.settings.char_weight))

    def __getstate__(self) -> dict[str, Any]:
        return {
            "slang": self._slang,
            "known": sorted(self.normaliser.known),
            "settings": asdict(self.settings),
            "elsewhere": self._elsewhere,
            "words": self._words,
            "chars": self._chars,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(state["slang"], FeatureSettings(**state["settings"]))
        self.normaliser = Normaliser(state["slang"], state["known"])
        self._elsewhere = state["elsewhere"]
        self._masks = _masks(self._elsewhere)
        self._words, self._chars = state["words"], state["chars"]


class WordAnalyzer:
    """Lists the word features of a plain text: words, neighbouring pairs, stems."""

    def __init__(self, settings: FeatureSettings) -> None:
        self._settings = settings

    def __call__(self, plain: str) -> list[str]:
        """Return the features of one text, repeated as often as they occur."""
        words = plain.replace("-", " ").split()
        features = list(words)
        if self._settings.word_pairs:
            features += [f"{left} {right}" for left, right in itertools.pairwise(words)]
        if self._settings.stems:
            features += [f"~{stem(word)}" for word in words]
        return features


def _masks(elsewhere: Sequence[str]) -> list[tuple[re.Pattern[str], str]]:
    if not elsewhere:
        return list(_MASKS)
    names = "|".join(re.escape(name) for name in sorted(elsewhere, key=len, reverse=True))
    return [(re.compile(rf"\b(?:{names})\b"), " daerahlain "), *_MASKS]
