"""What is counted for Prometheus. Labels name results and states, never a person or a word."""

from collections.abc import Iterable
from datetime import timedelta

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    ProcessCollector,
)

from actions.domain.understanding import Understanding

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120, 600)

TURNS = Counter(
    "balai_turns", "Turns: answered, tried again, set aside.", ["result"], registry=REGISTRY
)
WAITED = Histogram(
    "balai_reply_seconds",
    "From the arrival of an update until its reply is queued.",
    buckets=SECONDS,
    registry=REGISTRY,
)
UNDERSTOOD = Counter(
    "balai_understood",
    "Free text by who understood it (model, words) and what came of it.",
    ["by", "outcome"],
    registry=REGISTRY,
)
SENDS = Counter(
    "balai_sends",
    "Messages by what came of sending: sent, postponed, blocked, refused, failed.",
    ["result"],
    registry=REGISTRY,
)
WAITING = Gauge("balai_waiting", "Rows that wait.", ["queue"], registry=REGISTRY)
OLDEST = Gauge(
    "balai_oldest_seconds", "How long the oldest row has waited.", ["queue"], registry=REGISTRY
)
CASES = Gauge("balai_cases", "Cases by status.", ["status"], registry=REGISTRY)
CHECKS = Gauge("balai_check_ok", "1 where a check of /siap is well.", ["check"], registry=REGISTRY)

MISSED = frozenset({"umum.tidak_paham", "umum.paham_terbatas", "petugas.tidak_paham"})
"""The texts that say that nothing was understood."""
OFFERED = "umum.maksud_"
"""How the texts begin that ask what was meant."""


def count_turn(waited: timedelta, known: Understanding | None, keys: Iterable[str]) -> None:
    """Count a turn that was committed; `known` is what its words were taken for, if at all."""
    TURNS.labels("answered").inc()
    WAITED.observe(max(waited.total_seconds(), 0.0))
    if known is not None:
        UNDERSTOOD.labels(known.source, _outcome(keys)).inc()


def _outcome(keys: Iterable[str]) -> str:
    said = [key for joined in keys for key in joined.split("+")]
    if MISSED.intersection(said):
        return "missed"
    return "offered" if any(key.startswith(OFFERED) for key in said) else "served"
