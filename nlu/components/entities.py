"""Adds entities found by rule and by learnt tagging, and the catalogue's names, to the answer."""

from dataclasses import dataclass, field
from typing import Any

import joblib
from joblib import Parallel, delayed
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
from nlu.entities.span import Span
from nlu.entities.tagger import Tagger, spread_of
from nlu.features.cores import WORKERS
from nlu.text.normalise import Normaliser, read_slang

MARKED, OPENING = "contoh/", "awalan/"


@dataclass
class Learnt:
    """What the extractor stores: the office's lists, and a tagger for each marked kind."""

    lists: dict[str, list[str]] = field(default_factory=dict)
    taggers: list[Tagger] = field(default_factory=list)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class ChatEntities(EntityExtractorMixin, GraphComponent):
    """Finds every kind; the catalogue's names were found by `ChatFeaturizer` already."""

    def __init__(
        self,
        storage: ModelStorage,
        resource: Resource,
        learnt: Learnt | None = None,
    ) -> None:
        """Hold what was learnt, or nothing yet before training."""
        self._storage, self._resource = storage, resource
        self._learnt = learnt or Learnt()
        self._finder = Finder(self._learnt.lists)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "ChatEntities":
        """Make an untrained extractor."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **options: Any,
    ) -> "ChatEntities":
        """Load a trained extractor."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, joblib.load(folder / "entities.joblib"))

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the office's lists, and learn from the sentences marked for a kind."""
        tables = {table["name"]: table["elements"] for table in training_data.lookup_tables}
        normaliser = Normaliser(read_slang())
        spread = spread_of((str(e.get(TEXT)) for e in training_data.nlu_examples), normaliser)
        kinds = [name.removeprefix(MARKED) for name in sorted(tables) if name.startswith(MARKED)]
        taggers = Parallel(WORKERS)(
            delayed(Tagger.fit)(
                Tagger(kind, normaliser, spread, tables.get(OPENING + kind, ())),
                tables[MARKED + kind],
            )
            for kind in kinds
        )
        learnt = Learnt({name: tables[name] for name in LISTS if name in tables}, taggers)
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(learnt, folder / "entities.joblib")
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
                for span in sorted([*self._found(text), *(message.get(NAMES) or [])])
            ]
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
        return messages

    def _found(self, text: str) -> list[Span]:
        tagged = [span for tagger in self._learnt.taggers for span in tagger.find(text)]
        return [*self._finder.find(text), *tagged]
