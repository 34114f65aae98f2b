"""What a new model answers otherwise than an old one, sentence by sentence."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from nlu.corpus import Example, read_learnt
from nlu.evaluation.measure import measured
from nlu.evaluation.parser import Parsed, Parser
from nlu.evaluation.sentences import Sentence, read_held_out

TOLD_EVERY = 50
SHOWN = 400
FIGURES = ("intent", "service", "complaint", "office")


class NothingHeldOutError(Exception):
    """There are no sentences to measure with."""


def changes(old: Path, new: Path, held_out: Path, learnt: Path | None) -> dict[str, Any]:
    """Figures of both models, what differs, and what each makes of the sentences learnt.

    A held-out sentence that is among those learnt would flatter the new model; it is left out.
    """
    taught = read_learnt(learnt)
    known = {_plain(example.text) for example in taught}
    sentences = [s for s in read_held_out(held_out) if _plain(s.text) not in known]
    if not sentences:
        raise NothingHeldOutError(held_out)
    texts = [s.text for s in sentences] + [example.text for example in taught]
    before, after = _answers(old, texts, 0), _answers(new, texts, 1)
    return compared(sentences, taught, before, after)


def compared(
    sentences: Sequence[Sentence],
    taught: Sequence[Example],
    before: Sequence[Parsed],
    after: Sequence[Parsed],
) -> dict[str, Any]:
    """The same from answers; those to what was taught stand behind those to what was held out."""
    many = len(sentences)
    return {
        "sentences": many,
        "old": _figures(sentences, before[:many]),
        "new": _figures(sentences, after[:many]),
        "changed": list(_changed(sentences, before, after))[:SHOWN],
        "learnt": {
            "sentences": len(taught),
            "old": sum(_is_taught(*pair) for pair in zip(taught, before[many:], strict=True)),
            "new": sum(_is_taught(*pair) for pair in zip(taught, after[many:], strict=True)),
        },
    }


def _answers(model: Path, texts: Sequence[str], number: int) -> list[Parsed]:
    parser, parsed = Parser(model), []
    for done, text in enumerate(texts):
        if done % TOLD_EVERY == 0:
            print(f"progress {number * len(texts) + done}/{2 * len(texts)} comparing", flush=True)
        parsed.append(parser.parse(text))
    return parsed


def _figures(sentences: Sequence[Sentence], parsed: Sequence[Parsed]) -> dict[str, float]:
    result = measured(sentences, parsed)
    return {name: float(result[name]) for name in FIGURES}


def _changed(
    sentences: Iterable[Sentence], before: Iterable[Parsed], after: Iterable[Parsed]
) -> Iterator[dict[str, Any]]:
    """What is answered otherwise: first what is wrong now, then what is right now, then others."""
    rows = [
        _row(sentence, old, new)
        for sentence, old, new in zip(sentences, before, after, strict=False)
        if old.intent != new.intent or (sentence.target and old.target != new.target)
    ]
    yield from sorted(rows, key=lambda row: (row["new"]["right"], not row["old"]["right"]))


def _row(sentence: Sentence, old: Parsed, new: Parsed) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "intent": sentence.intent,
        "target": sentence.target,
        "old": _answer(sentence, old),
        "new": _answer(sentence, new),
    }


def _answer(sentence: Sentence, parsed: Parsed) -> dict[str, Any]:
    target_right = sentence.target is None or sentence.accepts_target(parsed.target)
    return {
        "intent": parsed.intent,
        "target": parsed.target,
        "confidence": parsed.confidence,
        "right": sentence.accepts_intent(parsed.intent) and target_right,
    }


def _is_taught(example: Example, parsed: Parsed) -> bool:
    return parsed.intent == example.intent and example.target in {None, parsed.target}


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
