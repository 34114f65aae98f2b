"""Names of the catalogue are found in what people type, without any model."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.catalogue.names import Matcher, telling_words
from tests.support.running_bot import reference_of_tests

SLANG = {"ilang": "hilang", "rt2": "rt rt", "gmn": "bagaimana"}
NAMES = {
    "ktp_hilang": ["KTP hilang", "dompet hilang"],
    "ktp_rusak": ["KTP rusak"],
    "kk_hilang": ["KK hilang"],
    "lampu_jalan": ["lampu jalan mati", "penerangan jalan"],
}
MATCHER = Matcher(NAMES, SLANG)


def best(text: str) -> str | None:
    ranked = MATCHER.rank(text)
    return ranked[0].name if ranked else None


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("ktp hilang", "ktp_hilang"),
        ("KTP saya ilang pak", "ktp_hilang"),
        ("hilang nih ktpnya", "ktp_hilang"),
        ("ktp saya rusak", "ktp_rusak"),
        ("lampu jalan depan rumah mati", "lampu_jalan"),
        ("penerengan jalan kurang", "lampu_jalan"),
        ("lamppu jalan mati", "lampu_jalan"),
        ("selamat pagi", None),
        ("", None),
        ("🙏", None),
    ],
)
def test_the_name_that_is_meant_is_found(text: str, slug: str | None) -> None:
    assert best(text) == slug


def test_half_a_name_is_not_enough() -> None:
    assert MATCHER.rank("hilang") == ()
    assert MATCHER.rank("ktp") == ()


def test_of_two_that_fit_the_one_wins_that_explains_more() -> None:
    ranked = MATCHER.rank("ktp hilang dan dompet juga")
    assert ranked[0].name == "ktp_hilang"


def test_an_ordinary_word_is_no_mistyped_name() -> None:
    names = {"sampah": ["sampah"]}
    assert Matcher(names, SLANG).rank("sampai jumpa")
    assert Matcher(names, SLANG, {"sampai"}).rank("sampai jumpa") == ()


def test_a_name_that_is_slang_for_an_ordinary_word_does_not_count_alone() -> None:
    matcher = Matcher({"izin_praktik": ["SIP", "SIP bidan"]}, {"sip": "baik"})
    assert matcher.rank("sip") == matcher.rank("pelayanan baik") == ()
    assert matcher.rank("sip bidan")[0].name == "izin_praktik"


def test_words_are_spelt_out_and_clitics_dropped() -> None:
    assert telling_words("KTPnya ilang, gmn?", SLANG) == ["ktp", "hilang", "bagaimana"]
    assert telling_words("rt2", SLANG) == ["rt", "rt"]


def test_a_new_name_is_found_at_once() -> None:
    matcher = Matcher({**NAMES, "bedah_rumah": ["bedah rumah"]}, SLANG)
    assert matcher.rank("mau bedah rumah")[0].name == "bedah_rumah"


@given(st.text(max_size=80))
def test_any_text_is_ranked_within_bounds(text: str) -> None:
    ranked = MATCHER.rank(text)
    shares = [candidate.confidence for candidate in ranked]
    assert shares == sorted(shares, reverse=True)
    assert all(0.0 < share <= 1.0 for share in shares)


SHIPPED = reference_of_tests()


@pytest.mark.parametrize(
    "slug", sorted({*SHIPPED.catalogue.services, *SHIPPED.catalogue.complaints})
)
def test_every_item_is_found_by_the_name_on_its_button(slug: str) -> None:
    ranked = SHIPPED.matcher.rank(SHIPPED.catalogue.item(slug).called)
    assert ranked[0].name == slug
