"""How well messages with several wishes are taken apart, and whether others are."""

from collections.abc import Sequence

from nlu.evaluation.parser import Parsed, Parser
from nlu.evaluation.sentences import Answers
from nlu.several.language import read_language


def several_figures(parser: Parser, messages: Sequence[tuple[str, Answers]]) -> dict[str, int]:
    """Return counts over messages with several wishes.

    `right` are all wishes with intent and target in their order, `number` as many as there
    are, `begun` something that was asked for comes first.
    """
    sets = read_language().intents
    beside = sets["sopan"] | sets["jawaban"]
    pairs = [
        (_wanted(answers, beside), _answered(parser.parse(text))) for text, answers in messages
    ]
    return {
        "of": len(pairs),
        "right": sum(_same(wanted, got) for wanted, got in pairs),
        "number": sum(len(wanted) == len(got) for wanted, got in pairs),
        "begun": sum(any(_fits(wish, got[0]) for wish in wanted) for wanted, got in pairs),
    }


def is_cut(parsed: Parsed) -> bool:
    """Whether a message was taken for several wishes."""
    return len(parsed.answer.get("wishes") or []) > 1


def _wanted(answers: Answers, beside: frozenset[str]) -> Answers:
    """What is asked for: courtesies and answers beside it ask for nothing."""
    return [answer for answer in answers if answer[0] not in beside] or answers


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
