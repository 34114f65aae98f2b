"""Codes survive paper, dictation and thumbs."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from actions.domain.codes import (
    ALPHABET,
    looks_like_code,
    new_code,
    new_return_code,
    read_code,
    read_return_code,
)

codes = st.integers(min_value=0).map(lambda seed: new_code("SKM", Random(seed)))
prefixes = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=4)
CODE = new_code("SKM", Random(7))


def test_the_alphabet_has_28_characters_and_no_look_alikes() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 28
    assert not set("01OISZBV") & set(ALPHABET)


@given(prefixes, st.integers(min_value=0))
def test_a_code_reads_as_itself(prefix: str, seed: int) -> None:
    code = new_code(prefix, Random(seed))
    assert read_code(code, prefix) == code
    assert read_code(code, prefix) == read_code(code.lower(), prefix)
    assert any(char.isdigit() for char in code.removeprefix(prefix))


@given(codes)
def test_a_code_reads_in_a_sentence_and_without_dashes(code: str) -> None:
    for spelt in (code, code.replace("-", ""), code.replace("-", " "), " ".join(code)):
        assert read_code(f"pak kode saya {spelt.lower()}, gimana ya", "SKM") == code


@given(codes)
def test_a_code_reads_without_its_prefix_when_alone(code: str) -> None:
    assert read_code(code.removeprefix("SKM-"), "SKM") == code
    assert read_code(code.removeprefix("SKM-").replace("-", "").lower() + ".", "SKM") == code


@given(codes)
def test_look_alikes_are_forgiven(code: str) -> None:
    assert read_code(code.translate(str.maketrans("528LUQ", "SZBIVO")), "SKM") == code
    assert read_code(code.translate(str.maketrans("LQD", "100")), "SKM") == code


@given(codes, st.integers(4, 10), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(code: str, at: int, char: str) -> None:
    assume(code[at] not in ("-", char))
    wrong = code[:at] + char + code[at + 1 :]
    assume(any(written.isdigit() for written in wrong))
    assert read_code(wrong, "SKM") is None
    assert looks_like_code(wrong, "SKM")


def test_two_swapped_characters_are_noticed() -> None:
    slipped = total = 0
    for seed in range(2000):
        body = new_code("SKM", Random(seed)).removeprefix("SKM-").replace("-", "")
        for i in range(5):
            swapped = body[:i] + body[i + 1] + body[i] + body[i + 2 :]
            total += body[i] != body[i + 1]
            slipped += swapped != body and read_code(swapped, "SKM") is not None
    assert slipped / total < 0.01


@pytest.mark.parametrize(
    "text",
    [
        "",
        "KTP saya sudah jadi belum",
        "skm itu apa sih",
        "081234567890",
        "3578014107850001",
        "ABC-7F3-KQ9",
        "PASKM7F3KQ9",
        "RT 03 RW 05",
        "lapor",
    ],
)
def test_what_is_no_code_is_none(text: str) -> None:
    assert read_code(text, "SKM") is None


def test_the_first_valid_code_of_a_sentence_wins() -> None:
    other = new_code("SKM", Random(8))
    assert read_code(f"bukan SKM-222-222 tapi {CODE} dan {other}", "SKM") == CODE


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    code = read_code(text, "SKM")
    assert code is None or read_code(code, "SKM") == code
    assert code is None or looks_like_code(text, "SKM")


def test_codes_of_an_older_prefix_are_read_and_keep_it() -> None:
    old, new = new_code("SKM", Random(3)), new_code("SMJ", Random(4))
    assert read_code(f"cek {old.lower()} dong", "SMJ", "SKM") == old
    assert read_code(f"{old} atau {new}", "SMJ", "SKM") == new
    assert read_code(new.removeprefix("SMJ-"), "SMJ", "SKM") == new
    assert read_code(f"cek {old} dong", "SMJ") is None
    assert looks_like_code("SKM-7F3-KQ8", "SMJ", "SKM")


@given(st.integers(min_value=0))
def test_a_return_code_reads_as_itself_however_it_is_written(seed: int) -> None:
    code = new_return_code(Random(seed))
    assert len(code) == 14
    for spelt in (code.lower(), code.replace("-", ""), " ".join(code), f" {code}. "):
        assert read_return_code(spelt) == code
    assert read_return_code(code[:-1]) is None
    assert read_return_code(f"{code}A") is None
