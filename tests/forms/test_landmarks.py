"""Landmarks in words, pins in villages, and whose a place is that is not ours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.catalogue import read_catalogue
from actions.domain.geo import Point, inside
from actions.domain.messages import Location
from actions.domain.sites import Sites
from actions.forms import engine
from actions.forms.context import FormContext, RawAnswer, Unreadable
from actions.forms.form import Field, Form, Json
from actions.forms.kinds import KINDS
from actions.forms.kinds.place_name import place_name

DATA = Path(__file__).resolve().parents[2] / "data"
FIELD = Field(key="lokasi", kind="lokasi", label="Lokasi", question="Di mana?")
MARKET_SQUARE = Location(-6.91474, 107.60981)
BESIDE_THE_MOSQUE = Location(-6.9162, 107.6097)


@pytest.fixture(scope="module")
def sites() -> Sites:
    return read_catalogue(DATA).sites


@pytest.fixture(scope="module")
def here(context: FormContext, sites: Sites) -> FormContext:
    """The regency with its map; neighbours are known by name."""
    beside = {"wanasari", "mandalasari"}
    area = replace(context.area, sites=sites, others=context.area.others | beside)
    return replace(context, area=area)


def read(given: str | Location, context: FormContext) -> dict[str, Json]:
    raw = RawAnswer(text=given) if isinstance(given, str) else RawAnswer(location=given)
    value = KINDS["lokasi"].read(raw, FIELD, context)
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize(
    ("text", "landmark", "village"),
    [
        ("depan pasar lama", "Pasar Lama", "Pasar Lama"),
        ("dpn psr cibening", "Pasar Cibening", "Cibening"),
        ("di pasar wage mas", "Pasar Wonorejo", "Wonorejo"),
        ("sebelah SD Tegalsari", "SD Negeri Tegalsari", "Tegalsari"),
        ("dekat SMPN 1 rt 3", "SMP Negeri 1 Sukamaju", "Karanganyar"),
        ("kreteg cibening", "Jembatan Cibening", "Cibening"),
        ("jembatn meraah lampunya mati", "Jembatan Merah", "Karanganyar"),
        ("perempatan karanganyar dekat jembatan merah", "Jembatan Merah", "Karanganyar"),
        ("alun-alun", "Alun-alun Sukamaju", "Pasar Lama"),
        ("rsud", "RSUD Sukamaju", "Karanganyar"),
        ("mesjid al-ikhlas sidomulyo", "Masjid Al Ikhlas", "Sidomulyo"),
        ("masjid al ikhlas desa mekarsari", "Masjid Al Ikhlas", "Mekarsari"),
        ("jembatan wonorejo yang retak", "Jembatan Wonorejo", "Wonorejo"),
    ],
)
def test_landmarks_that_words_name(
    here: FormContext, text: str, landmark: str, village: str
) -> None:
    found = read(text, here)
    assert (found["teks"], found["patokan"], found["desa"]) == (text, landmark, village)


@pytest.mark.parametrize(
    "text",
    [
        "masjid al ikhlas",
        "jl masjid agung no 5",
        "jembatan merah desa mekarsari",
        "pasar wonorejo desa banjarsari",
        "mekarsari dekat masjid",
        "depan warung bu tini tegalsari",
        "rt 02 desa pasar lama",
    ],
)
def test_words_that_name_no_landmark_or_more_than_one(here: FormContext, text: str) -> None:
    found = read(text, here)
    assert found["teks"] == text
    assert "patokan" not in found


def test_a_village_that_is_called_like_its_market_is_asked_for_more(here: FormContext) -> None:
    with pytest.raises(Unreadable) as caught:
        read("pasar lama", here)
    assert caught.value.key == "lokasi.patokan"


@pytest.mark.parametrize(
    ("pin", "parts", "shown"),
    [
        (
            MARKET_SQUARE,
            {"desa": "Pasar Lama", "kecamatan": "Sukamaju Kota"},
            "-6.91474, 107.60981 (Pasar Lama)",
        ),
        (
            BESIDE_THE_MOSQUE,
            {
                "desa": "Pasar Lama",
                "kecamatan": "Sukamaju Kota",
                "patokan": "Masjid Agung Sukamaju",
            },
            "-6.91620, 107.60970 (Masjid Agung Sukamaju, Pasar Lama)",
        ),
        (
            Location(-6.9139, 107.79),
            {"desa": "Pulau Rengas", "kecamatan": "Muara Tuah"},
            "-6.91390, 107.79000 (Pulau Rengas)",
        ),
    ],
)
def test_pins(here: FormContext, pin: Location, parts: dict[str, str], shown: str) -> None:
    value = read(pin, here)
    assert value == {"lat": pin.latitude, "lon": pin.longitude, **parts}
    assert KINDS["lokasi"].show(value, FIELD) == shown


@pytest.mark.parametrize(
    ("given", "key", "whose"),
    [
        (Location(-6.86, 107.45), "lokasi.tetangga", "Kabupaten Mandalasari"),
        (Location(-7.2, 107.7), "lokasi.tetangga", "Kota Wanasari"),
        (Location(-6.2, 106.8), "lokasi.luar_daerah", None),
        (Location(35.7, 139.7), "lokasi.luar", None),
        ("jembatan di kabupaten mandalasari", "lokasi.tetangga", "Kabupaten Mandalasari"),
        ("jalan melati 5, wanasari", "lokasi.tetangga", "Kota Wanasari"),
        ("pasar di kabupaten sleman", "lokasi.daerah_lain", "kabupaten sleman"),
    ],
)
def test_what_is_not_ours_is_said_with_whose_it_is(
    here: FormContext, given: str | Location, key: str, whose: str | None
) -> None:
    with pytest.raises(Unreadable) as caught:
        read(given, here)
    assert (caught.value.key, caught.value.params.get("daerah")) == (key, whose)
    assert bool(caught.value.params.get("kontak")) == (key == "lokasi.tetangga")


def test_an_office_without_a_map_takes_every_pin_within_its_edges(context: FormContext) -> None:
    assert read(Location(-6.2, 106.8), context) == {"lat": -6.2, "lon": 106.8}


def test_a_pin_after_words_adds_to_them_and_words_are_never_lost(here: FormContext) -> None:
    form = Form("lampu_jalan", (FIELD,))
    told = engine.answer(form, {}, "lokasi", RawAnswer(text="dekat warung bu tini rt 2"), here)
    both = engine.answer(form, told, "lokasi", RawAnswer(location=MARKET_SQUARE), here)
    assert both["lokasi"] == {
        "teks": "dekat warung bu tini rt 2",
        "rt": "02",
        "lat": -6.91474,
        "lon": 107.60981,
        "desa": "Pasar Lama",
        "kecamatan": "Sukamaju Kota",
    }
    shown = engine.show(FIELD, both["lokasi"])
    assert shown == "dekat warung bu tini rt 2, -6.91474, 107.60981 (Pasar Lama)"
    again = engine.answer(form, both, "lokasi", RawAnswer(text="depan pasar cibening"), here)
    assert "lat" not in dict(again["lokasi"] or {})  # type: ignore[arg-type]


@given(st.floats(-7.3, -6.6), st.floats(107.3, 108.1))
def test_a_place_has_one_owner_at_most(sites: Sites, latitude: float, longitude: float) -> None:
    point = Point(latitude, longitude)
    homes = [name for name, outline in sites.outlines.items() if inside(point, outline)]
    village, neighbour = sites.village_at(point), sites.neighbour_at(point)
    assert len(homes) <= 1
    assert village is None or neighbour is None
    assert not homes or village == homes[0]


def test_every_landmark_is_found_by_each_of_its_names(sites: Sites, here: FormContext) -> None:
    for mark in sites.landmarks:
        for name in mark.names:
            found = read(f"depan {name} desa {mark.village}", here)
            assert (found.get("patokan"), found["desa"]) == (mark.name, mark.village), name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("depan warung bu Tini", "warung bu Tini"),
        ("di sebelah bengkel Pak Slamet, rt 03 rw 2", "bengkel Pak Slamet"),
        ("dekat Toko Sinar Jaya sini", "Toko Sinar Jaya"),
        ("depan rumah saya", "depan rumah saya"),
    ],
)
def test_what_a_place_is_called(text: str, name: str) -> None:
    assert place_name(text) == name
