"""When to act, when to ask and when to give up follows from what each mistake costs."""

from __future__ import annotations

import pytest

from tests.support.nlu_inside import inside

LABELS = ["ajukan_layanan", "batal", "di_luar_cakupan", "lapor", "sapa"]
OUTSIDE = 2
CHOOSE = """
import json, sys
import numpy
from nlu.classifier.thresholds import choose
print(json.dumps([
    choose(numpy.array(case["probabilities"]), case["answers"], case["labels"])
    for case in json.load(sys.stdin)
]))
"""
Sentence = tuple[list[float], int]


def sentence(surest: int, share: float, true: int, second: int | None = None) -> Sentence:
    """A sentence of which the model gives `share` to one label, and the rest to the others.

    The label `second` gets most of the rest; none of the last two is among the first three.
    """
    order = [surest] if second is None else [surest, second]
    order += [label for label in range(len(LABELS)) if label not in order]
    left = 1 - share
    shares = dict(
        zip(order, [share, left * 0.6, left * 0.3, left * 0.07, left * 0.03], strict=True)
    )
    return [shares[label] for label in range(len(LABELS))], true


SURE = [sentence(0, 0.9, 0)] * 20
UNSURE = {
    "often wrong": [sentence(0, 0.6, 0)] * 5 + [sentence(0, 0.6, 1, second=1)] * 5,
    "hardly ever wrong": [sentence(0, 0.6, 0)] * 9 + [sentence(0, 0.6, 1, second=1)],
}
LOST = {
    "named among three": [sentence(0, 0.35, 1, second=1)] * 10,
    "named by none": [sentence(0, 0.35, 4, second=1)] * 10,
    "not ours": [sentence(0, 0.35, OUTSIDE, second=OUTSIDE)] * 10,
}


@pytest.fixture(scope="module")
def chosen() -> dict[str, dict[str, float]]:
    """The thresholds for sure sentences beside some of each other sort."""
    often_wrong = UNSURE["often wrong"]
    cases = {name: SURE + group for name, group in UNSURE.items()}
    cases |= {name: SURE + often_wrong + group for name, group in LOST.items()}
    given = [
        {
            "probabilities": [row for row, _ in case],
            "answers": [true for _, true in case],
            "labels": LABELS,
        }
        for case in cases.values()
    ]
    return dict(zip(cases, inside(CHOOSE, given), strict=True))


Chosen = dict[str, dict[str, float]]


def test_half_wrong_is_dearer_than_asking(chosen: Chosen) -> None:
    assert 0.6 < chosen["often wrong"]["accept"] <= 0.9


def test_one_wrong_in_ten_is_cheaper_than_asking_ten_times(chosen: Chosen) -> None:
    assert chosen["hardly ever wrong"]["accept"] <= 0.6


def test_what_three_buttons_name_is_asked(chosen: Chosen) -> None:
    assert chosen["named among three"]["ask"] <= 0.35


def test_what_no_button_names_is_given_up(chosen: Chosen) -> None:
    assert 0.35 < chosen["named by none"]["ask"] <= 0.6


def test_what_is_not_ours_is_given_up_for_nothing(chosen: Chosen) -> None:
    assert 0.35 < chosen["not ours"]["ask"] <= 0.6


def test_nothing_is_asked_that_would_be_acted_on(chosen: Chosen) -> None:
    assert all(limits["ask"] <= limits["accept"] for limits in chosen.values())
