"""How sure the model is, what it lets in, what slips cost, what it finds: never worse."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.nlu_inside import TRAIN_WITHIN, evaluated

pytestmark = [
    pytest.mark.live_nlu,
    pytest.mark.xdist_group("live_nlu"),
    pytest.mark.timeout(TRAIN_WITHIN),
]

CALIBRATION_ERROR = 0.05
OUT_OF_SCOPE_ACCEPTED = 0.03
LOST_TO_SLIPS = {"lemah": 0.04, "kuat": 0.10}
ENTITIES = {"nama": (0.88, 0.88), "patokan": (0.77, 0.72)}
"""Precision and recall of the kinds that are learnt."""


def test_the_model_knows_how_sure_it_is_and_bears_slips(model: Path, tmp_path: Path) -> None:
    report = evaluated(model, tmp_path)

    assert report["ece"] <= CALIBRATION_ERROR
    assert report["scope_accepted"] <= OUT_OF_SCOPE_ACCEPTED
    lost = {name: report["intent"] - noisy["intent"] for name, noisy in report["noise"].items()}
    assert all(lost[name] <= most for name, most in LOST_TO_SLIPS.items()), lost
    for kind, (precision, recall) in ENTITIES.items():
        found = report["entities"][kind]
        assert found["precision"] >= precision, (kind, found)
        assert found["recall"] >= recall, (kind, found)
