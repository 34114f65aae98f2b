"""Puts intent and targets into Rasa's answer; `nlu.classifier.intent_model` decides."""

from dataclasses import replace
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack

from nlu.classifier import intent_model
from nlu.components.featurizer import ChatFeaturizer
from nlu.components.kept import Kept
from nlu.features.featurizer import DELEXICALISED, FULL

SETTINGS = {"C": 20.0, "balance": 0.75, "folds": 4, "topic_C": 20.0, "topic_balance": 0.4}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ChatClassifier(Kept, IntentClassifier):
    """Adds `intent`, `intent_ranking` and `targets` to the answer."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Ask for the featurizer that makes both views."""
        return [ChatFeaturizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings of the regressions, and how many answers to name."""
        return {**SETTINGS, "stacker_c": 0.1, "intents_named": 10, "targets_named": 5}

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on all sentences that have an intent, and store what was learnt."""
        examples = training_data.intent_examples
        learnt = intent_model.fit(
            self.views(examples),
            [str(example.get(INTENT)) for example in examples],
            [_target(example) for example in examples],
            _kinds(training_data),
            self._settings(),
        )
        return self.keep(learnt)

    def views(self, messages: list[Message]) -> intent_model.Views:
        """What is decided by: words and characters."""
        return intent_model.Views(_stacked(messages, FULL), _stacked(messages, DELEXICALISED))

    def process(self, messages: list[Message]) -> list[Message]:
        """Decide for each message, all at once."""
        decided = self._learnt.decide(self.views(messages))
        for message, predicted in zip(messages, decided, strict=True):
            intents = ranked(predicted.intents)[: self._config["intents_named"]]
            targets = ranked(predicted.targets)[: self._config["targets_named"]]
            message.set(INTENT, intents[0], add_to_output=True)
            message.set("intent_ranking", intents, add_to_output=True)
            message.set("targets", targets, add_to_output=True)
        return messages

    def _settings(self) -> intent_model.ModelSettings:
        config, default = self._config, intent_model.ModelSettings()
        intents = replace(
            default.intents, C=config["C"], balance=config["balance"], folds=config["folds"]
        )
        topics = replace(default.topics, C=config["topic_C"], balance=config["topic_balance"])
        return intent_model.ModelSettings(intents, topics, config["stacker_c"])


def ranked(probabilities: dict[str, float]) -> list[dict[str, Any]]:
    """Name the answers, the likeliest first."""
    order = sorted(probabilities.items(), key=lambda item: (-item[1], item[0]))
    return [{"name": name, "confidence": float(share)} for name, share in order]


def _stacked(messages: list[Message], origin: str) -> csr_matrix:
    rows = [message.get_sparse_features(TEXT, [origin])[1].features for message in messages]
    return rows[0] if len(rows) == 1 else vstack(rows, format="csr")


def _target(example: Message) -> str | None:
    return ((example.get(METADATA) or {}).get(INTENT) or {}).get("target")


def _kinds(training_data: TrainingData) -> dict[str, str]:
    names = [table["name"].partition("/") for table in training_data.lookup_tables]
    return {slug: kind for kind, _, slug in names if kind in intent_model.KINDS}
