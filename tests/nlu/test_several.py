"""When the parts of a message are wishes of their own, whatever model judges them."""

from __future__ import annotations

import pytest

from nlu.entities.span import Span
from nlu.several.gather import Findings, gather
from nlu.several.language import read_language
from nlu.several.plan import plan_of
from nlu.several.prediction import Prediction, affirmed, pushed_down
from nlu.text.normalise import read_slang

SLANG = read_slang()
LANGUAGE = read_language()
KINDS = {
    **dict.fromkeys(["ktp_hilang", "ktp_rusak", "kk_baru", "domisili", "kia"], "layanan"),
    **dict.fromkeys(["pindah_keluar", "pbb_sppt", "tebang_pohon"], "layanan"),
    **dict.fromkeys(["lampu_jalan", "jalan_rusak", "sampah", "pohon"], "keluhan"),
    **dict.fromkeys(["mpp", "samsat"], "kantor"),
}
MODEL = {
    "ktp saya ilang": ("ajukan_layanan", "ktp_hilang"),
    "bikin kk baru": ("ajukan_layanan", "kk_baru"),
    "mau surat domisili": ("ajukan_layanan", "domisili"),
    "KIA nya juga": ("cek_status", "kia"),
    "lampu jalan mati": ("lapor", "lampu_jalan"),
    "aspalnya juga bolong": ("lapor", "jalan_rusak"),
    "aspalnya ikut bolong": ("lapor", "jalan_rusak"),
    "syarat pindah apa": ("tanya_syarat", "pindah_keluar"),
    "syarat domisili apa": ("tanya_syarat", "domisili"),
    "jadinya berapa hari": ("tanya_lama", None),
    "bayar berapa": ("tanya_biaya", None),
    "kantornya buka jam berapa": ("tanya_jam_lokasi", "mpp"),
    "bukanya jam berapa": ("tanya_jam_lokasi", None),
    "di MPP bisa urus apa": ("daftar_layanan", None),
    "makasih ya bu": ("terima_kasih", None),
    "ini benar": ("setuju", None),
    "tolong sambungkan ke petugas": ("minta_petugas", None),
    "pohon depan mau tumbang": ("lapor", "pohon"),
    "tolong pohonnya ditebang": ("ajukan_layanan", "tebang_pohon"),
    "ktpnya patah mau ganti": ("ajukan_layanan", "ktp_rusak"),
    "KTP nya yang hilang": ("ajukan_layanan", "ktp_hilang"),
    "KK pak": ("cek_status", "kk_baru"),
    "KK saya sudah jadi belum": ("cek_status", "kk_baru"),
    "batal saja": ("batal", None),
}


def predict(text: str) -> Prediction:
    """What the table says of a stretch; of others, that nothing is sure."""
    intent, target = MODEL.get(text.strip(" ,.?"), ("di_luar_cakupan", None))
    known = text.strip(" ,.?") in MODEL
    targets = [(target, 0.95)] if target else [("sampah", 0.2)]
    return Prediction([(intent, 0.97 if known else 0.3)], targets)


def found(text: str, names: list[Span] | None = None, whole: Prediction | None = None) -> Findings:
    plan = plan_of(text, lambda word: SLANG.get(word, word), LANGUAGE)
    first = whole or Prediction([("lapor", 0.5)], [("sampah", 0.3)])
    return gather(
        plan, first, [predict(part) for part in plan.texts()], names or [], KINDS, LANGUAGE
    )


def wishes(text: str, names: list[Span] | None = None) -> list[tuple[str, str | None]]:
    return [(wish.intent, wish.target) for wish in found(text, names).wishes]


@pytest.mark.parametrize(
    ("text", "about", "expected"),
    [
        ("ktpnya patah mau ganti, lampu jalan mati", "ktp_rusak", ["lampu_jalan"]),
        ("lampu jalan mati, ktpnya patah mau ganti", "ktp_rusak", ["lampu_jalan"]),
        ("syarat pindah apa, lampu jalan mati", "pindah_keluar", ["lampu_jalan"]),
        ("ktp saya ilang, bikin kk baru", "ktp_hilang", ["kk_baru"]),
        # Of complaints one mostly is what the other leads to; courtesies and offices are nothing.
        ("pohon depan mau tumbang, lampu jalan mati", "pohon", []),
        ("ktpnya patah mau ganti, makasih ya bu", "ktp_rusak", []),
        ("ktpnya patah mau ganti, kantornya buka jam berapa", "ktp_rusak", []),
        # Something of the kind, though nothing sure.
        ("ktpnya patah mau ganti, rumah saya dekat pasar", "ktp_rusak", []),
        ("lampu jalan mati", "ktp_rusak", []),
    ],
)
def test_what_else_is_told_of_is_said_beside_the_one_wish(
    text: str, about: str, expected: list[str]
) -> None:
    intent = "lapor" if KINDS[about] == "keluhan" else "ajukan_layanan"
    whole = Prediction([(intent, 0.9)], [(about, 0.9)])

    besides = found(text, whole=whole).besides

    assert [each.target for each in besides] == expected
    assert all(text[each.start : each.end].strip(" ,") in MODEL for each in besides)


