"""Adds entities found by rule and by the catalogue's names to Rasa's answer."""

import json
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.entities.finder import Finder
from nlu.normalise import read_slang


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class RuleEntities(EntityExtractorMixin, GraphComponent):
    """Learns only lists: the look-up tables of the training data, named `kind/slug`."""

    def __init__(
        self,
        storage: ModelStorage,
        resource: Resource,
        finder: Finder | None = None,
    ) -> None:
        """Hold the lists, or none yet before training."""
        self._storage, self._resource = storage, resource
        self._finder = finder

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "RuleEntities":
        """Make an extractor without lists."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **options: Any,
    ) -> "RuleEntities":
        """Load the lists of a model."""
        with model_storage.read_from(resource) as folder:
            lists = json.loads((folder / "lists.json").read_text(encoding="utf-8"))
        return cls(model_storage, resource, Finder(lists["names"], lists["slang"]))

    def train(self, training_data: TrainingData) -> Resource:
        """Store the look-up tables and the slang list with the model."""
        names = {table["name"]: table["elements"] for table in training_data.lookup_tables}
        lists = {"names": names, "slang": read_slang()}
        with self._storage.write_to(self._resource) as folder:
            (folder / "lists.json").write_text(json.dumps(lists), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities of messages."""
        for message in messages:
            text = str(message.get(TEXT))
            entities = [
                {
                    "entity": span.kind,
                    "start": span.start,
                    "end": span.end,
                    "value": span.value,
                    "text": text[span.start : span.end],
                }
                for span in self._finder.find(text)
            ]
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
        return messages
