"""How much a sentence is like the sentences of each label that were learnt.

A regression weighs single words; what is said by several of them together, a similar sentence
still tells (k nearest neighbours).
"""

from collections.abc import Iterator, Sequence

import numpy as np
from scipy.sparse import csr_matrix

NEAREST = 3
_ROWS_AT_ONCE = 500


class Neighbours:
    """The learnt sentences, by label."""

    def __init__(self, features: csr_matrix, labels: Sequence[str]) -> None:
        answers = np.asarray(labels)
        self._order = np.argsort(answers, kind="stable")
        self.labels, self._starts = np.unique(answers[self._order], return_index=True)
        self._by_feature = features[self._order].T.tocsr()

    def likeness(self, features: csr_matrix) -> np.ndarray:
        """Mean of the dot products with the nearest sentences; a row a text, a column a label."""
        return np.vstack([self._nearest(rows) for rows in self._similar(features)])

    def likeness_to_others(self, features: csr_matrix) -> np.ndarray:
        """Return the same of the learnt sentences themselves, each without itself."""
        own = np.argsort(self._order)
        found = []
        for start, rows in zip(
            range(0, len(own), _ROWS_AT_ONCE), self._similar(features), strict=True
        ):
            rows[np.arange(len(rows)), own[start : start + len(rows)]] = 0.0
            found.append(self._nearest(rows))
        return np.vstack(found)

    def _similar(self, features: csr_matrix) -> Iterator[np.ndarray]:
        for start in range(0, features.shape[0], _ROWS_AT_ONCE):
            yield (features[start : start + _ROWS_AT_ONCE] @ self._by_feature).toarray()

    def _nearest(self, similar: np.ndarray) -> np.ndarray:
        columns = np.split(similar, self._starts[1:], axis=1)
        return np.column_stack([_mean_of_best(group) for group in columns])


def _mean_of_best(similar: np.ndarray) -> np.ndarray:
    count = min(NEAREST, similar.shape[1])
    return np.partition(similar, -count, axis=1)[:, -count:].mean(axis=1)
