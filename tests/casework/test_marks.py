"""A mark in words is read as people give it, and not where they say something else."""

from __future__ import annotations

import pytest

from actions.casework.marks import find_mark, read_mark
from tests.support.running_bot import reference_of_tests

WORDS = reference_of_tests().words["nilai"]


@pytest.mark.parametrize(
    ("said", "mark"),
    [
        ("baik", 3),
        ("Baik.", 3),
        ("baik pak", 3),
        ("bagus, lumayan cepet", 3),
        ("bagus, sangat cepat", 4),
        ("lumayan", 3),
        ("lumayan lah", 3),
        ("puas", 3),
        ("memuaskan", 3),
        ("petugasnya ramah", 3),
        ("pelayanannya oke", 3),
        ("cukup baik", 3),
        ("apik", 3),
        ("sae pisan", 4),
        ("makasih pak, bagus", 3),
        ("terima kasih, pelayanannya sangat baik", 4),
        ("sangat baik", 4),
        ("SANGAT BAIK", 4),
        ("baik sekali", 4),
        ("bagus bangettt", 4),
        ("bgs bgt", 4),
        ("mantap", 4),
        ("mantap pak, cepat", 4),
        ("luar biasa", 4),
        ("puas banget", 4),
        ("kurang", 2),
        ("kurang baik", 2),
        ("krg memuaskan", 2),
        ("kurang cepat", 2),
        ("lambat", 2),
        ("agak lama", 2),
        ("kecewa", 2),
        ("tidak lama", 3),
        ("ga ribet", 3),
        ("tidak baik", 1),
        ("gak puas", 1),
        ("lama banget", 1),
        ("jelek", 1),
        ("jelek sekali pelayanannya", 1),
        ("parah", 1),
        ("sangat buruk", 1),
    ],
)
def test_marks(said: str, mark: int) -> None:
    assert read_mark(said, WORDS) == mark


@pytest.mark.parametrize(
    "said",
    [
        "",
        "ok",
        "ya",
        "tidak",
        "terima kasih",
        "makasih banyak",
        "biasa aja",
        "4",
        "bintang 5",
        "bagus tapi lama",
        "cepat, tapi petugasnya kurang ramah",
        "lampu jalan mati",
        "jalan rusak parah",
        "jalan jelek",
        "baik, saya mau urus KK",
        "kabar baik",
        "berapa lama",
        "syaratnya jelas kok, KTP saja",
        "kurang lampu",
        "nama baik",
        "surat kelakuan baik",
    ],
)
def test_what_is_no_mark(said: str) -> None:
    assert read_mark(said, WORDS) is None


@pytest.mark.parametrize(
    ("said", "mark"),
    [
        ("saya kecewa dengan pelayanannya", 2),
        ("puas pak, tidak sampai sehari jadi", 3),
        ("bagus, petugasnya sabar menjelaskan ke ibu saya", 3),
        ("jelek banget, nunggu dua jam", 1),
        ("bagus tapi lama", None),
        ("bintang 5", None),
    ],
)
def test_marks_among_other_words(said: str, mark: int | None) -> None:
    assert find_mark(said, WORDS) == mark
