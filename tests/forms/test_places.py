"""Addresses and locations: RT/RW, the villages of the office, coordinates."""

from __future__ import annotations

import pytest

from actions.forms.context import Area, FormContext, RawAnswer, Unreadable
from actions.forms.country import in_country
from actions.forms.form import Field, Json
from actions.forms.kinds import KINDS
from actions.forms.places import find_place


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


NEIGHBOURS = Area(
    {
        "Cakranegara": (
            "Cakranegara Barat",
            "Cakranegara Timur",
            "Cakranegara Utara",
            "Cakranegara Selatan",
        ),
        "Tanjung": ("Tanjung Bunga", "Tanjung Bungo", "Sukarame", "Sukarame Baru", "Ma'rang"),
    }
)


@pytest.mark.parametrize(
    ("text", "village"),
    [
        ("Desa Tanjung Bunga", "Tanjung Bunga"),
        ("tanjungbungo rt 1", "Tanjung Bungo"),
        ("Tanjung Bungi", None),
        ("Desa Cakranegara Barat Kecamatan Cakranegara", "Cakranegara Barat"),
        ("cakranegra timur", "Cakranegara Timur"),
        ("Sukarame Baru RT 2", "Sukarame Baru"),
        ("Sukarame RT 2", "Sukarame"),
        ("desa marang", "Ma'rang"),
        ("antara Tanjung Bunga dan Tanjung Bungo", None),
        ("antara Sukarame dan Cakranegara Utarra", None),
    ],
)
def test_an_exact_name_wins_against_its_neighbours(text: str, village: str | None) -> None:
    assert find_place(text, NEIGHBOURS).village == village


@pytest.mark.parametrize("village", [v for part in NEIGHBOURS.districts.values() for v in part])
@pytest.mark.parametrize("shape", ["{}", "Desa {} RT 01", "jl mawar 3, kel. {}"])
def test_every_village_is_known_by_its_name(village: str, shape: str) -> None:
    for written in (village, village.upper(), village.replace(" ", "")):
        assert find_place(shape.format(written), NEIGHBOURS).village == village


