"""Chooses the intent: logistic regression with calibrated probabilities and thresholds."""

from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack

from nlu import softmax
from nlu.progress import step
from nlu.thresholds import choose

THRESHOLDS = "thresholds"
RANKING = "intent_ranking"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CalibratedIntents(IntentClassifier, GraphComponent):
    """Adds `intent`, `intent_ranking` and the model's `thresholds` to the answer."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Ask for any featurizer before this."""
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults of `softmax.FitSettings`."""
        return {**vars(softmax.FitSettings()), "ranking_length": 10}

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
    ) -> "CalibratedIntents":
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
    ) -> "CalibratedIntents":
        """Load a trained classifier."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(folder / "intents.joblib"))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit, calibrate on sentences left out, choose thresholds, and store all of it."""
        examples = training_data.intent_examples
        labels = [example.get(INTENT) for example in examples]
        features = sentence_features(examples)
        settings = fit_settings(self._config)
        step("intents")
        model = softmax.fit(features, labels, settings)
        step("calibrating")
        logits = softmax.out_of_fold(features, labels, settings)
        answers = [model.labels.index(label) for label in labels]
        model.temperature = softmax.temperature(logits, answers)
        probabilities = softmax.softmax(logits / model.temperature)
        thresholds = choose(probabilities, answers, model.labels)
        self._learnt = {"model": model, "thresholds": thresholds}
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._learnt, folder / "intents.joblib")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the intents of messages."""
        for message in messages:
            ranking = ranked(self._learnt["model"], sentence_features([message]))
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(RANKING, ranking[: self._config["ranking_length"]], add_to_output=True)
            message.set(THRESHOLDS, self._learnt["thresholds"], add_to_output=True)
        return messages


def sentence_features(messages: list[Message]) -> csr_matrix:
    """Stack the sparse sentence features of messages."""
    rows = [message.get_sparse_features(TEXT, [])[1].features for message in messages]
    return rows[0].tocsr() if len(rows) == 1 else vstack(rows).tocsr()


def ranked(model: softmax.CalibratedSoftmax, features: csr_matrix) -> list[dict[str, Any]]:
    """Return the labels of one text with their probabilities, the likeliest first."""
    return ranking_of(model.labels, model.probabilities(features)[0])


def ranking_of(labels: list[str], probabilities: softmax.Matrix) -> list[dict[str, Any]]:
    """Pair labels with probabilities, the likeliest first."""
    order = probabilities.argsort()[::-1]
    return [{"name": labels[i], "confidence": float(probabilities[i])} for i in order]


def fit_settings(config: dict[str, Any]) -> softmax.FitSettings:
    """Pick the settings of the regression out of a component's configuration."""
    known = softmax.FitSettings.__dataclass_fields__
    return softmax.FitSettings(**{key: config[key] for key in known if key in config})
