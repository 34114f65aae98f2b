"""A sentence is like those of a label as far as it is like the nearest of them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.nlu_inside import inside

PROGRAM = """
import json, sys
from scipy.sparse import csr_matrix
from nlu.classifier.similarity import SentenceSimilarity
given = json.load(sys.stdin)
learned = csr_matrix(given["learned"])
similarity = SentenceSimilarity(learned, given["labels"])
print(json.dumps({
    "labels": similarity.labels.tolist(),
    "asked": similarity.to_labels(csr_matrix(given["asked"])).tolist(),
    "others": similarity.among_learnt(learned).tolist(),
}))
"""


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """Similarity to four sentences of label b and, standing between them, one of label a."""
    return dict(
        inside(
            PROGRAM,
            {
                "learned": [[1.0, 0.0], [0.8, 0.6], [0.0, 1.0], [0.6, 0.8], [0.0, 1.0]],
                "labels": ["b", "b", "a", "b", "b"],
                "asked": [[1.0, 0.0], [0.0, 0.0]],
            },
        )
    )


def test_the_mean_of_the_nearest_three_counts(found: dict[str, Any]) -> None:
    assert found["labels"] == ["a", "b"]
    assert found["asked"][0] == pytest.approx([0.0, (1.0 + 0.8 + 0.6) / 3])


def test_nothing_known_is_like_nothing(found: dict[str, Any]) -> None:
    assert found["asked"][1] == [0.0, 0.0]


def test_a_learnt_sentence_does_not_count_as_its_own_neighbour(found: dict[str, Any]) -> None:
    first, _, only_a = found["others"][:3]
    assert first == pytest.approx([0.0, (0.8 + 0.6 + 0.0) / 3])
    assert only_a == pytest.approx([0.0, (0.6 + 0.8 + 1.0) / 3])
