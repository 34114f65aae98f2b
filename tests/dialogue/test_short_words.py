"""Short words are known whatever polite words stand around them, and only as a whole."""

from __future__ import annotations

import pytest

from actions.dialogue.short_words import ways_said
from actions.dialogue.stages.early import stands_alone
from tests.support.running_bot import reference_of_tests

REFERENCE = reference_of_tests()
GLOBAL = REFERENCE.words["global"]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Ulang, pak.", "ulang"),
        ("tolong diulang ya bu", "ulang"),
        ("baleni mas", "ulang"),
        ("ulang deui atuh", "ulang"),
        ("uliak da", "ulang"),
        ("maaf pak, maksudnya apa ya?", "maksud"),
        ("maksude piye to", "maksud"),
        ("kumaha maksudna teh", "maksud"),
        ("a makasuiknyo ni?", "maksud"),
        ("pelan-pelan dong", "pelan"),
        ("alon-alon mawon nggih", "pelan"),
        ("tunggu sebentar ya", "tunggu"),
        ("sekedap nggih bu", "tunggu"),
        ("antosan heula kang", "tunggu"),
        ("sabanta yo da", "tunggu"),
        ("menu ya", "menu"),
        ("tunggu saya ambil KTP", None),
        ("ulang tahun", None),
        ("maksudnya surat pindah", None),
        ("pak", None),
    ],
)
def test_a_word_is_known_with_polite_words_around_it(text: str, meaning: str | None) -> None:
    said = ways_said(REFERENCE, text)
    assert {name for name, known in GLOBAL.items() if said & {*known}} == {meaning} - {None}
    assert stands_alone(REFERENCE, text) is (meaning is not None)


def test_no_spelling_has_two_meanings() -> None:
    spellings = [word for known in GLOBAL.values() for word in known]
    assert len(spellings) == len(set(spellings))
