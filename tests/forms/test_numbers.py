"""Numbers as people write and say them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.forms.numbers import digits_for_words, numbers_in
from actions.forms.show import show_number, show_rupiah


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3", [3]),
        ("tiga orang", [3]),
        ("dua belas", [12]),
        ("sebelas", [11]),
        ("dua puluh lima", [25]),
        ("seratus lima puluh", [150]),
        ("sembilan ratus sembilan puluh sembilan", [999]),
        ("seribu sembilan ratus empat puluh lima", [1945]),
        ("dua ribu dua puluh enam", [2026]),
        ("sembilan belas delapan puluh lima", [19, 85]),
        ("50rb", [50_000]),
        ("50 ribu", [50_000]),
        ("50k", [50_000]),
        ("50.000", [50_000]),
        ("Rp50.000,-", [50_000]),
        ("Rp 50.000,00", [50_000]),
        ("1.500.000", [1_500_000]),
        ("1,500,000", [1_500_000]),
        ("1,5 juta", [1_500_000]),
        ("1.5jt", [1_500_000]),
        ("satu setengah juta", [1_500_000]),
        ("setengah juta", [500_000]),
        ("2 juta 500 ribu", [2_500_000]),
        ("dua juta lima ratus ribu rupiah", [2_500_000]),
        ("sejuta dua ratus", [1_200_000]),
        ("2jt500", [2_500_000]),
        ("satu miliar lima ratus", [1_500_000_000]),
        ("dua juta setengah", [2_500_000]),
        ("seribu dua ratus", [1_200]),
        ("2jt", [2_000_000]),
        ("ceban", [10_000]),
        ("800rban", [800_000]),
        ("800 ribuan", [800_000]),
        ("500-an ribu", [500_000]),
        ("2jtan", [2_000_000]),
        ("1jt 5ratus", [1_500_000]),
        ("1jt5rts", [1_500_000]),
        ("5 ratus ribu", [500_000]),
        ("1 juta 5 ratus ribu", [1_500_000]),
        ("dua juta lima puluh ribu", [2_050_000]),
        ("seperempat juta", [250_000]),
        ("1/2 juta", [500_000]),
        ("2 juta 5", [2_000_000, 5]),
        ("0,125", [Fraction(1, 8)]),
        ("bertiga", [3]),
        ("1 juta 2 ratus lima puluh ribu", [1_250_000]),
        ("seribuan", [1000]),
        ("50 ribu 2 orang", [50_000, 2]),
        ("2 ratus", [200]),
        ("1 miliar", [10**9]),
        ("2 atau 3", [2, 3]),
        ("2 3", [2, 3]),
        ("500 ribu 2 juta", [500_000, 2_000_000]),
        ("120,5 meter", [Fraction(241, 2)]),
        ("sebulan", []),
        ("setengah hati", []),
        ("tidak tahu", []),
        ("", []),
    ],
)
def test_numbers_in_a_text(text: str, numbers: list[Fraction]) -> None:
    assert numbers_in(text) == numbers


def test_other_words_stay() -> None:
    words = ["tanggal", "dua", "puluh", "satu", "bulan", "dua", "belas"]
    assert digits_for_words(words) == ["tanggal", "21", "bulan", "12"]


UNITS = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]


def spell(number: int) -> str:
    """The number in words, from 1 to 999,999."""
    if number < 10:
        return UNITS[number]
    if number < 20:
        return {10: "sepuluh", 11: "sebelas"}.get(number, f"{UNITS[number - 10]} belas")
    for size, name in ((1000, "ribu"), (100, "ratus"), (10, "puluh")):
        if number >= size:
            count, rest = divmod(number, size)
            head = f"se{name}" if count == 1 else f"{spell(count)} {name}"
            return f"{head} {spell(rest)}".strip()
    raise AssertionError(number)


@given(st.integers(1, 999_999))
def test_what_is_spelt_is_read(number: int) -> None:
    assert numbers_in(spell(number)) == [number]


@given(st.integers(0, 10**12))
def test_what_is_shown_is_read(number: int) -> None:
    assert numbers_in(show_number(number)) == [number]
    assert numbers_in(show_rupiah(number)) == [number]


@given(st.text())
def test_any_text_has_some_numbers_or_none(text: str) -> None:
    assert all(number >= 0 for number in numbers_in(text))


@given(st.text("0123456789.,rbjt setengah"))
def test_any_mix_of_digits_and_scales_can_be_read(text: str) -> None:
    assert all(number >= 0 for number in numbers_in(text))
