"""What the long trial calls a fault."""

from __future__ import annotations

import pytest

from tests.bench.people import Tally
from tests.crash.long import Outcome, Sample

FIRST, HALF, END = (Sample(turns, 150.0, 40, 2, 250.0) for turns in (1_000, 10_000, 20_000))
WAITS = [0.02] * 4_000


def outcome(end: Sample = END, waits: list[float] = WAITS, silent: int = 0) -> Outcome:
    return Outcome(Tally(waits, silent), [FIRST, HALF, end], 200.0)


def test_the_half_is_found_among_the_looks_of_a_long_trial() -> None:
    looks = [Sample(turns, 150.0 + turns / 1000, 40, 2) for turns in range(5_000, 50_001, 5_000)]
    assert Outcome(Tally(WAITS), looks, 900.0).faults() == ["it grows"]


def test_what_stays_as_it_is_has_no_fault() -> None:
    assert outcome().faults() == []


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (outcome(Sample(20_000, 170.0, 40, 2)), "it grows"),
        (outcome(Sample(20_000, 150.0, 40, 2, 290.0)), "the model grows"),
        (outcome(Sample(20_000, 150.0, 60, 2)), "it keeps files open"),
        (outcome(Sample(20_000, 150.0, 40, 9)), "it keeps threads"),
        (outcome(waits=[*WAITS, *([0.05] * 1_000)]), "it gets slow"),
        (outcome(silent=2), "2 turns without an answer"),
    ],
)
def test_a_fault_is_named(bad: Outcome, fault: str) -> None:
    assert bad.faults() == [fault]