def test_what_comes_apart_is_not_told_besides() -> None:
    findings = found("ktp saya ilang sekalian bikin kk baru")

    assert len(findings.wishes) == 2
    assert not findings.besides


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ktp saya ilang sekalian bikin kk baru",
            [("ajukan_layanan", "ktp_hilang"), ("ajukan_layanan", "kk_baru")],
        ),
        (
            "lampu jalan mati, oh iya syarat pindah apa",
            [("lapor", "lampu_jalan"), ("tanya_syarat", "pindah_keluar")],
        ),
        (
            "lampu jalan mati terus aspalnya juga bolong",
            [("lapor", "lampu_jalan"), ("lapor", "jalan_rusak")],
        ),
        (
            "syarat domisili apa dan jadinya berapa hari",
            [("tanya_syarat", "domisili"), ("tanya_lama", "domisili")],
        ),
        (
            "mau surat domisili. kantornya buka jam berapa?",
            [("ajukan_layanan", "domisili"), ("tanya_jam_lokasi", "mpp")],
        ),
        (
            "lampu jalan mati, tolong sambungkan ke petugas",
            [("lapor", "lampu_jalan"), ("minta_petugas", None)],
        ),
        (
            "ktp saya ilang sekalian bikin kk baru, oh iya syarat pindah apa",
            [
                ("ajukan_layanan", "ktp_hilang"),
                ("ajukan_layanan", "kk_baru"),
                ("tanya_syarat", "pindah_keluar"),
            ],
        ),
        (
            "lampu jalan mati. KK saya sudah jadi belum",
            [("lapor", "lampu_jalan"), ("cek_status", "kk_baru")],
        ),
        ("batal saja. mau surat domisili", [("batal", None), ("ajukan_layanan", "domisili")]),
        (
            "mau surat domisili, oh iya batal saja",
            [("ajukan_layanan", "domisili"), ("batal", None)],
        ),
        (
            "lampu jalan mati terus aspalnya ikut bolong",
            [("lapor", "lampu_jalan"), ("lapor", "jalan_rusak")],
        ),
        (
            "syarat domisili apa? syarat pindah apa",
            [("tanya_syarat", "domisili"), ("tanya_syarat", "pindah_keluar")],
        ),
    ],
)
def test_sure_and_different_wishes_are_told_apart(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert wishes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "lampu jalan mati, aspalnya ikut bolong",
        "lampu jalan mati, gelap sekali dan orang takut lewat",
        "pohon depan mau tumbang, tolong pohonnya ditebang",
        "ktp saya ilang, ktpnya patah mau ganti",
        "lampu jalan mati. lampu jalan mati",
        "mau surat domisili, syarat domisili apa",
        "ktp saya ilang sekalian ini benar",
        "lampu jalan mati, bikin kk baru",
        "mau surat domisili, batal saja",
        "lampu jalan mati. batal saja",
    ],
)
def test_a_story_stays_one(text: str) -> None:
    assert wishes(text) == []


def test_wishes_stand_where_they_were_said() -> None:
    text = "lampu jalan mati, oh iya syarat pindah apa"
    first, second = found(text).wishes
    assert text[first.start : first.end] == "lampu jalan mati"
    assert text[second.start : second.end].strip() == "syarat pindah apa"


def test_a_bare_name_goes_on_with_what_was_wanted() -> None:
    text = "mau surat domisili sama KIA nya juga"
    name = Span(text.index("KIA"), text.index("KIA") + 3, "layanan", "kia")
    assert wishes(text, [name]) == [("ajukan_layanan", "domisili"), ("ajukan_layanan", "kia")]


def test_what_and_joins_without_a_name_or_a_wish_is_no_second_one() -> None:
    assert len(wishes("lampu jalan mati sama pohon depan mau tumbang")) == 2
    assert wishes("lampu jalan mati dan aspalnya ikut bolong") == []
    assert len(wishes("lampu jalan mati terus aspalnya ikut bolong")) == 2


