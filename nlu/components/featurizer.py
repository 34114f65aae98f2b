"""The tokenizer and featurizer for Indonesian chat: plain words, stems, character n-grams."""

from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.features import FeatureSettings, TextFeatures
from nlu.normalise import read_slang
from nlu.words import cut

NORMALISED = "normalised"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class ChatTokenizer(Tokenizer):
    """Cuts words at the places where the features cut them; positions are the original's."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings that Rasa's tokenizers share."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_"}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Return the message's words."""
        words = cut(message.get(attribute))
        return [Token(word.text, word.start, word.end) for word in words]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class ChatFeaturizer(SparseFeaturizer, GraphComponent):
    """Learns `TextFeatures`; adds them, and the normalised text, to every message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults of `FeatureSettings`."""
        return {FEATURIZER_CLASS_ALIAS: None, **vars(FeatureSettings())}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Refuse unknown settings."""
        _settings(config)

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        storage: ModelStorage,
        resource: Resource,
        features: TextFeatures | None = None,
    ) -> None:
        """Hold the learnt features, or none yet before training."""
        super().__init__(name, config)
        self._storage, self._resource = storage, resource
        self._features = features

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ChatFeaturizer":
        """Make an untrained featurizer."""
        return cls(config, execution_context.node_name, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **options: Any,
    ) -> "ChatFeaturizer":
        """Load a trained featurizer."""
        with model_storage.read_from(resource) as folder:
            features = joblib.load(folder / "features.joblib")
        return cls(config, execution_context.node_name, model_storage, resource, features)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the vocabulary and store it."""
        texts = [str(example.get(TEXT)) for example in training_data.nlu_examples]
        names = [name for table in training_data.lookup_tables for name in table["elements"]]
        self._features = TextFeatures(read_slang(), _settings(self._config)).fit(texts, names)
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._features, folder / "features.joblib")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add features to all training sentences at once."""
        self.process(training_data.nlu_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add features and the normalised text to messages."""
        texts = [str(message.get(TEXT)) for message in messages]
        rows = self._features.transform(texts)
        for number, message in enumerate(messages):
            self.add_features_to_message(None, rows[number].tocoo(), TEXT, message)
            normalised = self._features.normalised(texts[number])
            message.set(NORMALISED, normalised, add_to_output=True)
        return messages


def _settings(config: dict[str, Any]) -> FeatureSettings:
    known = FeatureSettings.__dataclass_fields__
    return FeatureSettings(**{key: value for key, value in config.items() if key in known})
