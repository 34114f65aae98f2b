"""Measures one model on everything held out, and returns plain numbers for JSON."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nlu.corpus import OUT_OF_SCOPE, read_yaml
from nlu.evaluation import figures
from nlu.evaluation.noise import STRENGTHS, spoil
from nlu.evaluation.parser import Parsed, Parser
from nlu.evaluation.sentences import (
    Sentence,
    read_entity_sentences,
    read_held_out,
    read_several,
)
from nlu.evaluation.several import is_cut, several_figures
from nlu.several.language import read_language

SEVERAL = {
    "held out": Path("held_out", "gabungan.yml"),
    "for fitting": Path("several", "ganda.yml"),
    "denials": Path("several", "ingkar.yml"),
}
STORIES = Path("several", "tunggal.yml")
KEEP = 0.92
WORST = 40


def measure(parser: Parser, tests: Path) -> dict[str, Any]:
    """Run all held-out sentences through the model."""
    sentences = read_held_out(tests / "held_out")
    parsed = parser.parse_all(sentence.text for sentence in sentences)
    result = measured(sentences, parsed)
    result["several"] = {
        name: several_figures(parser, read_several(tests / path)) for name, path in SEVERAL.items()
    }
    stories = parser.parse_all(read_yaml(tests / STORIES))
    result["cut_in_error"] = figures.share([is_cut(each) for each in (*parsed, *stories)])
    result["noise"] = {name: noisy(parser, sentences, name) for name in STRENGTHS}
    result["entities"] = entities(parser, tests / "entities")
    return result


def measured(sentences: Sequence[Sentence], parsed: Sequence[Parsed]) -> dict[str, Any]:
    """Every figure that needs no second parse."""
    hits = figures.intent_hits(sentences, parsed)
    pairs = figures.judged_labels(sentences, parsed)
    bars = figures.reliability([p.confidence for p in parsed], hits)
    curve = figures.scope_curve(sentences, parsed)
    return {
        "sentences": len(sentences),
        "intent": figures.share(hits),
        **_targets(sentences, parsed),
        "ece": figures.calibration_error(bars),
        "scope_accepted": figures.accepted_when_keeping(curve, KEEP),
        "per_intent": {name: asdict(s) for name, s in figures.per_label(pairs).items()},
        "confusion": _confusion(pairs),
        "reliability": [asdict(bar) for bar in bars],
        "worst": _worst(sentences, parsed),
        "speed": speed(parsed),
    }


def noisy(parser: Parser, sentences: Sequence[Sentence], strength: str) -> dict[str, float]:
    """The main figures on spoilt sentences."""
    parsed = parser.parse_all(spoil(sentence.text, strength) for sentence in sentences)
    return {
        "intent": figures.share(figures.intent_hits(sentences, parsed)),
        **_targets(sentences, parsed),
    }


def _targets(sentences: Sequence[Sentence], parsed: Sequence[Parsed]) -> dict[str, float]:
    """Shares of right targets where the intent is right, by the kind of target."""
    kinds = {"layanan": "service", "keluhan": "complaint", "kantor": "office"}
    opens, about = read_language().opens, read_language().kinds
    asked = {kind: {i for i, other in about.items() if other == kind} for kind in kinds}
    asked |= {kind: {intent} for intent, kind in opens.items()}
    return {
        name: figures.share(figures.target_hits(sentences, parsed, asked[kind] - {OUT_OF_SCOPE}))
        for kind, name in kinds.items()
    }


def entities(parser: Parser, folder: Path) -> dict[str, dict[str, float]]:
    """Precision and recall of each kind on its own sentences."""
    result = {}
    for kind, rows in read_entity_sentences(folder).items():
        found = [_found(parser.parse(text), kind) for text, _ in rows]
        result[kind] = asdict(figures.span_scores([wanted for _, wanted in rows], found))
    return result


def speed(parsed: Sequence[Parsed]) -> dict[str, float]:
    """Milliseconds of a parse inside the process: median and 95 of 100."""
    times = sorted(p.milliseconds for p in parsed) or [0.0]
    return {"p50": times[len(times) // 2], "p95": times[int(len(times) * 0.95)]}


def _found(parsed: Parsed, kind: str) -> list[str]:
    return [
        parsed.answer["text"][entity["start"] : entity["end"]]
        for entity in parsed.answer["entities"]
        if entity["entity"] == kind
    ]


def _confusion(pairs: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {"true": true, "answer": answer, "count": count}
        for (true, answer), count in sorted(Counter(pairs).items())
    ]


def _worst(sentences: Sequence[Sentence], parsed: Sequence[Parsed]) -> list[dict[str, Any]]:
    """The wrong answers that the model was surest of."""
    wrong = [
        (s, p) for s, p in zip(sentences, parsed, strict=False) if not s.accepts_intent(p.intent)
    ]
    wrong.sort(key=lambda pair: -pair[1].confidence)
    return [
        {"text": s.text, "true": s.intent, "answer": p.intent, "confidence": p.confidence}
        for s, p in wrong[:WORST]
    ]
