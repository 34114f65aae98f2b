"""The tokenizer and featurizer for Indonesian chat: plain words, stems, character n-grams."""

from itertools import islice
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.kept import Kept
from nlu.entities.finder import CATALOGUE_KINDS
from nlu.features.featurizer import Featurizer, Seen
from nlu.features.text_features import FeatureSettings
from nlu.text.tokenizer import cut

NORMALISED = "normalised"
NAMES = "catalogue_names"
ELSEWHERE = "daerah_lain/nama"


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
class ChatFeaturizer(Kept, SparseFeaturizer):
    """Adds the views `full` and `delexicalised` as sentence features, and the normalised text.

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

    def train(self, training_data: TrainingData) -> Resource:
        """Learn both vocabularies and store them."""
        texts = [str(example.get(TEXT)) for example in training_data.nlu_examples]
        tables = _tables(training_data)
        learnt = Featurizer(_catalogue_names(tables), _settings(self._config))
        learnt.fit(texts, tables.get(ELSEWHERE, []))
        return self.keep(learnt)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add features to all training sentences, on all cores."""
        examples = iter(training_data.nlu_examples)
        texts = [str(example.get(TEXT)) for example in training_data.nlu_examples]
        for seen in self._learnt.see_many(texts):
            _add(list(islice(examples, len(seen.names))), seen)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add both views, the names found and the normalised text to messages."""
        _add(messages, self._learnt.see([str(message.get(TEXT)) for message in messages]))
        return messages


def _add(messages: list[Message], seen: Seen) -> None:
    for number, message in enumerate(messages):
        for origin, rows in seen.views.items():
            message.add_features(Features(rows[number], FEATURE_TYPE_SENTENCE, TEXT, origin))
        message.set(NAMES, seen.names[number])
        message.set(NORMALISED, seen.normalised[number], add_to_output=True)


def _catalogue_names(tables: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: found for name, found in tables.items() if name.split("/")[0] in CATALOGUE_KINDS}


def _tables(training_data: TrainingData) -> dict[str, list[str]]:
    return {table["name"]: table["elements"] for table in training_data.lookup_tables}


def _settings(config: dict[str, Any]) -> FeatureSettings:
    known = FeatureSettings.__dataclass_fields__
    return FeatureSettings(**{key: value for key, value in config.items() if key in known})
