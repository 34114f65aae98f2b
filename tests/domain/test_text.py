"""Signs that look alike read alike."""

from __future__ import annotations

import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.domain.codes import new_code, read_code
from actions.domain.text import LONGEST, plain_signs, tidy

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u207b\u02d7\u2043\u2796\ufe63\uff0d\u2e3a"
CODE = new_code("SKM", Random(7))


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("0812‑3456‑7890", "0812-3456-7890"),
        ("−6,2", "-6,2"),
        ("ʼ320’", "'320'"),
        ("“NIK”", '"NIK"'),
        ("０８１２ ٠٨١٢", "0812 0812"),
        ("1️⃣", "1"),
        ("0812\u200b34\u00ad56", "08123456"),
        ("17⁄8∕26", "17/8/26"),
        ("10×20 m²", "10x20 m2"),
        ("1½", "1 1/2"),
        ("José", "José"),
    ],
)
def test_signs_become_plain(written: str, plain: str) -> None:
    assert plain_signs(written) == plain


@pytest.mark.parametrize("dash", DASHES, ids=unicodedata.name)
def test_a_code_reads_with_any_dash(dash: str) -> None:
    assert read_code(CODE.replace("-", dash), "SKM") == CODE


@given(st.text())
def test_plain_signs_stay(text: str) -> None:
    assert plain_signs(plain_signs(text)) == plain_signs(text)


def test_one_sign_that_stands_for_many_makes_no_text_longer_than_the_longest() -> None:
    assert len(tidy("\ufdfa" * LONGEST)) <= LONGEST
