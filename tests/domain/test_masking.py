"""What tells who somebody is does not stay in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.domain.masking import SLOTS, mask
from actions.domain.understanding import Entity
from tests.support.running_bot import reference_of_tests

KNOWN = reference_of_tests().catalogue.vocabulary


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("nama saya siti aminah mau bikin ktp", "nama saya {nama} mau bikin ktp"),
        ("nama anak saya: Alif Rahman", "nama anak saya: {nama}"),
        ("a.n. Rudi Hartono minta akta", "a.n. {nama} minta akta"),
        ("Pak Darto kades minta uang", "Pak {nama} kades minta uang"),
        ("nik 3299014506880001 ktp hilang", "nik {nik} ktp hilang"),
        ("nik 3299 0145 0688 0001", "nik {nik}"),
        ("kk saya 3299021207750003", "kk saya {kk}"),
        ("hp 0812-3456-7890", "hp {hp}"),
        ("wa +62 812 3456 7890 ya", "wa {hp} ya"),
        ("email a.b@contoh.co.id, ig @akunku", "email {kontak} ig {kontak}"),
        ("lahir 12-05-1987", "lahir {tanggal}"),
        ("kode SKM-7F3-K9A sudah sampai mana", "kode {kode} sudah sampai mana"),
        ("di jalan mawar indah no 12 rt 03/rw 05", "di {alamat} {alamat}"),
        ("jl. sudirman macet", "jl. {alamat} macet"),
        ("rekening 88221", "rekening {nomor}"),
    ],
)
def test_patterns_find_it(said: str, kept: str) -> None:
    assert mask(said, (), KNOWN) == kept


@pytest.mark.parametrize(
    "said",
    [
        "pak ktp saya hilang",
        "nama saya salah di kk",
        "jalan rusak depan pasar",
        "bu mau tanya jam buka hari senin",
        "PAK SAYA MAU BIKIN KTP",
        "sudah 3 hari lampu mati 2 buah",
        "",
    ],
)
def test_everyday_words_stay(said: str) -> None:
    assert mask(said, (), KNOWN) == said


def test_what_the_model_found_goes_and_money_stays() -> None:
    said = "yohana disuruh bayar 500.000 di sebelah warung bu tini tanggal 12 mei 1987"
    entities = [
        Entity("nama", "yohana", 0, 6),
        Entity("uang", "500.000", 21, 28),
        Entity("patokan", "", 32, 54),
        Entity("tanggal", "", 55, 74),
    ]
    assert mask(said, entities, KNOWN) == "{nama} disuruh bayar 500.000 di {alamat} {tanggal}"


def test_a_day_of_this_week_tells_nothing() -> None:
    said = "kemarin lampu mati"
    assert mask(said, [Entity("tanggal", "kemarin", 0, 7)], KNOWN) == said


@given(st.text(alphabet="abc 0123456789{}@.,-/narptSi", max_size=80))
def test_masking_twice_is_masking_once(said: str) -> None:
    once = mask(said, (), KNOWN)
    assert mask(once, (), KNOWN) == once


@given(st.text(max_size=40), st.integers(10**15, 10**16 - 1), st.text(max_size=40))
def test_no_number_of_a_card_is_left(before: str, number: int, after: str) -> None:
    assert str(number) not in mask(f"{before} {number} {after}", (), KNOWN)


def test_every_slot_has_something_to_fill_it_with() -> None:
    assert set(SLOTS) <= set(reference_of_tests().words["isian"])
