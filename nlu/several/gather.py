"""Puts together what the model made of a message and of its parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlu.entities.span import Span
from nlu.several.choose import Message, choose
from nlu.several.denials import Denial
from nlu.several.plan import Plan, Run
from nlu.several.prediction import LEFT_ALONE, Judgement, affirmed, pushed_down
from nlu.several.wish import Wish


@dataclass(frozen=True)
class Findings:
    """What a message holds.

    `instead` is what to make of the message as a whole where its first impression is wrong;
    `denied` are the stretches that it takes back.
    """

    wishes: tuple[Wish, ...] = ()
    instead: Judgement | None = None
    denied: tuple[Denial, ...] = ()


def gather(
    plan: Plan,
    whole: Judgement,
    parts: Sequence[Judgement],
    names: Sequence[Span],
    kinds: Mapping[str, str],
) -> Findings:
    """Find wishes and denials; `parts` are the judgements of `plan.texts()` in their order."""
    runs = plan.runs()
    denied = parts[len(runs) :]
    judged = {
        run: pushed_down(part, denied) for run, part in zip(runs, parts[: len(runs)], strict=True)
    }
    every = (0, len(plan.joints))
    rest = affirmed(whole, parts[len(runs) - 1], denied) if denied else None
    judged[every] = rest or (whole if denied else judged.get(every, whole))
    wishes = choose(Message(plan, names, kinds), judged) if plan.joints else []
    taken_back = () if whole.intent[0] in LEFT_ALONE else plan.denials
    if len(wishes) == 1:
        return _without_courtesies(plan, judged, wishes[0], rest, taken_back)
    return Findings(tuple(wishes), rest, taken_back)


def _without_courtesies(
    plan: Plan,
    judged: Mapping[Run, Judgement],
    wish: Wish,
    rest: Judgement | None,
    denied: tuple[Denial, ...],
) -> Findings:
    """One wish beside thanks or a greeting, where these made the whole less sure."""
    if wish.confidence <= judged[0, len(plan.joints)].intent[1]:
        return Findings((), rest, denied)
    run = next(run for run in judged if plan.stretch(run) == wish.span)
    return Findings((wish,), judged[run], denied)
