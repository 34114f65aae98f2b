"""The tokenizer and featurizer for Indonesian chat: plain words, stems, character n-grams."""

from dataclasses import dataclass
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.bare import BareFeatures, without_names
from nlu.entities.finder import CATALOGUE_KINDS
from nlu.entities.lookup import Lookup
from nlu.entities.span import Span
from nlu.features import FeatureSettings, TextFeatures
from nlu.normalise import read_slang
from nlu.words import cut

NORMALISED = "normalised"
NAMES = "catalogue_names"
ELSEWHERE = "daerah_lain/nama"
FULL, BARE = "full", "bare"


@dataclass
class Learnt:
    """What the featurizer stores: both views' vocabularies and the catalogue's names."""

    full: TextFeatures
    bare: BareFeatures
    names: dict[str, list[str]]

    def __post_init__(self) -> None:
        self.lookup = Lookup(self.names, self.full.normaliser)

    def __getstate__(self) -> dict[str, Any]:
        return {"full": self.full, "bare": self.bare, "names": self.names}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(**state)

    def without_names(self, text: str, names: list[Span]) -> str:
        """Return the normalised text with the catalogue's names taken out."""
        return self.full.plain(without_names(text, names))


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
    """Adds two views as sparse sentence features, `full` and `bare`, and the normalised text.

    The catalogue's names found on the way stay with the message for `ChatEntities`.
    """

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
        learnt: Learnt | None = None,
    ) -> None:
        """Hold what was learnt, or nothing yet before training."""
        super().__init__(name, config)
        self._storage, self._resource = storage, resource
        self._learnt = learnt

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
            learnt = joblib.load(folder / "features.joblib")
        return cls(config, execution_context.node_name, model_storage, resource, learnt)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn both vocabularies and store them."""
        texts = [str(example.get(TEXT)) for example in training_data.nlu_examples]
        names = _catalogue_names(training_data)
        known = [name for aliases in names.values() for name in aliases]
        elsewhere = _tables(training_data).get(ELSEWHERE, [])
        full = TextFeatures(read_slang(), _settings(self._config)).fit(texts, known, elsewhere)
        learnt = Learnt(full, BareFeatures(), names)
        learnt.bare.fit([learnt.without_names(text, learnt.lookup.find(text)) for text in texts])
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(learnt, folder / "features.joblib")
        self._learnt = learnt
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add features to all training sentences at once."""
        self.process(training_data.nlu_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add both views, the names found and the normalised text to messages."""
        texts = [str(message.get(TEXT)) for message in messages]
        names = [self._learnt.lookup.find(text) for text in texts]
        bare = [
            self._learnt.without_names(text, found)
            for text, found in zip(texts, names, strict=False)
        ]
        views = {FULL: self._learnt.full.transform(texts), BARE: self._learnt.bare.transform(bare)}
        for number, message in enumerate(messages):
            for origin, rows in views.items():
                row = rows[number].tocoo()
                message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, origin))
            message.set(NAMES, names[number])
            normalised = self._learnt.full.normaliser(texts[number])
            message.set(NORMALISED, normalised, add_to_output=True)
        return messages


def _catalogue_names(training_data: TrainingData) -> dict[str, list[str]]:
    tables = _tables(training_data)
    return {name: found for name, found in tables.items() if name.split("/")[0] in CATALOGUE_KINDS}


def _tables(training_data: TrainingData) -> dict[str, list[str]]:
    return {table["name"]: table["elements"] for table in training_data.lookup_tables}


def _settings(config: dict[str, Any]) -> FeatureSettings:
    known = FeatureSettings.__dataclass_fields__
    return FeatureSettings(**{key: value for key, value in config.items() if key in known})