def test_a_question_for_hours_is_about_the_office_before() -> None:
    text = "di MPP bisa urus apa dan bukanya jam berapa"
    name = Span(3, 6, "kantor", "mpp")
    assert wishes(text, [name])[1] == ("tanya_jam_lokasi", "mpp")
    assert wishes(text)[1] == ("tanya_jam_lokasi", None)


def test_a_first_question_may_be_about_what_the_chat_speaks_of() -> None:
    text = "bayar berapa, oh iya kantornya buka jam berapa"
    assert wishes(text) == [("tanya_biaya", None), ("tanya_jam_lokasi", "mpp")]
    assert wishes("bayar berapa, kantornya buka jam berapa") == []


def test_a_word_to_begin_with_is_no_part() -> None:
    text = "nanti sekalian bikin kk baru, oh iya syarat pindah apa"
    assert wishes(text) == [("ajukan_layanan", "kk_baru"), ("tanya_syarat", "pindah_keluar")]


def test_an_office_with_and_in_its_name_is_not_cut() -> None:
    text = "mau surat domisili dan bikin kk baru"
    across = Span(text.index("domisili"), text.index("kk"), "layanan", "domisili")
    assert len(wishes(text)) == 2
    assert wishes(text, [across]) == []


def test_thanks_beside_a_wish_leave_the_wish() -> None:
    text = "makasih ya bu, satu lagi syarat pindah apa"
    findings = found(text)
    assert [wish.intent for wish in findings.wishes] == ["tanya_syarat"]
    assert findings.instead is not None
    assert findings.instead.intent[0] == "tanya_syarat"


def test_thanks_change_nothing_where_the_whole_is_surer() -> None:
    sure = Prediction([("tanya_syarat", 0.99)], [("pindah_keluar", 0.99)])
    findings = found("makasih ya bu, satu lagi syarat pindah apa", whole=sure)
    assert findings == Findings()


def test_what_is_denied_does_not_win() -> None:
    first = Prediction([("ajukan_layanan", 0.9)], [("kk_baru", 0.7), ("ktp_hilang", 0.3)])
    findings = found("bukan KK pak, KTP nya yang hilang", whole=first)
    assert [denial.text for denial in findings.denied] == ["KK pak"]
    assert findings.instead is not None
    assert findings.instead.target[0] == "ktp_hilang"


def test_a_denial_that_did_not_win_changes_no_answer() -> None:
    first = Prediction([("ajukan_layanan", 0.9)], [("ktp_hilang", 0.7), ("kk_baru", 0.3)])
    findings = found("bukan KK pak, KTP nya yang hilang", whole=first)
    assert findings.instead is None
    assert len(findings.denied) == 1


def test_a_denial_that_swayed_the_whole_does_not_win_either() -> None:
    whole = Prediction([("ajukan_layanan", 0.99)], [("kk_hilang", 0.9), ("ktp_hilang", 0.1)])
    rest = Prediction([("ajukan_layanan", 0.95)], [("ktp_hilang", 0.95)])
    denied = Prediction([("cek_status", 0.5)], [("kk_baru", 0.4)])
    after = affirmed(whole, rest, [denied])
    assert after is not None
    assert after.target[0] == "ktp_hilang"


def test_a_correction_of_an_answer_is_not_touched() -> None:
    whole = Prediction([("perbaiki", 0.9)], [("kk_baru", 0.9)])
    rest = Prediction([("ajukan_layanan", 0.9)], [("ktp_hilang", 0.9)])
    denied = Prediction([("ajukan_layanan", 0.9)], [("kk_baru", 0.9)])
    assert found("bukan KK pak, KTP nya yang hilang", whole=whole) == Findings()
    assert affirmed(denied, rest, [denied]) is not None


def test_taking_something_back_for_something_else_is_wanting_that() -> None:
    whole = Prediction([("batal", 0.95)], [("domisili", 0.8)])
    rest = Prediction([("ajukan_layanan", 0.95)], [("domisili", 0.9)])
    denied = Prediction([("ajukan_layanan", 0.9)], [("kk_baru", 0.9)])
    after = affirmed(whole, rest, [denied])
    assert after is not None
    assert (after.intent[0], after.target[0]) == ("ajukan_layanan", "domisili")


def test_shares_still_sum_to_one_when_some_are_pushed_down() -> None:
    prediction = Prediction([("lapor", 1.0)], [("sampah", 0.6), ("pohon", 0.4)])
    after = pushed_down(prediction, [Prediction([("lapor", 1.0)], [("sampah", 0.9)])])
    assert after.target[0] == "pohon"
    assert sum(share for _, share in after.targets) == pytest.approx(1.0)
