"""What a few marked sentences teach, where the marks are, and what is not learnt from them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.nlu_inside import inside

PROGRAM = """
import json, pickle, sys
from nlu.entities.tagger import Tagger, clipped, spread_of, without_marks
from nlu.text.normalise import Normaliser
given = json.load(sys.stdin)
normaliser = Normaliser({})
spread = spread_of(given["ordinary"], normaliser)
tagger = Tagger("patokan", normaliser, spread, ["depan", "dekat"]).fit(given["marked"])
stored = pickle.loads(pickle.dumps(tagger))
print(json.dumps({
    "found": [[text[s.start:s.end] for s in tagger.find(text)] for text in given["asked"]],
    "stored": [[text[s.start:s.end] for s in stored.find(text)] for text in given["asked"]],
    "clipped": clipped("lampu di [depan toko] mati, [dekat kali]"),
    "unmarked": without_marks("lampu [depan toko] mati"),
    "spread": spread,
}))
"""
MARKED = [
    "lampu mati [depan masjid raya]",
    "jalan rusak [dekat pasar lama] sudah lama",
    "[depan toko roti] banjir",
    "sampah numpuk [dekat jembatan merah]",
    "ktp saya hilang kemarin",
    "sudah lama belum jadi",
    "dekat lebaran belum jadi",
]
ASKED = ["pohon tumbang depan masjid agung", "ktp saya belum jadi", "", "?!", "🙂"]


@pytest.fixture(scope="module")
def seen() -> dict[str, Any]:
    """What is found after learning from a handful of sentences."""
    given = {"marked": MARKED, "asked": ASKED, "ordinary": ["ktp hilang", "ktp, ktp rusak"]}
    return dict(inside(PROGRAM, given))


def test_a_stretch_that_was_never_seen_is_found_by_the_words_around(seen: dict[str, Any]) -> None:
    assert seen["found"][0] == ["depan masjid agung"]


def test_nothing_is_found_where_nothing_is(seen: dict[str, Any]) -> None:
    assert seen["found"][1:] == [[], [], [], []]


def test_what_was_learnt_can_be_stored(seen: dict[str, Any]) -> None:
    assert seen["stored"] == seen["found"]


def test_marks_are_taken_out_and_their_places_kept(seen: dict[str, Any]) -> None:
    assert seen["unmarked"] == ["lampu depan toko mati", [[6, 16]]]


def test_each_mark_is_also_learnt_from_with_less_around_it(seen: dict[str, Any]) -> None:
    assert seen["clipped"] == [
        "lampu di [depan toko] mati, [dekat kali]",
        "lampu di [depan toko]",
        "[depan toko] mati, dekat kali",
        "[depan toko]",
        "lampu di depan toko mati, [dekat kali]",
        "toko mati, [dekat kali]",
        "[dekat kali]",
    ]


def test_a_word_counts_once_a_text(seen: dict[str, Any]) -> None:
    assert seen["spread"] == {"ktp": 10_000, "hilang": 5_000, "rusak": 5_000}
