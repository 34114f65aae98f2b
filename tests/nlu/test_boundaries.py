"""Where a message may go over to another wish, and what it takes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.several.boundaries import find_boundaries, said
from nlu.several.language import Turn, read_language
from nlu.several.plan import MOST_BESIDES, MOST_BOUNDARIES, Plan, plan_of
from nlu.text.normalise import read_slang

SLANG = read_slang()
LANGUAGE = read_language()


def plain(word: str) -> str:
    return SLANG.get(word, word)


def parts(text: str) -> list[str]:
    plan = plan_of(text, plain, LANGUAGE)
    return [text[start:end].strip() for start, end in plan.parts]


def turns(text: str) -> list[Turn]:
    return [boundary.turn for boundary in find_boundaries(text, said(text, plain), LANGUAGE)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ktp ilang sekalian bikin kk", ["ktp ilang", "bikin kk"]),
        ("lampu mati, oh iya syarat pindah apa", ["lampu mati", "syarat pindah apa"]),
        ("urus akta trs KIA nya", ["urus akta", "KIA nya"]),
        ("bayar berapa? jadinya kapan?", ["bayar berapa", "jadinya kapan?"]),
        ("mau sktm\nkantornya di mana", ["mau sktm", "kantornya di mana"]),
        ("sampah numpuk. Selain itu, got mampet", ["sampah numpuk", "got mampet"]),
        ("aku gawe sktm karo njaluk domisili", ["aku gawe sktm", "njaluk domisili"]),
    ],
)
def test_a_message_comes_apart_where_it_turns(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "mau bicara sama petugas",
        "minggu lalu saya ke kantor",
        "saya urus KK karo bojoku",
        "rumah saya di jl. Melati no. 5",
        "ijazah SMA saya",
        "biayanya Rp 1.500.000",
        "laporan yang satu lagi",
        "sekalian",
        "ktp, ",
    ],
)
def test_words_that_only_look_like_a_boundary_stay(text: str) -> None:
    assert parts(text) == [text.strip(" ,")] or turns(text) == []


def test_the_strongest_mark_of_a_run_counts() -> None:
    assert turns("lampu mati, terus sekalian bikin kk") == [Turn.TOPIC]
    assert turns("lampu mati, bikin kk") == [Turn.COMMA]


def test_a_long_story_turns_only_to_another_topic() -> None:
    story = "jalan rusak, " * 20 + "oh iya syarat pindah apa"
    kept = plan_of(story, plain, LANGUAGE).boundaries
    assert [boundary.turn for boundary in kept] == [Turn.TOPIC]


@pytest.mark.parametrize(
    ("text", "denied", "rest"),
    [
        ("bukan bikin baru, ganti karena rusak", "bikin baru", "ganti karena rusak"),
        ("bukan KK pak, KTP nya yang hilang", "KK pak", "KTP nya yang hilang"),
        ("gak jadi bikin sktm mau domisili aja", "bikin sktm", "mau domisili aja"),
        ("mau domisili bukan surat pindah", "surat pindah", "mau domisili"),
        ("daripada nib mending surat usaha", "nib", "mending surat usaha"),
        ("KK nya ga ilang, mau nambah anak", "KK nya ilang", "KK nya , mau nambah anak"),
        ("dudu akta lahir mas, akta mati", "akta lahir mas", "akta mati"),
    ],
)
def test_what_is_denied_is_told_from_the_rest(text: str, denied: str, rest: str) -> None:
    plan = plan_of(text, plain, LANGUAGE)
    assert [denial.text for denial in plan.denials] == [denied]
    whole = plan.texts()[len(plan.spans()) - 1]
    assert whole.strip(" ,") == rest


@pytest.mark.parametrize(
    "text",
    [
        "air tidak mengalir dari kemarin",
        "bukan hanya jalannya, lampunya juga rusak",
        "bisa diurus di desa bukan",
        "ga jadi deh",
        "surat usahanya ga jadi, banknya menolak",
        "kenapa bantuan tidak mau turun",
        "disuruh bkn ktp buat kuliah",
    ],
)
def test_a_no_that_takes_nothing_back_is_left_alone(text: str) -> None:
    assert [
        denial.text for denial in plan_of(text, plain, LANGUAGE).denials if denial.text != "deh"
    ] == []


TEXTS = st.text(
    st.sampled_from("abk ,.?\n-0") | st.characters(codec="utf-8"), max_size=80
) | st.lists(
    st.sampled_from(["ktp", "dan", "sama", "bukan", ",", "?", "oh iya", "ga jadi", "terus", "kk"]),
    max_size=14,
).map(" ".join)


@given(TEXTS)
def test_any_text_has_a_plan_whose_parts_lie_in_order_inside_it(text: str) -> None:
    plan = plan_of(text, plain, LANGUAGE)
    assert len(plan.boundaries) <= MOST_BOUNDARIES
    edges = [edge for part in plan.parts for edge in part]
    assert edges == sorted(edges)
    assert edges[0] == 0
    assert edges[-1] == len(text)
    assert len(plan.texts()) == len(plan.spans()) + len(plan.denials) + len(plan.besides)
    assert len(plan.besides) <= MOST_BESIDES
    assert all(0 <= start < end <= len(text) for start, end in plan.besides)


def test_a_message_without_boundaries_costs_nothing() -> None:
    assert plan_of("lampu jalan mati", plain, LANGUAGE).texts() == []
    assert Plan("lampu jalan mati").texts() == []
