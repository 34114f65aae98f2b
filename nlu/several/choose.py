"""Chooses between one wish and several, from what the model makes of a message's parts.

Conservative: a message comes apart only where each part is surely a wish of its own, and where
the boundary turns strongly enough for this pair of wishes. A wrong cut tears a story; a missed
one costs the citizen one more message.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from nlu.entities.span import Span
from nlu.several.boundaries import Boundary
from nlu.several.compatibility import all_fit
from nlu.several.language import Language, Turn
from nlu.several.plan import PartSpan, Plan
from nlu.several.prediction import Prediction
from nlu.several.wish import Wish

SURE = 0.7
SURE_OF_TARGET = 0.5
SURE_OF_NAME = 0.8
NAMED = 0.85
MOST_WORDS_OF_NAME = 4
SOON = 4
"""Words behind "sama" or "dan" in which a second wish must show itself."""


@dataclass(frozen=True)
class Message:
    """A message with its plan, the catalogue's names in it, and which target is of what kind."""

    plan: Plan
    names: Sequence[Span]
    kinds: Mapping[str, str]
    language: Language

    def has_name(self, start: int, end: int) -> bool:
        """Whether a name begins in a stretch."""
        return any(start <= name.start < end for name in self.names)

    def named(self, kind: str, start: int, end: int) -> set[str]:
        """What is called by its name in a stretch."""
        inside = (name for name in self.names if start <= name.start < end)
        return {name.value for name in inside if name.kind == kind}


def choose(message: Message, predicted: Mapping[PartSpan, Prediction]) -> list[Wish]:
    """Return the wishes in order, without courtesies; none when the message is one as a whole.

    A single one is what remains when courtesies are cut off. Several sure wishes rank before
    the one that hides them.
    """
    found = (_wishes(message, predicted, spans) for spans in _partitions(message))
    fitting = [wishes for wishes in found if all_fit(wishes, message.language)]
    surety = lambda wishes: (len(wishes) > 1, min(wish.sure for wish in wishes))  # noqa: E731
    return max(fitting, key=surety, default=[])


def _partitions(message: Message) -> Iterator[list[PartSpan]]:
    """Every way to cut a message at one boundary or more."""
    boundaries = message.plan.boundaries
    free = [number for number, each in enumerate(boundaries) if _may_part(message, each)]
    for count in range(1, len(free) + 1):
        for cuts in combinations(free, count):
            firsts = [0, *(cut + 1 for cut in cuts)]
            yield list(zip(firsts, [*cuts, len(boundaries)], strict=True))


def _may_part(message: Message, boundary: Boundary) -> bool:
    """Whether a boundary may part wishes: "pajak bumi dan bangunan", "kucing sama anjing" do not.

    A word that also joins things must be followed soon by a name or a word of wanting.
    """
    if boundary.turn is not Turn.LINK:
        return True
    start, end = boundary.start, boundary.end
    if any(name.start < start and end < name.end for name in message.names):
        return False
    joining = message.language.words["gabung"]
    joins = any(word.is_any(joining) for word in message.plan.said(start, end))
    return not joins or _wish_shows(message, end)


def _wish_shows(message: Message, start: int) -> bool:
    """Whether a name of the catalogue or a word of wanting is among the next words."""
    soon = message.plan.said(start, len(message.plan.text))[:SOON]
    cues = [message.language.words[name] for name in ("tanda_keperluan", "mengurus")]
    wants = any(word.is_any(words) for word in soon for words in cues)
    return wants or message.has_name(start, soon[-1].end if soon else start)


def _wishes(
    message: Message, predicted: Mapping[PartSpan, Prediction], spans: Sequence[PartSpan]
) -> list[Wish]:
    """The wish of each part that is no courtesy; none at all where one is no clear wish."""
    wishes: list[Wish] = []
    intents = message.language.intents
    for span in spans:
        if not wishes and _only_begins(message, *message.plan.stretch(span)):
            continue
        wish = _wish(message, span, predicted[span], wishes)
        if wish.confidence < SURE or wish.intent in intents["bukan_keperluan"]:
            return []
        about = message.language.kinds.keys() - intents["tahu_dari_percakapan"]
        if wish.target is None and wish.intent in about:
            return []
        if wish.intent not in intents["sopan"]:
            wishes.append(wish)
    return wishes


def _only_begins(message: Message, start: int, end: int) -> bool:
    """Whether a message only begins with a word such as "nanti" or "pak"."""
    return len(message.plan.said(start, end)) <= 1 and not message.has_name(start, end)


def _wish(
    message: Message, span: PartSpan, prediction: Prediction, before: Sequence[Wish]
) -> Wish:
    plan, language = message.plan, message.language
    stretch, words = plan.stretch(span), plan.said(*plan.stretch(span))
    turn = plan.boundaries[max(span[0] - 1, 0)].turn
    intent, confidence = prediction.intent
    is_few = turn >= Turn.LINK and len(words) <= MOST_WORDS_OF_NAME
    if before and is_few and _is_name(message, stretch, prediction, before[-1]):
        intent, confidence = before[-1].intent, before[-1].confidence
    target, surety = _target(message, stretch, intent, prediction, before)
    sure = confidence * (surety if intent in language.kinds else 1.0)
    added = any(word.is_any(language.words["tambahan"]) for word in words)
    return Wish(intent, confidence, target, surety, *stretch, turn, sure, added)


def _is_name(
    message: Message, stretch: tuple[int, int], prediction: Prediction, before: Wish
) -> bool:
    """Whether a name goes on with what was wanted before: "... sama surat domisili"."""
    kind = message.language.opens.get(before.intent, "")
    target, surety = prediction.target
    return surety >= SURE_OF_NAME and target in message.named(kind, *stretch)


def _target(
    message: Message,
    stretch: tuple[int, int],
    intent: str,
    prediction: Prediction,
    before: Sequence[Wish],
) -> tuple[str | None, float]:
    """The target that the model is sure of, else one that is named, else the one before."""
    target, surety = prediction.target
    kind = message.language.kinds.get(intent)
    if kind is None:
        return (target, surety) if surety >= SURE_OF_TARGET else (None, 0.0)
    named = message.named(kind, *stretch)
    if target in named:
        return target, max(surety, NAMED)
    if surety >= SURE_OF_TARGET:
        return (target, surety) if message.kinds.get(str(target)) == kind else (None, 0.0)
    if len(named) == 1:
        return named.pop(), NAMED
    return _inherited(message, intent, before)


def _inherited(message: Message, intent: str, before: Sequence[Wish]) -> tuple[str | None, float]:
    """A question without a name of its own is about what was spoken of before, maybe earlier."""
    intents = message.language.intents
    if before and {intent, before[-1].intent} <= intents["pertanyaan"]:
        return before[-1].target, before[-1].target_confidence
    if intent not in intents["tahu_dari_percakapan"]:
        return None, 0.0
    kind = message.language.kinds[intent]
    named = message.named(kind, *before[-1].span) if before else set()
    return (named.pop() if len(named) == 1 else None), NAMED
