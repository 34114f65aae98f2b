"""Phrases of word lists: order, distance, endings, groups, slang and slips of the finger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.domain.phrases import (
    REACH,
    UnknownGroupError,
    locate,
    read_phrases,
    vocabulary,
)
from actions.domain.text import plain_words

GROUPS = {"orang": ["anak", "<tua>"], "tua": ["nenek", "orang tua"]}


def found(line: str, text: str, ordinary: tuple[str, ...] = ()) -> frozenset[int]:
    """Positions of the words of one phrase in a text."""
    phrases = read_phrases([line], GROUPS)
    known = vocabulary(phrases, (), slang={"lg": "lagi", "grgr": "gara gara"}, ordinary=ordinary)
    return phrases.all_in(locate(text, known), REACH)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("kabel putus", "kabel depan rumah putus"),
        ("kabel putus", "putus itu kabel"),
        ("kabel/kawat putus", "KAWAT... PUTUS!"),
        ("tidak_sadar", "nenek tidak sadar"),
        ("gara_gara", "rusak grgr hujan"),
        ("mukul*", "bapak mukulin ibu"),
        ("~timpa", "ada yang ketimpa pohon"),
        ("~timpa", "ditimpain batu"),
        ("<orang> hanyut", "nenek itu hanyut"),
        ("<orang> hanyut", "orang tua hanyut"),
        ("rumah", "rumahnya"),
        ("tolong", "tolooooong"),
        ("anak main", "anak2 main"),
        ("kebakaran", "kebakran"),
        ("kebakaran", "kebakrann"),
        ("banjir", "bnajir"),
        ("banjir", "bamjir"),
        ("kebakaran", "kbkrn"),
        ("pingsan", "pngsan"),
        ("ibu kejang", "ibu kejag"),
        ("<tua>_hilang", "orang tua hilang"),
    ],
)
def test_phrase_is_found(line: str, text: str) -> None:
    assert found(line, text)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("kabel putus", "kabel satu dua tiga empat putus"),
        ("kabel putus", "kabel kendor"),
        ("tidak_sadar", "sadar tidak"),
        ("tidak_sadar", "tidak ada yang sadar"),
        ("bakar", "bayar pajak"),
        ("kobong", "kios kosong"),
        ("api", "apa"),
        ("tali tali", "tali"),
        ("kejang", "kemang"),
        ("kejang", "kejag"),
        ("sandera", "sandra"),
        ("pedang", "ledang"),
        ("anak kejang", "anak saya di jl kejag"),
        ("anak kejang", "nama anak Kejag"),
        ("tenggelam pingsan", "tengelan pinsan"),
    ],
)
def test_phrase_is_not_found(line: str, text: str) -> None:
    assert not found(line, text)


def test_three_words_may_stand_looser_than_two() -> None:
    assert found("air naik cepat", "air satu dua tiga empat lima naik cepat")


def test_positions_are_those_of_the_words_after_slang() -> None:
    assert found("gara hujan", "grgr hujan") == {0, 1, 2}


def test_an_ordinary_word_is_no_slip() -> None:
    assert found("pemadam", "pemadan")
    assert not found("pemadam", "pemadan", ordinary=("pemadan",))


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("ada begal", True),
        ("begal di desa kami", True),
        ("desa kami ada begal", True),
        ("rt 3 begal", True),
        ("desa begal", False),
        ("Jl. Begal no 3", False),
        ("saya orang begal", False),
        ("begal-begal", True),
    ],
)
def test_a_word_that_is_also_a_name_says_nothing_where_a_name_stands(
    text: str, heard: bool
) -> None:
    phrases = read_phrases(["begal"])
    known = vocabulary(phrases, (), slang={}, ordinary=(), also_names=("begal",))
    assert phrases.any_in(locate(text, known)) is heard


def test_exceptions_are_read_as_written() -> None:
    exceptions = read_phrases(["simulasi"])
    known = vocabulary((), exceptions, slang={}, ordinary=())
    assert not exceptions.any_in(locate("simulsi", known))


def test_unknown_group_is_named() -> None:
    with pytest.raises(UnknownGroupError, match="hewan"):
        read_phrases(["<hewan> lepas"], GROUPS)


def test_words_are_plain() -> None:
    assert plain_words("Kué-kuéna, ENAAAK bgt!! rame2") == ["kue", "kuena", "enak", "bgt", "rame"]


@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    assert len(found("kabel/kawat putus", text)) <= len(plain_words(text)) * 2
