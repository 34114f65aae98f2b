"""One move by probability and cost: what is likelier is never done less."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.catalogue.intent_models import Intent
from actions.dialogue.decide import REPLIES, Costs, Kind, Move, Reading, decide, expected, readings
from actions.domain.understanding import Candidate

BUTTON = {"umum": "Ini"}
INTENTS = {
    "ask": Intent(keterangan="", tombol=BUTTON, tentang="layanan"),
    "apply": Intent(keterangan="", tombol=BUTTON, tentang="layanan", membuka=True),
    "report": Intent(keterangan="", tombol=BUTTON, tentang="keluhan", membuka=True),
    "news": Intent(keterangan="", tombol=BUTTON, perkara="kabar"),
    "greet": Intent(keterangan="", basa_basi=True),
    "outside": Intent(keterangan="", di_luar=True),
}
WISHES = st.tuples(st.sampled_from(sorted(INTENTS)), st.sampled_from(["one", "two", None]))
ANSWERS = st.tuples(st.sampled_from([str(kind) for kind in REPLIES]), st.none())


def _of_one(pairs: Sequence[tuple[tuple[str, str | None], float]]) -> list[Reading]:
    """Readings whose shares are one together, likeliest first."""
    total = sum(weight for _, weight in pairs)
    found = [Reading(*meant, weight / total) for meant, weight in pairs]
    return sorted(found, key=lambda reading: -reading.share)


SPREAD = st.lists(
    st.tuples(WISHES | ANSWERS, st.floats(0.01, 1)),
    min_size=1,
    max_size=6,
    unique_by=lambda pair: pair[0],
).map(_of_one)


def _best(found: Sequence[Reading], *, asked: bool = True) -> Move:
    return decide(found, INTENTS, asked=asked)


@given(SPREAD, st.booleans())
def test_nothing_else_is_expected_to_cost_less(found: list[Reading], asked: bool) -> None:
    costs, best = Costs(INTENTS, asked), _best(found, asked=asked)
    least = expected(costs, best, found)
    by_share = sorted(found, key=lambda reading: -reading.share)
    wishes = [reading for reading in by_share if reading.intent in INTENTS]
    others = [Move(Kind.MISS), *(Move(Kind.ACT, (wish,)) for wish in wishes[:3])]
    assert all(least <= expected(costs, other, found) + 1e-6 for other in others)


@given(SPREAD, st.floats(0.1, 0.9))
def test_what_was_done_is_still_done_when_it_is_likelier(
    found: list[Reading], more: float
) -> None:
    best = _best(found)
    if best.kind is not Kind.ACT:
        return
    done = best.first
    surer = [
        Reading(r.intent, r.target, r.share * (1 - more) + (more if r == done else 0.0))
        for r in found
    ]
    again = _best(sorted(surer, key=lambda reading: -reading.share))
    assert again.kind is Kind.ACT
    assert (again.first.intent, again.first.target) == (done.intent, done.target)


@given(WISHES | ANSWERS)
def test_what_is_certain_is_done(meant: tuple[str, str | None]) -> None:
    best = _best([Reading(*meant, 1.0)])
    assert best.kind in {Kind.ACT, *REPLIES}
    assert (best.first.intent, best.first.target) == meant


@given(SPREAD)
def test_a_clear_wish_is_never_stored_as_an_answer(found: list[Reading]) -> None:
    wishes = sum(r.share for r in found if r.intent not in REPLIES)
    if wishes >= 0.8:
        assert _best(found).kind is not Kind.ANSWER


@pytest.mark.parametrize(
    ("shares", "kind"),
    [
        ({("apply", "one"): 0.9, ("ask", "one"): 0.1}, Kind.ACT),
        ({("apply", "one"): 0.45, ("ask", "one"): 0.3, ("news", None): 0.25}, Kind.CARD),
        ({("apply", "one"): 0.35, ("apply", "two"): 0.33, ("report", "one"): 0.32}, Kind.OFFER),
        ({("report", "one"): 0.6, ("report", "two"): 0.4}, Kind.ACT),
        ({("greet", None): 0.3, ("outside", None): 0.7}, Kind.MISS),
    ],
)
def test_the_bargain(shares: dict[tuple[str, str | None], float], kind: Kind) -> None:
    found = [Reading(intent, target, share) for (intent, target), share in shares.items()]
    assert _best(found).kind is kind


def test_what_only_happened_gets_the_card() -> None:
    found = [Reading("apply", "one", 0.7), Reading("ask", "one", 0.3)]
    assert _best(found, asked=False).kind is Kind.CARD
    assert _best(found, asked=True).kind is Kind.ACT


def test_an_intent_is_read_with_each_target_and_with_none() -> None:
    found = readings(
        [Candidate("apply", 0.8), Candidate("news", 0.2), Candidate("unknown", 0.1)],
        {"layanan": [Candidate("one", 0.5), Candidate("two", 0.25)]},
        INTENTS,
    )
    assert [(r.intent, r.target, round(r.share, 2)) for r in found] == [
        ("apply", "one", 0.4),
        ("apply", None, 0.2),
        ("apply", "two", 0.2),
        ("news", None, 0.2),
    ]
