"""All that is seen in a text before anything is decided: two views, names, plain words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from joblib import Parallel, delayed
from scipy.sparse import csr_matrix

from nlu.entities.lookup import Lookup
from nlu.entities.span import Span
from nlu.features.cores import WORKERS, stretches
from nlu.features.delexicalised import DelexicalisedFeatures, without_names
from nlu.features.text_features import FeatureSettings, TextFeatures
from nlu.text.normalise import read_slang

FULL, DELEXICALISED = "full", "delexicalised"
_AT_ONCE = 1000
_Found = TypeVar("_Found")


@dataclass(frozen=True)
class Seen:
    """What was seen in some texts: one row, one list, one string a text."""

    views: dict[str, csr_matrix]
    names: list[list[Span]]
    normalised: list[str]


class Featurizer:
    """Learns the vocabularies of both views; knows the catalogue's names.

    `full` are all words, `delexicalised` those without the names.
    """

    def __init__(self, names: Mapping[str, list[str]], settings: FeatureSettings) -> None:
        """`names` maps `kind/slug` to names and aliases."""
        self._names = dict(names)
        self.full = TextFeatures(read_slang(), settings)
        self.delexicalised = DelexicalisedFeatures()

    def fit(self, texts: Sequence[str], elsewhere: Iterable[str] = ()) -> "Featurizer":
        """Learn from training sentences; `elsewhere` are places outside the office's area."""
        known = [name for aliases in self._names.values() for name in aliases]
        self.full.fit(texts, known, elsewhere)
        self._lookup = Lookup(self._names, self.full.normaliser)
        self.delexicalised.fit(
            [text for part in _in_parts(self._delexicalised, texts) for text in part]
        )
        return self

    def see(self, texts: Sequence[str]) -> Seen:
        """Return what is seen in texts."""
        names = [self._lookup.find(text) for text in texts]
        left = [self._without(text, found) for text, found in zip(texts, names, strict=True)]
        views = {
            FULL: self.full.transform(texts),
            DELEXICALISED: self.delexicalised.transform(left),
        }
        return Seen(views, names, [self.full.normaliser(text) for text in texts])

    def see_many(self, texts: Sequence[str]) -> list[Seen]:
        """Do the same on all cores, and return it in parts, in order."""
        return _in_parts(self.see, texts)

    def _delexicalised(self, texts: Sequence[str]) -> list[str]:
        return [self._without(text, self._lookup.find(text)) for text in texts]

    def _without(self, text: str, names: Sequence[Span]) -> str:
        return self.full.plain(without_names(text, names))

    def __getstate__(self) -> dict[str, Any]:
        return {"names": self._names, "full": self.full, "delexicalised": self.delexicalised}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._names, self.full = state["names"], state["full"]
        self.delexicalised = state["delexicalised"]
        self._lookup = Lookup(self._names, self.full.normaliser)


def _in_parts(see: Callable[[Sequence[str]], _Found], texts: Sequence[str]) -> list[_Found]:
    parts = stretches(len(texts), _AT_ONCE)
    return list(Parallel(WORKERS)(delayed(see)(texts[part]) for part in parts))
