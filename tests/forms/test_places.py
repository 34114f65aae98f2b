"""Addresses and locations: RT/RW, the villages of the office, coordinates."""

from __future__ import annotations

import pytest

from actions.forms.context import FormContext, RawAnswer, Unreadable
from actions.forms.form import Field, Json
from actions.forms.kinds import KINDS


def field(kind: str) -> Field:
    return Field(key=kind, kind=kind, label=kind, question="")


def read(field: Field, text: str, context: FormContext) -> Json:
    return KINDS[field.kind].read(RawAnswer(text=text), field, context)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Jl Mawar 3, RT.003/RW.005 Dusun Krajan", {"rt": "03", "rw": "05"}),
        (
            "rt/rw 003/005 sidomulyo",
            {"rt": "03", "rw": "05", "desa": "Sidomulyo", "kecamatan": "Sukamaju Kota"},
        ),
        ("RT tiga RW lima belas kampung baru", {"rt": "03", "rw": "15"}),
        (
            "rt 3 rw 5, karang anyar",
            {"rt": "03", "rw": "05", "desa": "Karanganyar", "kecamatan": "Sukamaju Kota"},
        ),
        ("RT1 pulo rengas", {"rt": "01", "desa": "Pulau Rengas", "kecamatan": "Muara Tuah"}),
        ("RT1 RW2 wonrejo", {"rt": "01", "rw": "02", "desa": "Wonorejo", "kecamatan": "Wonorejo"}),
        (
            "RT 03, Dusun Barat, RW 12 tegal sari",
            {"rt": "03", "rw": "12", "desa": "Tegalsari", "kecamatan": "Wonorejo"},
        ),
        ("jalan wonorejo nomor 5", {}),
        ("dusun krajan kec. cibening", {"kecamatan": "Cibening"}),
        ("dusun krajan desa cibening kec wonorejo", {"desa": "Cibening", "kecamatan": "Cibening"}),
        ("antara mekarsari dan sindanglaya", {}),
    ],
)
def test_addresses_are_taken_apart(context: FormContext, text: str, parts: dict[str, str]) -> None:
    value = read(field("alamat"), text, context)
    assert isinstance(value, dict)
    assert {key: part for key, part in value.items() if key != "teks"} == parts


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("alamat", "sama dengan ktp"),
        ("alamat", "RW 3 aja"),
        ("alamat", "desa cibening kec cibening"),
        ("lokasi", "depan rumah pak RT"),
        ("lokasi", "perempatan"),
        ("lokasi", "ya di situ lah"),
    ],
)
def test_a_place_that_nobody_would_find_is_asked_again(
    context: FormContext, kind: str, text: str
) -> None:
    with pytest.raises(Unreadable, match=rf"{kind}\.pendek"):
        read(field(kind), text, context)


def test_a_village_with_a_typo_shows_what_was_understood(context: FormContext) -> None:
    value = read(field("lokasi"), "jembatan sindang laya", context)
    assert KINDS["lokasi"].show(value, field("lokasi")) == "jembatan sindang laya (Sindanglaya)"


def test_a_village_alone_is_no_spot_unless_the_village_was_asked_for(context: FormContext) -> None:
    with pytest.raises(Unreadable) as caught:
        read(field("lokasi"), "Wonorejo", context)
    assert caught.value.key == "lokasi.patokan"
    assert caught.value.params == {"desa": "Wonorejo"}
    village = Field("tempat", "lokasi", "Desa", "Di desa atau kelurahan mana?")
    assert read(village, "Wonorejo", context) == {
        "teks": "Wonorejo",
        "desa": "Wonorejo",
        "kecamatan": "Wonorejo",
    }


@pytest.mark.parametrize(
    "text",
    [
        "-6.2001, 106.81667",
        "https://maps.example/?q=-6.2001,106.81667",
        "titik -6,2001 106,81667",
    ],
)
def test_pasted_coordinates_are_a_location(context: FormContext, text: str) -> None:
    assert read(field("lokasi"), text, context) == {"lat": -6.2001, "lon": 106.81667}
