"""How much a sentence is like the sentences of each label that were learnt.

A regression weighs single words; what is said by several of them together, a similar sentence
still tells (k nearest neighbours).
"""

from collections.abc import Sequence

import numpy as np
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix

from nlu.features.cores import WORKERS, stretches

NEAREST = 3
_ROWS_AT_ONCE = 500


class SentenceSimilarity:
    """The learnt sentences, by label."""

    def __init__(self, features: csr_matrix, labels: Sequence[str]) -> None:
        answers = np.asarray(labels)
        self._order = np.argsort(answers, kind="stable")
        self.labels, self._starts, sizes = np.unique(
            answers[self._order], return_index=True, return_counts=True
        )
        self._counted = np.minimum(sizes, NEAREST)
        self._by_feature = features[self._order].T.tocsr()

    def to_labels(self, features: csr_matrix) -> np.ndarray:
        """Mean of the dot products with the nearest sentences; a row a text, a column a label."""
        parts = stretches(features.shape[0], _ROWS_AT_ONCE)
        return np.vstack([self._nearest(self._similar(features[rows])) for rows in parts])

    def among_learnt(self, features: csr_matrix) -> np.ndarray:
        """Return the same of the learnt sentences themselves, each without itself."""
        own = np.argsort(self._order)
        similar = Parallel(WORKERS, backend="threading")(
            delayed(self._to_others)(features[rows], own[rows])
            for rows in stretches(len(own), _ROWS_AT_ONCE)
        )
        return np.vstack(similar)

    def _to_others(self, features: csr_matrix, own: np.ndarray) -> np.ndarray:
        similar = self._similar(features)
        similar[np.arange(len(own)), own] = 0.0
        return self._nearest(similar)

    def _similar(self, features: csr_matrix) -> np.ndarray:
        return (features @ self._by_feature).toarray()

    def _nearest(self, similar: np.ndarray) -> np.ndarray:
        best = np.zeros((len(similar), len(self.labels), NEAREST), dtype=similar.dtype)
        for label, group in enumerate(np.split(similar, self._starts[1:], axis=1)):
            count = min(NEAREST, group.shape[1])
            best[:, label, :count] = np.partition(group, -count, axis=1)[:, -count:]
        return best.sum(axis=2) / self._counted
