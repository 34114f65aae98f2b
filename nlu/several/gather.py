"""Puts together what the model made of a message and of its parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nlu.entities.span import Span
from nlu.several.besides import Besides, told_besides
from nlu.several.choose import Message, choose
from nlu.several.denials import Denial
from nlu.several.language import Language
from nlu.several.plan import PartSpan, Plan
from nlu.several.prediction import Prediction, affirmed
from nlu.several.wish import Wish


@dataclass(frozen=True)
class Findings:
    """What a message holds.

    `instead` is what to make of the message as a whole where its first impression is wrong;
    `denied` are the stretches that it takes back; `besides` is what else it seems to tell of.
    """

    wishes: tuple[Wish, ...] = ()
    instead: Prediction | None = None
    denied: tuple[Denial, ...] = ()
    besides: tuple[Besides, ...] = ()


def gather(
    plan: Plan,
    whole: Prediction,
    parts: Sequence[Prediction],
    names: Sequence[Span],
    kinds: Mapping[str, str],
    language: Language,
) -> Findings:
    """Find wishes and denials; `parts` are the predictions of `plan.texts()` in their order."""
    spans, message = plan.spans(), Message(plan, names, kinds, language)
    first, last = len(spans), len(spans) + len(plan.denials)
    predicted = dict(zip(spans, parts[:first], strict=True))
    found = _apart(message, whole, predicted, parts[first:last])
    stretches = {plan.stretch(span): predicted[span] for span in spans if span[0] == span[1]}
    stretches |= dict(zip(plan.besides, parts[last:], strict=True))
    told = [wish.target for wish in found.wishes] or [(found.instead or whole).target[0]]
    served = {target for target in told if target is not None}
    return replace(found, besides=told_besides(stretches, served, kinds, language))


def _apart(
    message: Message,
    whole: Prediction,
    predicted: dict[PartSpan, Prediction],
    denials: Sequence[Prediction],
) -> Findings:
    """The wishes that a message comes apart into, and what it denies."""
    plan, language = message.plan, message.language
    takes_back = whole.intent[0] not in language.intents["tanpa_sangkalan"]
    denied = denials if takes_back else ()
    rest = affirmed(whole, predicted[plan.spans()[-1]], denied) if denied else None
    every = predicted[0, len(plan.boundaries)] = rest or whole
    taken_back = plan.denials if takes_back else ()
    wishes = choose(message, predicted)
    if len(wishes) != 1:
        return Findings(tuple(wishes), rest, taken_back)
    [wish] = wishes
    if wish.confidence <= every.intent[1]:
        return Findings((), rest, taken_back)
    # Thanks or a greeting beside the one wish made the whole less sure.
    alone = next(each for span, each in predicted.items() if plan.stretch(span) == wish.span)
    return Findings((wish,), alone, taken_back)