@pytest.mark.parametrize(
    ("text", "village"),
    [
        ("Desa Tegalsari, Kabupaten Banyuwangi RT 1", None),
        ("Tegalsari, Kota Bandung", None),
        ("Tegalsari kab.banyuwangi", None),
        ("Jl Mawar 3 Tegalsari Bandung Barat", None),
        ("Tegalsari RT 1, Bandung", None),
        ("Tegalsari kabupaten Sukamaju", "Tegalsari"),
        ("Tegalsari kec Wonorejo kab. sukamaju", "Tegalsari"),
        ("dekat alun-alun kota, Tegalsari", "Tegalsari"),
        ("depan warung nasi Padang Tegalsari", "Tegalsari"),
        ("Tegalsari depan rumah makan padang", "Tegalsari"),
        ("Jalan Bandung 5 Tegalsari", "Tegalsari"),
        ("jalan kabupaten berlubang dekat SD Tegalsari", "Tegalsari"),
        ("perumahan Kota Wisata blok B Tegalsari", "Tegalsari"),
        ("Kota Harapan blok B Tegalsari", "Tegalsari"),
    ],
)
def test_what_lies_in_another_regency_is_not_ours(
    context: FormContext, text: str, village: str | None
) -> None:
    assert find_place(text, context.area).village == village
    value = read(field("alamat"), text, context)
    assert isinstance(value, dict)
    assert (value["teks"], value.get("desa")) == (text, village)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Desa Tegalsari, Kabupaten Banyuwangi RT 1", "lokasi.daerah_lain"),
        ("1.352083, 103.819836", "lokasi.luar"),
        ("3.139, 101.6869", "lokasi.luar"),
        ("-8.556, 125.5603", "lokasi.luar"),
        ("3.5952, 98.6722", "lokasi.luar_daerah"),
        ("6.2001, 106.81667", "lokasi.luar"),
    ],
)
def test_a_fault_elsewhere_is_asked_again(context: FormContext, text: str, key: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(field("lokasi"), text, context)
    assert caught.value.key == key


@pytest.mark.parametrize(
    ("latitude", "longitude", "inside"),
    [
        (5.89, 95.32, True),
        (1.13, 104.05, True),
        (1.05, 103.4, True),
        (0.97, 110.32, True),
        (4.13, 117.66, True),
        (5.55, 126.58, True),
        (-2.62, 140.96, True),
        (-9.1, 124.9, True),
        (-10.9, 122.85, True),
        (1.352, 103.82, False),
        (1.49, 103.74, False),
        (2.19, 102.25, False),
        (1.55, 110.35, False),
        (4.25, 117.89, False),
        (4.9, 114.94, False),
        (7.07, 125.6, False),
        (-8.556, 125.56, False),
        (-9.2, 124.36, False),
        (-10.49, 105.63, False),
        (-12.46, 130.84, False),
        (0.0, 0.0, False),
    ],
)
def test_the_country_ends_at_its_neighbours(
    latitude: float, longitude: float, inside: bool
) -> None:
    assert in_country(latitude, longitude) is inside


@pytest.mark.parametrize("minus", "-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d")
def test_any_minus_points_to_the_south(context: FormContext, minus: str) -> None:
    text = f"{minus}6.2001, 106.81667"
    assert read(field("lokasi"), text, context) == {"lat": -6.2001, "lon": 106.81667}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("lokasi", "ga ada foto"),
        ("lokasi", "fotonya nyusul ya"),
        ("lokasi", "hp jadul gak ada kamera"),
        ("lokasi", "2 biji"),
        ("lokasi", "10 ekor anjing"),
        ("lokasi", "sampun dangu sanget"),
        ("lokasi", "wis suwe ora diangkut"),
        ("lokasi", "dua hari yang lalu"),
        ("lokasi", "jalan rusak parah"),
        ("lokasi", "lampunya mati semua"),
        ("lokasi", "tolong cepat diperbaiki"),
        ("lokasi", "saya tidak tahu"),
        ("lokasi", "tunggu dulu saya cari"),
        ("lokasi", "saya mau bicara dengan petugas"),
        ("alamat", "rsud sukamaju"),
        ("lokasi", "ora ono fotone"),
        ("lokasi", "tos lami"),
        ("lokasi", "udah sebulan lebih"),
        ("lokasi", "di desa"),
        ("lokasi", "baru kemarin"),
        ("alamat", "rsud lantai 2"),
        ("alamat", "sma negeri 1"),
        ("alamat", "puskesmas cibening"),
        ("alamat", "kantor desa mekarsari"),
        ("alamat", "masjid al huda"),
        ("alamat", "ikut orang tua"),
        ("alamat", "belum kawin"),
        ("alamat", "2 biji"),
        ("alamat", "nik saya 3204014505000009"),
        ("alamat", "batalkan permohonannya"),
    ],
)
def test_what_answers_another_question_is_no_place(
    context: FormContext, kind: str, text: str
) -> None:
    for insisted in (False, True):
        with pytest.raises(Unreadable, match=rf"{kind}\.pendek"):
            KINDS[kind].read(RawAnswer(text=text, insisted=insisted), field(kind), context)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("lokasi", "depan warung mbok yem"),
        ("lokasi", "lampu merah simpang lima"),
        ("lokasi", "jalan baru"),
        ("lokasi", "kampung baru"),
        ("lokasi", "mburi pasar"),
        ("lokasi", "depan balai desa"),
        ("alamat", "kantor desa mekarsari rt 3"),
        ("alamat", "pasar lama blok b no 3"),
        ("lokasi", "gang 3"),
        ("lokasi", "got depan rumah bu tejo"),
        ("lokasi", "rsud sukamaju"),
        ("lokasi", "km 12 arah kota"),
        ("alamat", "Jl Mawar 3"),
        ("alamat", "mawar 12"),
        ("alamat", "griya asri b5"),
        ("alamat", "kp. dukuh"),
        ("alamat", "dekat masjid al huda tegalsari"),
        ("alamat", "Gang Melati 4 Bandung"),
    ],
)
def test_a_place_in_few_words_is_taken(context: FormContext, kind: str, text: str) -> None:
    value = read(field(kind), text, context)
    assert isinstance(value, dict)
    assert value["teks"] == text
