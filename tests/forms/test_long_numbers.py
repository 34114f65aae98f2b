"""NIK, KK and phone numbers with whatever is glued to them, and dictated."""

from __future__ import annotations

import pytest

from actions.forms.context import FormContext, Unreadable
from tests.domain.test_text import DASHES
from tests.forms.samples import field, read

NIK, KK = "3201014101900001", "3201012904080001"
DICTATED = "tiga dua nol satu nol satu empat satu nol satu sembilan nol nol nol nol satu"


@pytest.mark.parametrize(
    "shape",
    [
        "'{}",
        "NIK.{}",
        '"{}"',
        "“{}”",
        '="{}"',
        "nik_{}",
        "NIK={}",
        "nik/{}",
        "NIKnya{}",
        "no.ktp{}",
        "#{}",
        "[{}]",
        "*{}*",
        "{}(NIK)",
        "{}a.n budi",
        "{}lama",
        "{}.0",
        "1. {}",
        "{}/081234567890",
        "nik sesuai kk: {}",
        "{0} {0}",
        f"kk {KK} nik {{}}",
        f"nik {{}} kk {KK}",
    ],
)
def test_a_nik_is_read_with_anything_glued_to_it(context: FormContext, shape: str) -> None:
    assert read(field("nik"), shape.format(NIK), context) == NIK


@pytest.mark.parametrize("dash", DASHES)
def test_long_numbers_are_read_with_any_dash(context: FormContext, dash: str) -> None:
    groups = (NIK[:4], NIK[4:8], NIK[8:12], NIK[12:])
    assert read(field("nik"), dash.join(groups), context) == NIK
    assert read(field("telepon"), dash.join(("0812", "3456", "7890")), context) == "+6281234567890"


@pytest.mark.parametrize(
    "text",
    [
        DICTATED,
        f"nik saya {DICTATED} pak",
        DICTATED.replace("nol nol nol nol", "nol empat kali"),
        DICTATED.replace("nol", "kosong"),
        DICTATED.replace(" empat", ", empat"),
        "tiga dua nol satu nol satu 4101 sembilan puluh dobel nol nol satu",
        "tiga puluh dua nol satu nol satu empat puluh satu nol satu 90 nol nol nol satu",
        "telu loro nol siji nol siji papat siji nol siji sanga nol nol nol nol siji",
    ],
)
def test_a_nik_is_dictated(context: FormContext, text: str) -> None:
    assert read(field("nik"), text, context) == NIK


@pytest.mark.parametrize("shape", ["'{}", "KK.{}", "nokk{}", f"NIK:{NIK} KK:{{}}", "No. {}"])
def test_a_kk_is_read_with_anything_glued_to_it(context: FormContext, shape: str) -> None:
    assert read(field("kk"), shape.format(KK), context) == KK


@pytest.mark.parametrize(
    ("kind", "text", "key"),
    [
        ("nik", f"kk {KK}", "nik.kosong"),
        ("kk", f"nik {NIK}", "kk.itu_nik"),
        ("nik", f"nik dan kk {NIK} {KK}", "nik.banyak"),
        ("nik", "anak saya dua", "nik.kosong"),
        ("nik", "tiga dua nol satu", "nik.panjang"),
        ("telepon", "rt 03 rw 02", "telepon.pendek"),
    ],
)
def test_what_is_no_such_number_is_explained(
    context: FormContext, kind: str, text: str, key: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        read(field(kind), text, context)
    assert caught.value.key == key


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("62 21 5551234", "+62215551234"),
        ("62811123456", "+62811123456"),
        ("62 274 512345", "+62274512345"),
        ("620812 3456 7890", "+6281234567890"),
        ("+62 (0)812-3456-7890", "+6281234567890"),
        ("'081234567890", "+6281234567890"),
        ("hp081234567890", "+6281234567890"),
        ("081234567890(WA)", "+6281234567890"),
        ("wa.me/6281234567890", "+6281234567890"),
        ("08l2 3456 7890", "+6281234567890"),
        ("0812*3456*7890", "+6281234567890"),
        ("jam 8: 0812 3456 7890", "+6281234567890"),
        ("0812/3456/7890", "+6281234567890"),
        ("081234567890/085711112222", "+6281234567890"),
        ("0812 3456 7890 0857 1111 2222", "+6281234567890"),
        ("kosong lapan satu dua 3456 7890", "+6281234567890"),
    ],
)
def test_a_phone_is_read_as_it_was_copied_or_said(
    context: FormContext, text: str, number: str
) -> None:
    assert read(field("telepon"), text, context) == number
