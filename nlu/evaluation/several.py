"""How well messages with several wishes are taken apart, and how seldom others are."""

from collections.abc import Sequence
from typing import Any

from nlu.evaluation.parser import Parsed

Answers = Sequence[tuple[str, str | None]]

COURTESIES = frozenset({"sapa", "terima_kasih", "setuju", "tolak"})
"""Said beside a wish they ask for nothing, so they are not expected among the wishes."""


def wish_figures(
    combined: Sequence[tuple[str, Answers]], parsed: Sequence[Parsed], single: Sequence[Parsed]
) -> dict[str, Any]:
    """Return counts over messages with several wishes, and the share of others cut in two.

    `right` are all wishes with intent and target in their order, `number` as many as there
    are, `served` something that was asked for comes first.
    """
    pairs = [
        (_wanted(answers), _answered(p)) for (_, answers), p in zip(combined, parsed, strict=True)
    ]
    return {
        "of": len(pairs),
        "right": sum(_same(wanted, got) for wanted, got in pairs),
        "number": sum(len(wanted) == len(got) for wanted, got in pairs),
        "served": sum(any(_fits(wish, got[0]) for wish in wanted) for wanted, got in pairs),
        "false_splits": sum(len(p.answer.get("wishes") or []) > 1 for p in single)
        / max(len(single), 1),
    }


def _wanted(answers: Answers) -> Answers:
    return [answer for answer in answers if answer[0] not in COURTESIES] or answers


def _answered(parsed: Parsed) -> Answers:
    wishes = parsed.answer.get("wishes") or []
    return [(wish["intent"], wish["target"]) for wish in wishes] or [
        (parsed.intent, parsed.target)
    ]


def _same(wanted: Answers, got: Answers) -> bool:
    return len(wanted) == len(got) and all(map(_fits, wanted, got))


def _fits(wanted: tuple[str, str | None], got: tuple[str, str | None]) -> bool:
    """Whether an answer has the intent and, where one is wanted, the target."""
    return wanted[0] == got[0] and wanted[1] in {None, got[1]}
