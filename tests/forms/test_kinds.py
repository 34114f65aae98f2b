"""Each kind of question: the wrong answer, its explanation, the right answer, how it shows."""

from __future__ import annotations

import pytest

from actions.domain.messages import Contact, Location
from actions.forms.context import FormContext, RawAnswer, Unreadable
from actions.forms.form import Field, Json
from actions.forms.kinds import KINDS
from tests.forms.samples import JPEG, PDF, POLICE, field, read


@pytest.mark.parametrize(
    ("asked", "wrong", "key", "right", "value", "shown"),
    [
        (
            field("teks", limits={"maks": 20}),
            "a" * 21,
            "teks.panjang",
            "  untuk\nkerja ",
            "untuk kerja",
            "untuk kerja",
        ),
        (
            field("nama"),
            "budi 2",
            "nama.angka",
            "nama saya budi santoso pak",
            "Budi Santoso",
            "Budi Santoso",
        ),
        (
            field("nik"),
            "357801410785000",
            "nik.panjang",
            "3578 0141 0785 0001",
            "3578014107850001",
            "3578••••••••0001",
        ),
        (
            field("kk"),
            "3578014107850001",
            "kk.itu_nik",
            "KK: 3578010101150002",
            "3578010101150002",
            "3578••••••••0002",
        ),
        (
            field("tanggal", limits={"batas": "lampau"}),
            "besok",
            "tanggal.lampau",
            "kmrn",
            "2026-11-23",
            "Senin, 23 November 2026",
        ),
        (
            field("telepon"),
            "0812abcd890",
            "telepon.huruf",
            "hp 0812-3456-7890 ya",
            "+6281234567890",
            "0812-3456-7890",
        ),
        (field("angka", limits={"min": 1, "maks": 20}), "25", "angka.lebih", "tiga orang", 3, "3"),
        (field("uang"), "2-3 juta", "uang.banyak", "1,5jt", 1_500_000, "Rp 1.500.000"),
        (
            field("pilihan", choices=POLICE),
            "nanti saja",
            "pilihan.tidak_ada",
            "sdh pak",
            "sudah",
            "Sudah",
        ),
        (field("ya_tidak"), "gatau", "ya_tidak.ragu", "iyaaa", "ya", "Ya"),
        (
            field("alamat"),
            "mekarsari",
            "alamat.pendek",
            "rt3/5 mekarsari",
            {
                "teks": "rt3/5 mekarsari",
                "rt": "03",
                "rw": "05",
                "desa": "Mekarsari",
                "kecamatan": "Cibening",
            },
            "rt3/5 mekarsari",
        ),
        (
            field("lokasi"),
            "di sini",
            "lokasi.pendek",
            RawAnswer(location=Location(-6.2, 106.816667)),
            {"lat": -6.2, "lon": 106.816667},
            "-6.20000, 106.81667",
        ),
        (
            field("foto"),
            "nanti",
            "foto.bukan_foto",
            RawAnswer(file=JPEG),
            {"nama": "ab12", "mime": "image/jpeg", "ukuran": 245_760},
            "JPEG, 240 KB",
        ),
        (
            field("foto"),
            "nanti",
            "foto.bukan_foto",
            RawAnswer(file=PDF, count=3),
            {"nama": "cd34", "mime": "application/pdf", "ukuran": 900, "jumlah": 3},
            "3 (PDF, 1 KB)",
        ),
        (
            field("dokumen"),
            "nanti",
            "dokumen.bukan_berkas",
            RawAnswer(file=PDF),
            {"nama": "cd34", "mime": "application/pdf", "ukuran": 900},
            "PDF, 1 KB",
        ),
    ],
)
def test_wrong_then_right(
    context: FormContext,
    asked: Field,
    wrong: RawAnswer | str,
    key: str,
    right: RawAnswer | str,
    value: Json,
    shown: str,
) -> None:
    with pytest.raises(Unreadable) as caught:
        read(asked, wrong, context)
    assert caught.value.key == key
    assert read(asked, right, context) == value
    assert KINDS[asked.kind].show(value, asked) == shown


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("siti aminah", "Siti Aminah"),
        ("NAMA SAYA SITI AMINAH", "Siti Aminah"),
        ("namaku agus", "Agus"),
        ("saya dengan ibu Ratna", "Ratna"),
        ("Pak Slamet", "Slamet"),
        ("a.n. Joko Widodo", "Joko Widodo"),
        ("assalamualaikum, nama saya wahyu aja", "Wahyu"),
        ("istri saya namanya Sulastri", "Sulastri"),
        ("anak saya Putri Ayu", "Putri Ayu"),
        ("Putri Ayu, anak pertama", "Putri Ayu"),
        ("almarhum Karso", "Karso"),
        ("Karso (alm)", "Karso"),
        ("An Nisa", "An Nisa"),
        ("salah, namanya Siti bukan Sitti", "Siti"),
        ("bukan Sitti tapi Siti", "Siti"),
        ("H. Abdul Aziz, S.Pd.", "H. Abdul Aziz, S.Pd"),
        ("muhammad al-fatih bin umar", "Muhammad Al-Fatih bin Umar"),
        ("nur'aini", "Nur'aini"),
        ("Ni Luh Putu", "Ni Luh Putu"),
        ("McDonald Tambunan", "McDonald Tambunan"),
        ("Siti 😊 ya bu", "Siti"),
        ("Ho", "Ho"),
    ],
)
def test_names_stand_alone_in_title_case(context: FormContext, text: str, name: str) -> None:
    assert read(field("nama"), text, context) == name


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("saya mau tanya dulu pak", "bukan_nama"),
        ("berapa lama jadinya?", "bukan_nama"),
        ("ktp", "bukan_nama"),
        ("tidak tahu", "bukan_nama"),
        ("nama", "bukan_nama"),
        ("pak", "bukan_nama"),
        ("x", "pendek"),
        ("3578014107850001", "angka"),
        ("Siti " * 20, "panjang"),
    ],
)
def test_talk_is_not_taken_for_a_name(context: FormContext, text: str, key: str) -> None:
    for answer in (RawAnswer(text=text), RawAnswer(text=text, insisted=True)):
        with pytest.raises(Unreadable) as caught:
            read(field("nama"), answer, context)
        assert caught.value.key == f"nama.{key}"


