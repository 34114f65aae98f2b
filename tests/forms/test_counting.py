"""Which number of a sentence answers, and areas in other units."""

from __future__ import annotations

import pytest

from actions.forms.context import FormContext, RawAnswer, Unreadable
from actions.forms.form import Field
from tests.forms.samples import field, read

LAMPS = field("angka", question="Ada berapa lampu?", limits={"min": 1, "maks": 200})
PEOPLE = field("angka", question="Berapa orang yang pindah ke sini?")
YEAR = field("angka", question="Tahun berapa lulusnya?", limits={"min": 1950, "maks": 2100})
GRADE = field("angka", question="Kelas berapa sekarang?")
ANIMALS = field("angka", question="Berapa ekor?")
STOREYS = field("angka", question="Berapa lantai?")
AREA = field("angka", question="Berapa luas lahannya dalam meter persegi?")
INCOME = field("uang", question="Kira-kira berapa penghasilannya sebulan?")
MONEY = field("uang", question="Berapa uang yang diminta?")


@pytest.mark.parametrize(
    ("asked", "text", "number"),
    [
        (LAMPS, "3", 3),
        (LAMPS, "ada 3 lampu", 3),
        (LAMPS, "3 lampu di RT 05", 3),
        (LAMPS, "jalan raya km 7 ada 2 lampu mati", 2),
        (LAMPS, "di gang mawar ada 3", 3),
        (LAMPS, "3 lampu pju no tiang 12, 13, 14", 3),
        (LAMPS, "tadi saya hitung ada 4 lampu mati di gang itu", 4),
        (LAMPS, "mati 3", 3),
        (LAMPS, "6 pak, semuanya mati", 6),
        (LAMPS, "kalau tidak salah 4", 4),
        (LAMPS, "sekitar 10-an", 10),
        (LAMPS, "dua puluhan", 20),
        (LAMPS, "tiga (3)", 3),
        (PEOPLE, "berempat", 4),
        (PEOPLE, "1 kk 4 jiwa", 4),
        (PEOPLE, "saya, istri, 2 anak jadi 4 orang", 4),
        (YEAR, "lulus tanggal 12 mei 2010", 2010),
        (YEAR, "kelas 3 tahun 2010", 2010),
        (GRADE, "sdn 2 kelas 4", 4),
        (ANIMALS, "ada 12 ekor ayam", 12),
        (ANIMALS, "3 sapi", 3),
        (STOREYS, "1 lantai 100 m2", 1),
        (MONEY, "rt 3 minta 50 ribu", 50_000),
        (MONEY, "diminta 200rb buat 1 hari jadi", 200_000),
        (MONEY, "saya umur 40 tahun gaji 2 juta", 2_000_000),
        (PEOPLE, "sekitar 200 undangan", 200),
        (PEOPLE, "3 rt sekitar 300 orang", 300),
        (YEAR, "kira2 1999", 1999),
        (INCOME, "2jt/bln", 2_000_000),
        (MONEY, "total 300 ribu dari 3 kali", 300_000),
    ],
)
def test_the_number_that_answers_is_taken(
    context: FormContext, asked: Field, text: str, number: int
) -> None:
    assert read(asked, text, context) == number


