"""A name is the same with and without titles; spoken letters are letters."""

from __future__ import annotations

import pytest

from actions.domain.spelling import spelt_out
from actions.forms.person_names import name_words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Siti Aminah", ["siti", "aminah"]),
        ("Hj. SITI AMINAH, S.Pd.", ["siti", "aminah"]),
        ("dr. Budi Santoso, Sp.PD", ["budi", "santoso"]),
        ("M. Yusuf", ["yusuf"]),
        ("Ma'ruf Amin", ["maruf", "amin"]),
        ("Ma\u2019ruf  Amin", ["maruf", "amin"]),
        ("Drs. H.Ahmad Dahlan ST., MT.", ["ahmad", "dahlan"]),
        ("José bin Ali", ["jose", "ali"]),
        ("Pak Haji", ["pak", "haji"]),
        ("I", ["i"]),
        ("...", []),
    ],
)
def test_titles_and_marks_are_no_part_of_a_name(said: str, words: list[str]) -> None:
    assert name_words(said) == words


@pytest.mark.parametrize(
    ("said", "signs"),
    [
        ("es ka em tujuh ef tiga ka kiu sembilan", "SKM7F3KQ9"),
        ("kode SKM strip 7 ef 3, strip ka q 9", "SKM7F3KQ9"),
        ("kode saya belum jadi", None),
        ("", ""),
    ],
)
def test_spoken_letters_are_put_together(said: str, signs: str | None) -> None:
    assert spelt_out(said) == signs
