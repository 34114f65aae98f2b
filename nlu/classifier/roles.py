"""What a message is in a conversation: a wish of its own, or a reply to a question.

The words alone tell much ("mau", "gimana"), and so does their shape: a name is a few words that
no wish has, an address has numbers, a wish often ends in a question.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from scipy.sparse import csr_matrix

from nlu.classifier import calibration
from nlu.classifier.calibration import CalibratedModel, FitSettings, regression
from nlu.classifier.progress import step
from nlu.features.tfidf import CharacterAnalyzer, Tfidf, matrix
from nlu.text.normalise import Normaliser, read_slang

WISH = "keinginan"
_NUMBER = re.compile(r"\d+")
COMMON = 5
LONGEST_SHAPE = 3
SETTINGS = FitSettings(C=10.0, balance=1.0, folds=4)


class RoleAnalyzer:
    """Lists words, pairs, where they stand, and the shape of a message."""

    def __init__(self, known: frozenset[str], plain: Normaliser) -> None:
        """`known` are the words that wishes are made of."""
        self._known, self._plain = known, plain

    def __call__(self, text: str) -> Iterator[str]:
        """Yield the features of one message as it was written."""
        words = ["^", *self.words(text), "$"]
        yield from words[1:-1]
        yield from (" ".join(pair) for pair in itertools.pairwise(words))
        shape = ["^", *(self._shape(word) for word in words[1:-1]), "$"]
        for size in range(1, LONGEST_SHAPE + 1):
            for start in range(len(shape) - size + 1):
                yield "~" + "".join(shape[start : start + size])
        yield f"#{min(len(words) - 2, 12) // 2}"
        if "?" in text:
            yield "~?"
        if all(word[:1].isupper() for word in text.split()):
            yield "~Capitals"

    def words(self, text: str) -> list[str]:
        """The words in plain spelling."""
        return _NUMBER.sub("0", self._plain(text)).replace("-", " ").split()

    def _shape(self, word: str) -> str:
        if any(char.isdigit() for char in word):
            return "0"
        return "k" if word in self._known else "u"


class Roles:
    """Learns the roles; `of` gives them a message."""

    _kinds: tuple[Tfidf, Tfidf]
    _model: CalibratedModel

    def fit(self, wishes: Sequence[str], replies: Mapping[str, Sequence[str]]) -> "Roles":
        """Learn from wishes and from replies by role; some of these may be wishes too."""
        step("replies")
        said = [(text, WISH) for text in wishes]
        said += [(text, role) for role, texts in replies.items() for text in texts]
        texts, roles = [text for text, _ in said], [role for _, role in said]
        plain = Normaliser(read_slang())
        counts = Counter(word for text in wishes for word in set(plain(text).split()))
        known = frozenset(word for word, count in counts.items() if count >= COMMON)
        words = RoleAnalyzer(known, plain)
        self._kinds = (Tfidf(words, 2), Tfidf(_Characters(words), 3))
        for kind in self._kinds:
            kind.fit(texts)
        task = regression(self._features(texts), roles, SETTINGS)
        [(self._model, logits)] = calibration.fit_all([task])
        answers = [self._model.labels.index(role) for role in roles]
        self._model.temperature = calibration.temperature(logits, answers)
        return self

    def of(self, text: str) -> dict[str, float]:
        """How likely each role is, 0 to 1, all together 1."""
        [shares] = self._model.probabilities(self._features([text])).tolist()
        return dict(zip(self._model.labels, shares, strict=True))

    def _features(self, texts: Sequence[str]) -> csr_matrix:
        return matrix(self._kinds, texts, (1.0, 0.6))


class _Characters:
    """Parts of words, so that slips and regional forms are seen too."""

    def __init__(self, analyzer: RoleAnalyzer) -> None:
        self._words, self._parts = analyzer.words, CharacterAnalyzer(3, 4)

    def __call__(self, text: str) -> Iterator[str]:
        return self._parts(" ".join(self._words(text)))
