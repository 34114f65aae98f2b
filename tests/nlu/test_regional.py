"""Words of neighbouring languages come to the Indonesian ones that are known, and to no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.text.normalise import Normaliser, read_slang
from nlu.text.regional import indonesian

KNOWN = frozenset(
    [
        "kampung",
        "jalan",
        "jalannya",
        "daftar",
        "pasar",
        "cara",
        "laporkan",
        "tersumbat",
        "terbakar",
        "berkas",
        "lampu",
        "mengurus",
        "putus",
        "habis",
    ]
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("kampuang", "kampung"),
        ("habih", "habis"),
        ("jalannyo", "jalannya"),
        ("jalannye", "jalannya"),
        ("jalane", "jalannya"),
        ("jalanipun", "jalannya"),
        ("jalanna", "jalannya"),
        ("dafta", "daftar"),
        ("caro", "cara"),
        ("laporkeun", "laporkan"),
        ("tasumbek", "tersumbat"),
        ("tabakar", "terbakar"),
        ("mangurus", "mengurus"),
        ("putuih", "putus"),
        ("kapalsu", None),
        ("made", None),
        ("budiono", None),
        ("ba", None),
        ("kareh2", None),
    ],
)
def test_shape_gives_the_word_away(written: str, meant: str | None) -> None:
    assert indonesian(written, KNOWN) == meant


def test_words_that_are_known_stay_as_they_are() -> None:
    plain = Normaliser({}, {"caro", "cara"})
    assert plain("caro cara") == "caro cara"


def test_what_is_listed_comes_before_the_shape() -> None:
    plain = Normaliser({**read_slang(), "pasa": "pasti"}, KNOWN)
    assert plain("pasa") == "pasti"


@given(st.text(max_size=30))
def test_only_known_words_come_out(word: str) -> None:
    assert indonesian(word, KNOWN) in {None, *KNOWN}
