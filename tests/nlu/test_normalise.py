"""Chat spelling becomes plain words, once and for all, and courtesies come off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.text.affixes import stem
from nlu.text.courtesy import without_courtesy
from nlu.text.normalise import Normaliser, read_slang
from nlu.text.tokenizer import cut, fold

SLANG = read_slang()
plain = Normaliser(SLANG)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("mahal bangetttt", "mahal sekali"),
        ("haloooo", "halo"),
        ("ktpnya ilangg", "ktpnya hilang"),
        ("HILAAANG", "hilang"),
        ("saat ini", "saat ini"),
        ("bills call full", "bills call full"),
    ],
)
def test_drawn_out_words_are_shortened(written: str, meant: str) -> None:
    assert plain(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ktp2", "ktp-ktp"),
        ("jalan2nya", "jalan-jalannya"),
        ("KTP2nya", "ktp-ktpnya"),
        ("sampe2", "sampai-sampai"),
        ("rt2", "rt-rt"),
        ("2 ktp", "2 ktp"),
    ],
)
def test_a_two_behind_a_word_says_it_twice(written: str, meant: str) -> None:
    assert plain(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("yg gmn brp", "yang bagaimana berapa"),
        ("mau bikin ktp ilang kmrn gmn ya", "mau buat ktp hilang kemarin bagaimana ya"),
        ("mksh", "terima kasih"),
        ("brpnya", "berapanya"),
        ("ktpku", "ktp saya"),
        ("s4ya", "saya"),
        ("k4rtu", "kartu"),
        ("k t p", "ktp"),
        ("S.K.C.K", "skck"),
        ("Café", "cafe"),
        ("ngurusin", "mengurus"),
        ("nyari", "mencari"),
        ("vaksin", "vaksin"),
        ("nyamuk", "nyamuk"),
    ],
)
def test_chat_spelling_is_written_out(written: str, meant: str) -> None:
    assert plain(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("gabisa", "tidak bisa"),
        ("gakbisa", "tidak bisa"),
        ("tdkbisa", "tidak bisa"),
        ("gatau", "tidak tahu"),
        ("gang", "gang"),
        ("takut", "takut"),
        ("gak", "tidak"),
    ],
)
def test_a_no_glued_to_a_word_comes_loose(written: str, meant: str) -> None:
    assert plain(written) == meant


@pytest.mark.parametrize("written", ["", " ", "...", "?!", "💩", "👍👍"])
def test_what_holds_no_word_becomes_nothing(written: str) -> None:
    assert plain(written) == ""


def test_a_known_word_is_not_improved() -> None:
    assert Normaliser({}, {"nyata", "boss", "gabisa"})("nyata boss gabisa") == "nyata boss gabisa"
    assert Normaliser({}, ())("boss") == "bos"


def test_what_the_list_makes_of_a_word_is_plain_already() -> None:
    again = {word: plain(meant) for word, meant in SLANG.items() if plain(meant) != meant}
    assert again == {}


WORDS = st.lists(
    st.sampled_from([*SLANG, *SLANG.values(), "ktp2", "gabisa", "ngurusin", "bangettt", "3299"]),
    max_size=8,
).map(" ".join)


@given(WORDS)
def test_plain_words_stay_as_they_are(text: str) -> None:
    once = plain(text)
    spelled_out = [word for word in once.split() if len(word) == 1]
    if len(spelled_out) < 2:
        assert plain(once) == once


@given(st.text(max_size=60))
def test_any_text_can_be_normalised_and_cut(text: str) -> None:
    assert plain(text) == plain(text).strip()
    assert len(fold(text)) == len(text)
    edges = [edge for word in cut(text) for edge in (word.start, word.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


def test_words_say_where_they_stood() -> None:
    text = "  Pak, K.T.P. saya"
    assert [text[word.start : word.end] for word in cut(text)] == ["Pak", "K.T.P", "saya"]
    assert [word.text for word in cut(text)] == ["pak", "ktp", "saya"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("mengurusnya", "diurus"), ("dibuatkan", "membuat"), ("terhapus", "dihapuskan")],
)
def test_shapes_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["ktp", "desa", "kartu", "sampah"])
def test_a_short_word_is_its_own_stem(word: str) -> None:
    assert stem(word) == word


@pytest.mark.parametrize(
    ("message", "wish"),
    [
        ("Selamat pagi Bu, KK saya hilang, terima kasih", "kk saya hilang"),
        ("pagi pak kk sy ilang mksh", "kk saya hilang"),
        ("permisi numpang tanya syarat kk apa ya", "syarat kk apa"),
        ("Assalamualaikum, mau bikin akta lahir", "mau buat akta lahir"),
        ("lampu jalan mati, mohon dibantu pak", "lampu jalan mati"),
    ],
)
def test_the_wish_remains_without_greeting_and_thanks(message: str, wish: str) -> None:
    assert without_courtesy(plain(message)) == wish


@pytest.mark.parametrize(
    "message",
    [
        "halo",
        "selamat pagi bu",
        "terima kasih banyak pak",
        "bapak saya meninggal",
        "pak rt minta uang",
        "ibu saya sakit keras",
    ],
)
def test_courtesy_alone_and_people_who_are_meant_stay(message: str) -> None:
    assert without_courtesy(plain(message)) == plain(message)
