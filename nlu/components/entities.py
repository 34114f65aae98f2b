"""Adds entities found by rule and by learnt tagging, and the catalogue's names, to the answer."""

from dataclasses import dataclass, field
from typing import Any

from joblib import Parallel, delayed
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.featurizer import NAMES
from nlu.components.kept import Kept
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
class ChatEntities(Kept, EntityExtractorMixin):
    """Finds every kind; the catalogue's names were found by `ChatFeaturizer` already."""

    def __init__(self, *kept: Any) -> None:
        """Hold what was learnt, or nothing yet before training."""
        super().__init__(*kept)
        self._learnt = self._learnt or Learnt()
        self._finder = Finder(self._learnt.lists)

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
        return self.keep(Learnt({name: tables[name] for name in LISTS if name in tables}, taggers))

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
