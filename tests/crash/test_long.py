"""What the long trial calls a fault."""

from __future__ import annotations

import pytest

from tests.bench.people import Tally
from tests.crash.long import Outcome, Sample

FIRST, HALF, END = (Sample(turns, 150.0, 40, 2) for turns in (1_000, 10_000, 20_000))
WAITS = [0.02] * 4_000


def outcome(end: Sample = END, waits: list[float] = WAITS, silent: int = 0) -> Outcome:
    return Outcome(Tally(waits, silent), [FIRST, HALF, end], 200.0)


def test_what_stays_as_it_is_has_no_fault() -> None:
    assert outcome().faults() == []


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (outcome(Sample(20_000, 170.0, 40, 2)), "it grows"),
        (outcome(Sample(20_000, 150.0, 60, 2)), "it keeps files open"),
        (outcome(Sample(20_000, 150.0, 40, 9)), "it keeps threads"),
        (outcome(waits=[*WAITS, *([0.05] * 1_000)]), "it gets slow"),
        (outcome(silent=2), "2 turns without an answer"),
    ],
)
def test_a_fault_is_named(bad: Outcome, fault: str) -> None:
    assert bad.faults() == [fault]
