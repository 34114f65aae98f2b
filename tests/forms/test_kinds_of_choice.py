"""Choices, yes and no, and rough answers: what is recognised, and what is asked again."""

from __future__ import annotations

import pytest

from actions.forms.context import FormContext, RawAnswer, Unreadable
from actions.forms.form import Choice
from actions.forms.kinds import KINDS
from tests.forms.samples import LOSS, POLICE, STATE, field, read


@pytest.mark.parametrize(
    ("choices", "text", "key"),
    [
        (POLICE, "Sudah", "sudah"),
        (POLICE, "2", "belum"),
        (POLICE, "nomor dua", "belum"),
        (POLICE, "yang pertama", "sudah"),
        (POLICE, "iya", "sudah"),
        (POLICE, "gak", "belum"),
        (POLICE, "blm bu", "belum"),
        (POLICE, "sudha", "sudah"),
        (STATE, "17 tahun", "tujuh_belas"),
        (STATE, "baru genap tujuh belas", "tujuh_belas"),
        (STATE, "udah nikah", "menikah"),
        (STATE, "belum dicetak", "sudah_rekam"),
        (STATE, "4.", "sudah_rekam"),
        (STATE, "belum_rekam", "belum_rekam"),
        (LOSS, "bukan hilang tapi rusak", "rusak"),
        (LOSS, "rusak berat pak", "rusak_berat"),
    ],
)
def test_choices_are_recognised(
    context: FormContext, choices: tuple[Choice, ...], text: str, key: str
) -> None:
    assert read(field("pilihan", choices=choices), text, context) == key
    assert read(field("pilihan", choices=choices), RawAnswer(button=key), context) == key


def test_an_unclear_choice_names_what_it_could_be(context: FormContext) -> None:
    asked = field("pilihan", choices=LOSS)
    with pytest.raises(Unreadable) as caught:
        read(asked, "hilang dan rusak", context)
    assert caught.value.params == {"pilihan": "Hilang; Rusak"}
    with pytest.raises(Unreadable) as caught:
        read(asked, "tidak hilang", context)
    assert caught.value.params == {"pilihan": "Hilang; Rusak; Rusak berat"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("iya pak", "ya"),
        ("y", "ya"),
        ("yoi", "ya"),
        ("nggih", "ya"),
        ("sudah ada", "ya"),
        ("👍🏽", "ya"),
        ("he eh", "ya"),
        ("muhun", "ya"),
        ("gakkk", "tidak"),
        ("belum pak", "tidak"),
        ("ya belum", "tidak"),
        ("belom punya", "tidak"),
        ("ga ada", "tidak"),
        ("sudah tidak", "tidak"),
        ("ora", "tidak"),
        ("👎", "tidak"),
    ],
)
def test_yes_and_no_in_many_tongues(context: FormContext, text: str, value: str) -> None:
    assert read(field("ya_tidak"), text, context) == value
    assert read(field("ya_tidak"), RawAnswer(button=value), context) == value


@pytest.mark.parametrize(
    "text", ["gapapa", "tidak apa-apa", "ga tau", "ada yang salah", "sudah tapi belum", "hijau"]
)
def test_neither_yes_nor_no_is_asked_again(context: FormContext, text: str) -> None:
    with pytest.raises(Unreadable, match=r"ya_tidak\.ragu"):
        read(field("ya_tidak"), text, context)


def test_a_rough_time_is_kept_only_where_no_date_is_required(context: FormContext) -> None:
    since = field("tanggal", required=False, limits={"batas": "lampau"})
    for text in ("minggu lalu", "bulan kemarin pak", "sejak lebaran", "1,5 bulan yang lalu"):
        assert read(since, text, context) == text
        assert KINDS["tanggal"].show(text, since) == text
        with pytest.raises(Unreadable, match=r"tanggal\.hari"):
            read(field("tanggal"), RawAnswer(text=text, insisted=True), context)
    with pytest.raises(Unreadable, match=r"tanggal\.hari"):
        read(since, "minggu depan", context)


def test_other_words_are_kept_as_a_time_only_when_insisted_on(context: FormContext) -> None:
    since = field("tanggal", required=False, limits={"batas": "lampau"})
    for text in ("waktu hujan besar", "tiap hujan", "minggu lalu saya lapor kok belum ada kabar"):
        with pytest.raises(Unreadable):
            read(since, text, context)
        assert read(since, RawAnswer(text=text, insisted=True), context) == text
    with pytest.raises(Unreadable, match=r"tanggal\.lampau"):
        read(since, RawAnswer(text="besok", insisted=True), context)


@pytest.mark.parametrize(
    "text", ["sudah", "kirim", "depan pasar sukamaju", "belum", "3 karung", "waktu"]
)
def test_what_tells_of_no_time_is_asked_again_also_when_insisted_on(
    context: FormContext, text: str
) -> None:
    since = field("tanggal", required=False, limits={"batas": "lampau"})
    with pytest.raises(Unreadable, match=r"tanggal\.kosong"):
        read(since, RawAnswer(text=text, insisted=True), context)


def test_much_more_than_yes_is_yes_only_when_nothing_else_was_meant(context: FormContext) -> None:
    text = "sudah saya minta ke polsek kemarin sore pak"
    with pytest.raises(Unreadable, match=r"ya_tidak\.ragu"):
        read(field("ya_tidak"), text, context)
    assert read(field("ya_tidak"), RawAnswer(text=text, insisted=True), context) == "ya"


def test_a_question_is_an_answer_only_when_nothing_else_was_meant(context: FormContext) -> None:
    for kind in ("teks", "alamat", "lokasi"):
        with pytest.raises(Unreadable, match=r"umum\.pertanyaan"):
            read(field(kind), "dekat sekolah ada apa ya?", context)
    insisted = RawAnswer(text="buat apa saja boleh?", insisted=True)
    assert read(field("teks"), insisted, context) == "buat apa saja boleh?"


def test_a_year_has_no_dot(context: FormContext) -> None:
    value = read(field("angka"), "tahun 2019", context)
    assert KINDS["angka"].show(value, field("angka")) == "2019"
    assert KINDS["angka"].show(12_500, field("angka")) == "12.500"