@pytest.mark.parametrize(
    "text",
    [
        "3578014107850001",
        "3578 0141 0785 0001",
        "nik saya 3578.0141.0785.0001 pak",
        "NIK:35780141O78500O1",
        "nik3578014107850001",
        "357801410785000l",
        "nik 3578014107850001 kk 3578010101150002",
        "kk 3578010101150002, nik 3578014107850001",
        "3578014107850001 hp 081234567890",
    ],
)
def test_a_nik_is_found_among_other_things(context: FormContext, text: str) -> None:
    assert read(field("nik"), text, context) == "3578014107850001"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("081234567890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("0062 81234567890", "+6281234567890"),
        ("81234567890", "+6281234567890"),
        ("O812 3456 789O", "+6281234567890"),
        ("0812-3456-7890 atau 0857 1111 2222", "+6281234567890"),
        ("(021) 5551234", "+62215551234"),
        ("+60123456789", "+60123456789"),
    ],
)
def test_phones_however_written(context: FormContext, text: str, number: str) -> None:
    assert read(field("telepon"), text, context) == number


def test_a_shared_contact_counts_only_when_it_is_the_senders(context: FormContext) -> None:
    own = RawAnswer(contact=Contact("6281234567890", own=True))
    assert read(field("telepon"), own, context) == "+6281234567890"
    with pytest.raises(Unreadable, match=r"telepon\.orang_lain"):
        read(field("telepon"), RawAnswer(contact=Contact("6281234567890", own=False)), context)
