"""The words that people use for a choice, within a sentence: one fitting choice is taken."""

from __future__ import annotations

import pytest

from actions.catalogue import read_catalogue
from actions.catalogue.texts import read_texts
from actions.dialogue.handlers.form.build import form_of
from actions.forms.context import FormContext, Unreadable
from actions.forms.engine import WRITTEN, Found, prefill
from actions.forms.form import Choice, Form
from actions.forms.kinds.choice import told_choice
from tests.forms.conftest import DATA
from tests.forms.samples import POLICE, field, read

DRAIN = (
    Choice("banjir", "Banjir atau genangan", ("banjir", "tergenang")),
    Choice("mampet", "Selokan mampet", ("mampet", "got penuh")),
    Choice("rusak", "Saluran rusak", ("got rusak", "jebol")),
    Choice("belum_ada", "Belum ada selokan", ("belum ada got",)),
)
CATALOGUE, TEXTS = read_catalogue(DATA), read_texts(DATA / "texts")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("got mampet depan sd", "mampet"),
        ("gotnya mampet gara-gara sampah", "mampet"),
        ("MAMPETTT pak", "mampet"),
        ("got depan penuh", "mampet"),
        ("tidak banjir, cuma mampet", "mampet"),
        ("gotnya udah rusak", "rusak"),
        ("ga ada got di sini", "belum_ada"),
        ("tidak pernah banjir", None),
        ("banjir karena got mampet", None),
        ("got depan rumah sampai sekarang penuh", None),
        ("air kecil", None),
    ],
)
def test_words_in_a_sentence_choose(context: FormContext, text: str, key: str | None) -> None:
    assert told_choice(text, field("pilihan", choices=DRAIN), context) == key


def test_words_of_two_choices_are_asked_about(context: FormContext) -> None:
    with pytest.raises(Unreadable) as caught:
        read(field("pilihan", choices=DRAIN), "banjir karena got mampet", context)
    assert caught.value.params == {"pilihan": "Banjir atau genangan; Selokan mampet"}


def test_an_opening_fills_each_choice_that_it_names(context: FormContext) -> None:
    form = Form(
        "x",
        (
            field("pilihan", choices=DRAIN),
            field("angka"),
        ),
    )
    assert prefill(form, {}, [Found("pilihan", "got mampet 2 hari")], context) == {
        "pilihan": "mampet",
        WRITTEN: {"pilihan": "got mampet 2 hari"},
    }
    assert prefill(form, {}, [Found("pilihan", "banjir, got mampet")], context) == {}
    assert prefill(form, {"pilihan": None}, [Found("pilihan", "got mampet")], context) == {
        "pilihan": None
    }


@pytest.mark.parametrize(
    ("item", "text", "told"),
    [
        ("jalan_rusak", "jalan bolong gede banget", {"kerusakan": "lubang"}),
        ("jalan_rusak", "jalan rusak dekat jembatan merah", {}),
        ("sampah", "sampah gak diangkut-angkut seminggu", {"masalah": "belum_diangkut"}),
        ("sampah", "sampah dibuang ke kali", {"masalah": "sungai"}),
        ("sampah", "sampah sudah 3 kali saya laporkan", {}),
        ("lampu_jalan", "lampu jalan ga nyala", {"keadaan": "mati"}),
        ("lampu_jalan", "lampu jalan tidak mati tapi redup", {"keadaan": "kedip"}),
        ("bansos", "pkh saya kok ga cair cair", {"bantuan": "pkh", "masalah": "tidak_cair"}),
        ("air_bersih", "air mati tapi tagihan naik", {}),
        ("kk_hilang", "kk tidak hilang cuma sobek", {"keadaan": "rusak"}),
        ("ktp_hilang", "ktp saya sudah hilang", {}),
        ("ktp_hilang", "ktp ilang, udah lapor polisi", {"lapor_polisi": "sudah"}),
        ("domisili", "surat domisili buat daftar sekolah", {}),
        ("kis_aktif", "kartu indonesia sehat saya mati", {}),
        ("uji_kir", "perpanjang kir truk", {"kendaraan": "truk", "uji": "berkala"}),
        ("pindah_keluar", "pindah satu keluarga", {"siapa": "sekeluarga"}),
    ],
)
def test_the_shipped_words_choose_in_an_opening(
    context: FormContext, item: str, text: str, told: dict[str, str]
) -> None:
    form = form_of(item, CATALOGUE.item(item), TEXTS)
    filled = prefill(form, {}, [Found("pilihan", text)], context)
    assert {key: value for key, value in filled.items() if key != WRITTEN} == told


def test_each_shipped_word_is_for_its_own_choice_alone(context: FormContext) -> None:
    for slug, item in {**CATALOGUE.services, **CATALOGUE.complaints}.items():
        for asked in form_of(slug, item, TEXTS).fields:
            for choice in asked.choices:
                for word in choice.words:
                    assert told_choice(word, asked, context) == choice.key, (slug, word)


@pytest.mark.parametrize(
    "text",
    [
        "fotonya ga ada, hp jadul",
        "ga ada foto",
        "ga ada",
        "belum",
        "tidak tahu",
        "hp ga bisa foto",
    ],
)
def test_a_no_is_no_choice_among_several(context: FormContext, text: str) -> None:
    road = CATALOGUE.item("jalan_rusak")
    asked = form_of("jalan_rusak", road, TEXTS).field("kerusakan")
    with pytest.raises(Unreadable, match=r"pilihan\.tidak_ada"):
        read(asked, text, context)


@pytest.mark.parametrize("text", ["ga ada foto", "fotonya ga ada, hp jadul", "ga ada kamera"])
def test_no_camera_is_no_answer_to_yes_or_no(context: FormContext, text: str) -> None:
    with pytest.raises(Unreadable, match=r"pilihan\.tidak_ada"):
        read(field("pilihan", choices=POLICE), text, context)
    with pytest.raises(Unreadable, match=r"ya_tidak\.ragu"):
        read(field("ya_tidak"), text, context)
