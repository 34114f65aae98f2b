"""Chooses what a sentence is about: a service, a complaint category or an office."""

from collections import Counter
from typing import Any

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, METADATA
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu import softmax
from nlu.components.intents import RANKING, fit_settings, ranking_of, sentence_features
from nlu.progress import step

TARGETS = "targets"
KINDS = ("layanan", "keluhan", "kantor")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TargetClassifier(IntentClassifier, GraphComponent):
    """Adds `targets`, ranked, to the answer.

    Learns from sentences whose block names a target. What the intents allow weighs in: a
    complaint category hardly ever answers a question about fees.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Ask for any featurizer before this."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults of `softmax.FitSettings` and how many targets to name."""
        return {**vars(softmax.FitSettings()), "folds": 3, "balance": 0.4, "ranking_length": 5}

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        learnt: dict[str, Any] | None = None,
    ) -> None:
        """Hold the learnt model, or none yet before training."""
        self._config = config
        self._storage, self._resource = storage, resource
        self._learnt = learnt or {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "TargetClassifier":
        """Make an untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **options: Any,
    ) -> "TargetClassifier":
        """Load a trained classifier."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(folder / "targets.joblib"))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on the sentences that have a target, and store what was learnt."""
        examples = [example for example in training_data.intent_examples if _target(example)]
        targets = [_target(example) for example in examples]
        intents = [example.get(INTENT) for example in examples]
        features = sentence_features(examples)
        settings = fit_settings(self._config)
        step("targets")
        model = softmax.fit(features, targets, settings)
        step("calibrating targets")
        logits = softmax.out_of_fold(features, targets, settings)
        model.temperature = softmax.temperature(logits, [model.labels.index(t) for t in targets])
        self._learnt = {
            "model": model,
            "allowed": _allowed(intents, targets, _kinds(training_data), model.labels),
        }
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._learnt, folder / "targets.joblib")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the targets of messages."""
        model = self._learnt["model"]
        for message in messages:
            probabilities = model.probabilities(sentence_features([message]))[0]
            probabilities = probabilities * self._weights(message.get(RANKING) or [])
            ranking = ranking_of(model.labels, probabilities / probabilities.sum())
            message.set(TARGETS, ranking[: self._config["ranking_length"]], add_to_output=True)
        return messages

    def _weights(self, intents: list[dict[str, Any]]) -> np.ndarray:
        """How far the likely intents allow each target."""
        allowed = self._learnt["allowed"]
        weights = np.full(len(self._learnt["model"].labels), 1e-3)
        for intent in intents:
            weights += intent["confidence"] * allowed.get(intent["name"], 1e-2)
        return weights


def _target(example: Message) -> str | None:
    return ((example.get(METADATA) or {}).get(INTENT) or {}).get("target")


def _kinds(training_data: TrainingData) -> dict[str, str]:
    names = [table["name"].partition("/") for table in training_data.lookup_tables]
    return {slug: kind for kind, _, slug in names if kind in KINDS}


def _allowed(
    intents: list[str], targets: list[str], kinds: dict[str, str], labels: list[str]
) -> dict[str, np.ndarray]:
    """For each intent, how often its sentences are about targets of each target's kind."""
    counts = Counter(zip(intents, (kinds.get(target) for target in targets)))
    totals = Counter(intents)
    return {
        intent: np.array([counts[intent, kinds.get(label)] / total for label in labels])
        for intent, total in totals.items()
    }
