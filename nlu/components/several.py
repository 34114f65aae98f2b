"""Takes a message apart where it may hold several wishes; `nlu.several` decides.

`SplitWishes` stands before the featurizer and adds the parts of each message as messages of
their own, so that the model judges all of them at once. `GatherWishes` stands behind the
classifier, takes the parts out again, and adds to the answer

- `wishes`: intent, confidence, target, target_confidence, start, end of each, in order; empty
  when the message is one wish; a single one is what remains without its courtesies,
- `denied`: start and end of what the message says that it does not mean. What is denied does
  not win: `intent` and `targets` are then those of the rest.
"""

import json
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.featurizer import NAMES
from nlu.several.gather import Findings, gather
from nlu.several.plan import Plan, plan_of
from nlu.several.prediction import Judgement
from nlu.several.wish import KINDS, Wish
from nlu.text.normalise import Normaliser, read_slang

PLAN = "wish_plan"
RANKING, TARGETS = "intent_ranking", "targets"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SplitWishes(GraphComponent):
    """Adds the parts of messages that have joints."""

    def __init__(self) -> None:
        """Read the slang list, for joints in chat spelling."""
        self._normaliser = Normaliser(read_slang())

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SplitWishes":
        """Make the component."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Return the messages, and after them all their parts in order."""
        parts: list[Message] = []
        for message in messages:
            plan = plan_of(str(message.get(TEXT)), self._normaliser.word)
            message.set(PLAN, plan)
            parts.extend(Message({TEXT: text}) for text in plan.texts())
        return [*messages, *parts]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class GatherWishes(GraphComponent):
    """Learns only which target is a service, a complaint or an office."""

    def __init__(
        self, storage: ModelStorage, resource: Resource, kinds: dict[str, str] | None = None
    ) -> None:
        """Hold the kinds of targets, or none yet before training."""
        self._storage, self._resource = storage, resource
        self._kinds = kinds or {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "GatherWishes":
        """Make a component without kinds."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **options: Any,
    ) -> "GatherWishes":
        """Load the kinds of a model."""
        with model_storage.read_from(resource) as folder:
            kinds = json.loads((folder / "kinds.json").read_text(encoding="utf-8"))
        return cls(model_storage, resource, kinds)

    def train(self, training_data: TrainingData) -> Resource:
        """Store the kind of each target, from the look-up tables named `kind/slug`."""
        names = [table["name"].partition("/") for table in training_data.lookup_tables]
        kinds = {slug: kind for kind, _, slug in names if kind in KINDS.values()}
        with self._storage.write_to(self._resource) as folder:
            (folder / "kinds.json").write_text(json.dumps(kinds), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Return the messages without the parts, with what these told."""
        whole = [message for message in messages if message.get(PLAN) is not None]
        judged = iter([_judged(message) for message in messages[len(whole) :]])
        for message in whole:
            plan: Plan = message.get(PLAN)
            parts = [next(judged) for _ in plan.texts()]
            names = message.get(NAMES) or []
            _tell(message, gather(plan, _judged(message), parts, names, self._kinds))
        return whole


def _judged(message: Message) -> Judgement:
    return Judgement(_pairs(message.get(RANKING)), _pairs(message.get(TARGETS)))


def _pairs(ranking: list[dict[str, Any]] | None) -> list[tuple[str, float]]:
    return [(entry["name"], entry["confidence"]) for entry in ranking or []]


def _told(wish: Wish, text: str) -> dict[str, Any]:
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
    if found.instead is not None:
        intents, targets = (
            [{"name": name, "confidence": share} for name, share in ranking]
            for ranking in (found.instead.intents, found.instead.targets)
        )
        message.set(INTENT, intents[0], add_to_output=True)
        message.set(RANKING, intents, add_to_output=True)
        message.set(TARGETS, targets, add_to_output=True)
