"""What a sentence can mean depends on what the chat has been about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.domain.understanding import Candidate, Understanding

STATUS = frozenset({"cek_status"})


def known(*shares: tuple[str, float]) -> Understanding:
    return Understanding("ktp ilang", tuple(Candidate(name, share) for name, share in shares))


def test_what_is_doubted_loses_half_its_weight_to_the_others() -> None:
    doubted = known(("ajukan_layanan", 0.6), ("cek_status", 0.4)).doubting(STATUS)
    assert doubted.intent.name == "ajukan_layanan"
    assert doubted.intent.confidence == pytest.approx(0.75)


def test_what_is_doubted_may_lose_its_place() -> None:
    doubted = known(("cek_status", 0.5), ("ajukan_layanan", 0.4)).doubting(STATUS)
    assert [candidate.name for candidate in doubted.intents] == ["ajukan_layanan", "cek_status"]


def test_what_is_sure_stays_sure() -> None:
    assert known(("cek_status", 0.98), ("sapa", 0.02)).doubting(STATUS).intent.confidence > 0.95
    assert known(("cek_status", 0.9)).doubting(STATUS).intent.confidence == pytest.approx(0.9)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_no_weight_is_lost(shares: list[float]) -> None:
    names = ["cek_status", "lapor", "sapa", "batal", "tolak"]
    before = known(*zip(names, shares, strict=False))
    after = before.doubting(STATUS)
    assert sum(c.confidence for c in after.intents) == pytest.approx(
        sum(c.confidence for c in before.intents), abs=1e-6
    )
    ranked = [candidate.confidence for candidate in after.intents]
    assert ranked == sorted(ranked, reverse=True)