@pytest.mark.parametrize(
    ("asked", "text", "key"),
    [
        (LAMPS, "itu fotonya nyusul, nomor tiang 114", "angka.bukan"),
        (LAMPS, "tiang no 7 pak", "angka.bukan"),
        (LAMPS, "rumah saya nomor 12", "angka.bukan"),
        (LAMPS, "rt 03 rw 02", "angka.bukan"),
        (LAMPS, "dekat SDN 3", "angka.bukan"),
        (LAMPS, "di belakang masjid 2", "angka.bukan"),
        (LAMPS, "sudah 3 hari mati", "angka.bukan"),
        (LAMPS, "saya sudah lapor 2 kali", "angka.bukan"),
        (LAMPS, "nanti jam 5 saya hitung", "angka.bukan"),
        (LAMPS, "besok tanggal 5", "angka.bukan"),
        (LAMPS, "hp saya 081234567890", "angka.bukan"),
        (LAMPS, "ada satu gang gelap semua", "angka.bukan"),
        (LAMPS, "ada 4 rumah gelap", "angka.bukan"),
        (LAMPS, "lampu 60 watt", "angka.bukan"),
        (LAMPS, "lampu no 5 dan 6", "angka.bukan"),
        (LAMPS, "salah satu lampu", "angka.bukan"),
        (LAMPS, "sekitar 3-4", "angka.banyak"),
        (LAMPS, "3 di depan, 2 di belakang", "angka.banyak"),
        (PEOPLE, "saya istri dan 2 anak", "angka.bukan"),
        (PEOPLE, "3 orang dewasa dan 2 anak", "angka.banyak"),
        (PEOPLE, "umur 30", "angka.bukan"),
        (ANIMALS, "10 sapi 5 kambing", "angka.banyak"),
        (MONEY, "nomor hp 081234567890", "uang.bukan"),
        (MONEY, "150rb 2x", "uang.banyak"),
        (MONEY, "50 ribu 2 orang", "uang.banyak"),
        (INCOME, "tidak tentu, 50 ribu sehari", "uang.waktu"),
        (MONEY, "di loket 3", "uang.bukan"),
        (MONEY, "100rbx", "uang.bukan"),
        (MONEY, "2 orang @50rb", "uang.banyak"),
        (MONEY, "25 hari x 10 ribu", "uang.banyak"),
        (MONEY, "2jt3", "uang.banyak"),
    ],
)
def test_another_number_is_asked_about_even_when_it_is_insisted_on(
    context: FormContext, asked: Field, text: str, key: str
) -> None:
    for answer in (RawAnswer(text=text), RawAnswer(text=text, insisted=True)):
        with pytest.raises(Unreadable) as caught:
            read(asked, answer, context)
        assert caught.value.key == key


@pytest.mark.parametrize(
    ("text", "square_metres"),
    [
        ("100", 100),
        ("100 m2", 100),
        ("100m²", 100),
        ("100 m^2", 100),
        ("200 m", 200),
        ("dua ratus meter persegi", 200),
        ("sekitar 100m2an", 100),
        ("3 ribu meter", 3000),
        ("1.250 m2", 1250),
        ("1 hektar", 10_000),
        ("sehektar", 10_000),
        ("0,5 ha", 5000),
        ("0,125 ha", 1250),
        ("½ ha", 5000),
        ("1 1/2 ha", 15_000),
        ("satu setengah hektar", 15_000),
        ("1 hektar setengah", 15_000),
        ("seprapat hektar", 2500),
        ("tiga perempat hektar", 7500),
        ("1 ha 500 m2", 10_500),
        ("5 are", 500),
        ("10x20", 200),
        ("10 m x 20 m", 200),
        ("7,5 x 10", 75),
        ("rumah 2 lantai luas 100 m2", 100),
        ("100 m 2 lantai", 100),
        ("2 petak, 3000 m2", 3000),
    ],
)
def test_an_area_is_converted(context: FormContext, text: str, square_metres: int) -> None:
    assert read(AREA, text, context) == square_metres


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("100 ubin", "satuan"),
        ("10 tumbak", "satuan"),
        ("sebahu", "satuan"),
        ("seperempat bahu", "satuan"),
        ("3 petak", "satuan"),
        ("10x20x3", "banyak"),
        ("36/72", "banyak"),
        ("tanah 200 m2 bangunan 100 m2", "banyak"),
        ("2 lantai", "bukan"),
    ],
)
def test_an_area_without_a_sure_unit_is_asked_about(
    context: FormContext, text: str, key: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        read(AREA, text, context)
    assert caught.value.key == f"angka.{key}"
