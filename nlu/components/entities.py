"""Adds entities found by rule, and the catalogue's names, to Rasa's answer."""

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

from nlu.components.featurizer import NAMES
from nlu.entities.finder import LISTS, Finder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class RuleEntities(EntityExtractorMixin, GraphComponent):
    """Learns only lists; the catalogue's names were found by `ChatFeaturizer` already."""

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
        return cls(model_storage, resource, Finder(lists))

    def train(self, training_data: TrainingData) -> Resource:
        """Store the look-up tables that name no service with the model."""
        tables = {table["name"]: table["elements"] for table in training_data.lookup_tables}
        lists = {name: tables[name] for name in LISTS if name in tables}
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
                for span in sorted([*self._finder.find(text), *(message.get(NAMES) or [])])
            ]
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
        return messages
