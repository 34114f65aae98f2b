"""Every explanation of an unreadable answer is reached, and has the words for it."""

from __future__ import annotations

from typing import Any

import pytest

from actions.catalogue.texts import Texts, placeholders, read_texts
from actions.domain.messages import Contact, Location, StoredFile
from actions.forms.context import FormContext, RawAnswer, Unreadable
from actions.forms.form import Choice, Field
from actions.forms.kinds import KINDS
from tests.forms.conftest import DATA

LOSS = (Choice("hilang", "Hilang"), Choice("rusak", "Rusak"))
ZIP = RawAnswer(file=StoredFile("ab", "application/zip", 10))


def field(kind: str, **more: Any) -> Field:
    return Field(kind=kind, **{"key": kind, "label": kind, "question": "", **more})


def said(text: str) -> RawAnswer:
    return RawAnswer(text=text)


CASES: list[tuple[str, Field, RawAnswer]] = [
    ("umum.kosong", field("teks"), said(" 😊 ")),
    ("umum.kosong", field("nik"), said("")),
    ("umum.tulis", field("teks"), ZIP),
    ("umum.tombol_lama", field("nama"), RawAnswer(button="ya")),
    ("umum.tombol_lama", field("pilihan", choices=LOSS), RawAnswer(button="ya")),
    ("umum.pertanyaan", field("alamat"), said("berapa lama")),
    ("teks.panjang", field("teks", limits={"maks": 3}), said("empat")),
    ("nama.angka", field("nama"), said("budi 2")),
    ("nama.pendek", field("nama"), said("x")),
    ("nama.panjang", field("nama"), said("siti " * 20)),
    ("nama.bukan_nama", field("nama"), said("saya mau tanya")),
    ("nama.siapa", field("nama"), said("saya sendiri")),
    ("nik.kosong", field("nik"), said("tidak hafal")),
    ("nik.panjang", field("nik"), said("357801410785000")),
    ("nik.banyak", field("nik"), said("3578014107850001 3578014107850002")),
    ("nik.wilayah", field("nik"), said("0078014107850001")),
    ("nik.tanggal", field("nik"), said("3578019907850001")),
    ("nik.urut", field("nik"), said("3578014107850000")),
    ("kk.kosong", field("kk"), said("tidak hafal")),
    ("kk.panjang", field("kk"), said("35780101011500022")),
    ("kk.banyak", field("kk"), said("3578010101150002 3578010101150003")),
    ("kk.wilayah", field("kk"), said("3578000101150002")),
    ("kk.tanggal", field("kk"), said("3578010113150002")),
    ("kk.urut", field("kk"), said("3578010101150000")),
    ("kk.itu_nik", field("kk"), said("3578014107850001")),
    ("tanggal.kosong", field("tanggal"), said("lupa")),
    ("tanggal.hari", field("tanggal"), said("tahun lalu")),
    ("tanggal.tahun", field("tanggal", key="tanggal_lahir"), said("12 mei")),
    ("tanggal.arah", field("tanggal"), said("senin")),
    ("tanggal.banyak", field("tanggal"), said("3-5 desember")),
    ("tanggal.tidak_ada", field("tanggal"), said("31 februari")),
    ("tanggal.hari_beda", field("tanggal"), said("senin 5 desember 2026")),
    ("tanggal.lampau", field("tanggal", limits={"batas": "lampau"}), said("besok")),
    ("tanggal.mendatang", field("tanggal", limits={"batas": "mendatang"}), said("kemarin")),
    ("tanggal.jauh", field("tanggal"), said("5 mei 1850")),
    ("telepon.kosong", field("telepon"), said("tidak punya")),
    ("telepon.huruf", field("telepon"), said("0812abcd890")),
    ("telepon.pendek", field("telepon"), said("08123")),
    ("telepon.panjang", field("telepon"), said("0812345678901234567")),
    ("telepon.salah", field("telepon"), said("3578014107850001")),
    ("telepon.orang_lain", field("telepon"), RawAnswer(contact=Contact("628123", own=False))),
    ("angka.kosong", field("angka"), said("banyak")),
    ("angka.banyak", field("angka"), said("2 atau 3")),
    ("angka.bukan", field("angka", question="Ada berapa lampu?"), said("tiang nomor 114")),
    (
        "angka.satuan",
        field("angka", question="Berapa luasnya dalam meter persegi?"),
        said("3 petak"),
    ),
    ("angka.bulat", field("angka"), said("2,5")),
    ("angka.kurang", field("angka", limits={"min": 5}), said("4")),
    ("angka.lebih", field("angka", limits={"maks": 5}), said("6")),
    ("uang.kosong", field("uang"), said("banyak")),
    ("uang.banyak", field("uang"), said("2-3 juta")),
    ("uang.bukan", field("uang"), said("di loket 3")),
    ("uang.waktu", field("uang", question="Berapa gajinya sebulan?"), said("50rb/hari")),
    ("uang.bulat", field("uang"), said("1,5")),
    ("uang.kurang", field("uang", limits={"min": 500}), said("400")),
    ("uang.lebih", field("uang", limits={"maks": 500}), said("600")),
    ("pilihan.tidak_ada", field("pilihan", choices=LOSS), said("biru")),
    ("pilihan.ragu", field("pilihan", choices=LOSS), said("hilang dan rusak")),
    ("ya_tidak.ragu", field("ya_tidak"), said("mungkin")),
    ("alamat.pendek", field("alamat"), said("rt 3 rw 5")),
    ("alamat.panjang", field("alamat"), said("jalan " * 60)),
    ("lokasi.pendek", field("lokasi"), said("di sini")),
    ("lokasi.patokan", field("lokasi"), said("Wonorejo")),
    ("lokasi.panjang", field("lokasi"), said("jalan " * 60)),
    ("lokasi.luar", field("lokasi"), RawAnswer(location=Location(51.5, 0.1))),
    ("lokasi.luar_daerah", field("lokasi"), RawAnswer(location=Location(3.59, 98.67))),
    ("lokasi.tetangga", field("lokasi"), said("depan pasar, Kabupaten Tetangga")),
    ("lokasi.daerah_lain", field("lokasi"), said("depan pasar, Kabupaten Banyuwangi")),
    ("foto.bukan_foto", field("foto"), said("belum ada")),
    ("foto.bukan_foto", field("foto"), ZIP),
    ("dokumen.bukan_berkas", field("dokumen"), said("belum ada")),
    ("dokumen.bukan_berkas", field("dokumen"), ZIP),
]


