"""Computes the figures from sentences and answers; knows nothing of Rasa."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlu.corpus import OUT_OF_SCOPE
from nlu.evaluation.parser import Parsed
from nlu.evaluation.sentences import Sentence

BINS = 10


@dataclass(frozen=True)
class Scores:
    """Precision, recall, F1 and the number of sentences of one label."""

    precision: float
    recall: float
    f1: float
    support: int


def share(hits: Sequence[bool]) -> float:
    """Share of true values; of none, zero."""
    return sum(hits) / len(hits) if hits else 0.0


def intent_hits(sentences: Sequence[Sentence], parsed: Sequence[Parsed]) -> list[bool]:
    """Whether the likeliest intent is a right one, for each sentence."""
    return [s.accepts_intent(p.intent) for s, p in zip(sentences, parsed, strict=False)]


def judged_labels(
    sentences: Sequence[Sentence], parsed: Sequence[Parsed]
) -> list[tuple[str, str]]:
    """Pairs of true and answered intent; another right answer counts as the true one."""
    return [
        (p.intent if s.accepts_intent(p.intent) else s.intent, p.intent)
        for s, p in zip(sentences, parsed, strict=False)
    ]


def per_label(pairs: Sequence[tuple[str, str]]) -> dict[str, Scores]:
    """Scores of every label that occurs."""
    truth = Counter(true for true, _ in pairs)
    answered = Counter(answer for _, answer in pairs)
    right = Counter(true for true, answer in pairs if true == answer)
    return {
        label: scores(right[label], answered[label], truth[label])
        for label in sorted(truth | answered)
    }


def scores(right: int, answered: int, true: int) -> Scores:
    """Precision, recall and F1 from counts."""
    precision = right / answered if answered else 0.0
    recall = right / true if true else 0.0
    total = precision + recall
    return Scores(precision, recall, 2 * precision * recall / total if total else 0.0, true)


def target_hits(
    sentences: Sequence[Sentence], parsed: Sequence[Parsed], intents: set[str]
) -> list[bool]:
    """Whether the target is right where the intent is, for sentences of these intents."""
    return [
        s.accepts_target(p.target)
        for s, p in zip(sentences, parsed, strict=False)
        if s.target and s.intent in intents and s.accepts_intent(p.intent)
    ]


@dataclass(frozen=True)
class Bin:
    """One bar of the reliability diagram."""

    confidence: float
    accuracy: float
    count: int


def reliability(confidences: Sequence[float], hits: Sequence[bool]) -> list[Bin]:
    """Ten bars of equal width; empty ones are left out."""
    places = np.minimum((np.asarray(confidences) * BINS).astype(int), BINS - 1)
    bars = []
    for place in range(BINS):
        inside = np.flatnonzero(places == place)
        if len(inside):
            mean = float(np.mean([confidences[i] for i in inside]))
            bars.append(Bin(mean, share([hits[i] for i in inside]), len(inside)))
    return bars


def calibration_error(bars: Sequence[Bin]) -> float:
    """Expected calibration error: mean distance of confidence and accuracy."""
    total = sum(bar.count for bar in bars)
    return sum(abs(bar.confidence - bar.accuracy) * bar.count for bar in bars) / max(total, 1)


def scope_score(parsed: Parsed) -> float:
    """How surely a message is in scope: what the intent out of scope leaves over."""
    return 1.0 - parsed.probability(OUT_OF_SCOPE)


@dataclass(frozen=True)
class ScopePoint:
    """At one limit: the share kept of what is in scope, and of near misses let in."""

    limit: float
    kept: float
    accepted: float


def scope_curve(sentences: Sequence[Sentence], parsed: Sequence[Parsed]) -> list[ScopePoint]:
    """The trade between keeping what is in scope and letting in what is not.

    Sentences for which out of scope is merely one of the right answers count on neither side.
    """
    inside = [scope_score(p) for s, p in zip(sentences, parsed, strict=False) if _is_inside(s)]
    outside = [
        scope_score(p) for s, p in zip(sentences, parsed, strict=False) if s.intent == OUT_OF_SCOPE
    ]
    return [
        ScopePoint(
            limit, share([i >= limit for i in inside]), share([o >= limit for o in outside])
        )
        for limit in np.round(np.arange(0.0, 1.0, 0.002), 3).tolist()
    ]


def _is_inside(sentence: Sentence) -> bool:
    return OUT_OF_SCOPE not in sentence.right_intents


def accepted_when_keeping(curve: Sequence[ScopePoint], kept: float) -> float:
    """The share of near misses let in at the highest limit that keeps so much."""
    return min((point.accepted for point in curve if point.kept >= kept), default=1.0)


def span_scores(expected: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> Scores:
    """Precision and recall of stretches of text, compared without case and outer marks."""
    right = answered = true = 0
    for wanted, got in zip(expected, found, strict=False):
        wanted_counts = Counter(_bare(value) for value in wanted)
        got_counts = Counter(_bare(value) for value in got)
        right += sum((wanted_counts & got_counts).values())
        true += sum(wanted_counts.values())
        answered += sum(got_counts.values())
    return scores(right, answered, true)


def _bare(text: str) -> str:
    return " ".join(text.lower().strip(" .,;:!?()'\"").split())
