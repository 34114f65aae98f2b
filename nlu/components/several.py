"""Takes a message apart where it may hold several wishes; `nlu.several` decides.

`SplitWishes` stands before the featurizer and adds the parts of each message as messages of
their own, so that the model judges all of them at once. `GatherWishes` stands behind the
classifier, takes the parts out again, and adds to the answer

- `wishes`: intent, confidence, target, target_confidence, start, end of each, in order; empty
  when the message is one wish; a single one is what remains without its courtesies,
- `besides`: the same of at most one thing that the message seems to tell of as well,
- `denied`: start and end of what the message says that it does not mean. What is denied does
  not win: `intent` and `targets` are then those of the rest.
"""

from dataclasses import dataclass, field
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.featurizer import NAMES
from nlu.components.kept import Kept
from nlu.several.besides import Besides
from nlu.several.gather import Findings, gather
from nlu.several.language import Language, read_language
from nlu.several.plan import Plan, plan_of
from nlu.several.prediction import Prediction
from nlu.several.wish import Wish
from nlu.text.normalise import Normaliser, read_slang

PLAN = "several_plan"
RANKING, TARGETS = "intent_ranking", "targets"


@dataclass
class Learnt:
    """What both components keep: the words of data/, and which target is of which kind."""

    language: Language = field(default_factory=read_language)
    normaliser: Normaliser = field(default_factory=lambda: Normaliser(read_slang()))
    kinds: dict[str, str] = field(default_factory=dict)


class _Keeping(Kept):
    """Stores `Learnt` with the model, so that serving needs nothing of data/."""

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the words, and the kind of each target from the look-up tables `kind/slug`."""
        learnt = Learnt()
        names = [table["name"].partition("/") for table in training_data.lookup_tables]
        known = set(learnt.language.kinds.values())
        learnt.kinds = {slug: kind for kind, _, slug in names if kind in known}
        return self.keep(learnt)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SplitWishes(_Keeping):
    """Adds the parts of messages that have boundaries."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Return the messages, and after them all their parts in order."""
        parts: list[Message] = []
        plain, language = self._learnt.normaliser.word, self._learnt.language
        for message in messages:
            plan = plan_of(str(message.get(TEXT)), plain, language)
            message.set(PLAN, plan)
            parts.extend(Message({TEXT: text}) for text in plan.texts())
        return [*messages, *parts]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class GatherWishes(_Keeping):
    """Puts the parts together again."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Return the messages without the parts, with what these told."""
        whole = [message for message in messages if message.get(PLAN) is not None]
        predicted = iter([_predicted(message) for message in messages[len(whole) :]])
        kinds, language = self._learnt.kinds, self._learnt.language
        for message in whole:
            plan: Plan = message.get(PLAN)
            parts = [next(predicted) for _ in plan.texts()]
            names = message.get(NAMES) or []
            _tell(message, gather(plan, _predicted(message), parts, names, kinds, language))
        return whole


def _predicted(message: Message) -> Prediction:
    return Prediction(_pairs(message.get(RANKING)), _pairs(message.get(TARGETS)))


def _pairs(ranking: list[dict[str, Any]] | None) -> list[tuple[str, float]]:
    return [(entry["name"], entry["confidence"]) for entry in ranking or []]


def _told(wish: Wish | Besides, text: str) -> dict[str, Any]:
    said = text[wish.start : wish.end]
    return {
        "intent": wish.intent,
        "confidence": wish.confidence,
        "target": wish.target,
        "target_confidence": wish.target_confidence,
        "start": wish.end - len(said.lstrip()),
        "end": wish.start + len(said.rstrip()),
    }


def _tell(message: Message, found: Findings) -> None:
    text = str(message.get(TEXT))
    wishes = [_told(wish, text) for wish in found.wishes]
    denied = [{"start": denial.start, "end": denial.end} for denial in found.denied]
    message.set("wishes", wishes, add_to_output=True)
    message.set("denied", denied, add_to_output=True)
    besides = [_told(each, text) for each in found.besides]
    message.set("besides", besides, add_to_output=True)
    if found.instead is not None:
        intents, targets = (
            [{"name": name, "confidence": share} for name, share in ranking]
            for ranking in (found.instead.intents, found.instead.targets)
        )
        message.set(INTENT, intents[0], add_to_output=True)
        message.set(RANKING, intents, add_to_output=True)
        message.set(TARGETS, targets, add_to_output=True)