@pytest.fixture(scope="module")
def texts() -> Texts:
    return read_texts(DATA / "texts")


@pytest.mark.parametrize(("key", "asked", "given"), CASES)
def test_an_unreadable_answer_has_its_explanation(
    context: FormContext, texts: Texts, key: str, asked: Field, given: RawAnswer
) -> None:
    with pytest.raises(Unreadable) as caught:
        KINDS[asked.kind].read(given, asked, context)
    error = caught.value
    assert error.key == key
    first = texts.plain(f"salah.{key}", 0, **error.params)
    second = texts.plain(f"salah.{key}", 1, **error.params)
    assert first != second
    assert "{" not in first + second


@pytest.mark.parametrize(("key", "asked", "given"), CASES)
def test_no_explanation_is_asked_for_more_or_less_than_it_shows(
    context: FormContext, texts: Texts, key: str, asked: Field, given: RawAnswer
) -> None:
    with pytest.raises(Unreadable) as caught:
        KINDS[asked.kind].read(given, asked, context)
    variants = texts.variants[f"salah.{key}"]
    assert len(variants) == 2
    assert placeholders(variants[0]) <= set(caught.value.params)


def test_no_explanation_is_left_over(texts: Texts) -> None:
    assert {f"salah.{key}" for key, _, _ in CASES} == set(texts.under("salah"))


def test_explanations_keep_to_the_tone(texts: Texts) -> None:
    for key in texts.under("salah"):
        for variant in texts.variants[key]:
            assert "!" not in variant
            assert "Anda" not in variant
            assert variant[-1] in '."'
            assert len(variant) <= 160


def test_kinds_without_choices_of_their_own_have_a_question_and_a_label(texts: Texts) -> None:
    own = {"teks", "angka", "uang", "pilihan", "ya_tidak"}
    for part in ("tanya", "label"):
        keys = {key.rsplit(".")[-1] for key in texts.under(f"formulir.{part}")}
        assert keys == set(KINDS) - own
    for key in texts.under("formulir.label"):
        assert len(texts.plain(key)) <= 30
