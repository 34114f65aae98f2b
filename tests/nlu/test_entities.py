"""Every kind of entity: what it makes of examples, and how it does on sentences held out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.corpus import read_corpus, read_yaml
from nlu.entities.finder import CATALOGUE_KINDS, LISTS, Finder
from nlu.entities.lookup import Lookup
from nlu.entities.numbers import CODE_ALPHABET, is_valid_code
from nlu.entities.span import Span, without_overlaps
from nlu.text.normalise import Normaliser, read_slang

DATA = Path(__file__).parents[2] / "data"
HELD_OUT = Path(__file__).parent / "entities"
NAMES = read_corpus(DATA).lookups
FINDER = Finder({name: NAMES[name] for name in LISTS})

LEAST = {
    "hp": (0.97, 0.93),
    "kk": (0.97, 0.97),
    "kode": (0.95, 0.97),
    "nik": (0.95, 0.95),
    "rt_rw": (0.95, 0.93),
    "tanggal": (0.90, 0.88),
    "uang": (0.91, 0.86),
    "wilayah": (0.95, 0.90),
}
"""Precision and recall that hold today, less about three of a hundred."""
LEARNT = {"nama", "patokan"}
"""Kinds that the trained model finds, and `test_figures.py` measures."""


@pytest.mark.parametrize("kind", LEAST)
def test_held_out_entities_are_found(
    kind: str, record_property: Callable[[str, object], None]
) -> None:
    rows = read_yaml(HELD_OUT / f"{kind}.yml")
    right = found = wanted = 0
    for row in rows:
        text, values = row["teks"], [bare(value) for value in row["nilai"] or []]
        got = [bare(text[s.start : s.end]) for s in FINDER.find(text) if s.kind == kind]
        right += sum(min(values.count(value), got.count(value)) for value in {*values})
        found, wanted = found + len(got), wanted + len(values)
    precision, recall = right / found, right / wanted
    record_property("figure", f"{kind}: precision {precision:.3f}, recall {recall:.3f}")
    least_precision, least_recall = LEAST[kind]
    assert len(rows) >= 60
    assert precision >= least_precision
    assert recall >= least_recall


def test_every_kind_has_sentences_held_out() -> None:
    assert {path.stem for path in HELD_OUT.glob("*.yml")} == {*LEAST} | LEARNT


def bare(text: str) -> str:
    return " ".join(text.lower().strip(" .,;:!?()'\"").split())


@pytest.mark.parametrize(
    ("text", "kind", "words", "value"),
    [
        ("nik 3299 0112 0488 0003 ya", "nik", "3299 0112 0488 0003", "3299 0112 0488 0003"),
        ("nik 3299011204880O03", "nik", "3299011204880O03", "3299011204880O03"),
        ("KK: 3299011203150004", "kk", "3299011203150004", "3299011203150004"),
        ("hp 0812-0000-1234", "hp", "0812-0000-1234", "0812-0000-1234"),
        ("wa +62 812 0000 5566", "hp", "+62 812 0000 5566", "+62 812 0000 5566"),
        ("cek skm 7j56w3 dong", "kode", "skm 7j56w3", "SKM-7J5-6W3"),
        ("dimintai Rp 50.000", "uang", "Rp 50.000", "Rp 50.000"),
        ("dua ratus ribu rupiah", "uang", "dua ratus ribu rupiah", "dua ratus ribu rupiah"),
        ("1,5 juta sebulan", "uang", "1,5 juta", "1,5 juta"),
        ("setengah juta", "uang", "setengah juta", "setengah juta"),
        ("ditarik goceng", "uang", "goceng", "goceng"),
        ("sejuta setengah katanya", "uang", "sejuta setengah", "sejuta setengah"),
        ("satu setengah juta", "uang", "satu setengah juta", "satu setengah juta"),
        ("diminta telung atus ewu", "uang", "telung atus ewu", "telung atus ewu"),
        ("bayar tigaratus ribu", "uang", "tigaratus ribu", "tigaratus ribu"),
        ("retribusi 75.000,- saja", "uang", "75.000,-", "75.000,-"),
        ("dana Rp 1,2 miliar", "uang", "Rp 1,2 miliar", "Rp 1,2 miliar"),
        ("di RT.04/02 gelap", "rt_rw", "RT.04/02", "RT.04/02"),
        ("rt dua rw empat", "rt_rw", "rt dua rw empat", "rt dua rw empat"),
        ("warga mekar sari", "wilayah", "mekar sari", "Mekarsari"),
        ("desa sindanglya longsor", "wilayah", "sindanglya", "Sindanglaya"),
        ("besok jam 9 pagi bisa", "tanggal", "besok jam 9 pagi", "besok jam 9 pagi"),
        ("dari dua minggu lalu", "tanggal", "dua minggu lalu", "dua minggu lalu"),
    ],
)
def test_an_entity_has_its_place_and_its_value(
    text: str, kind: str, words: str, value: str
) -> None:
    spans = [span for span in FINDER.find(text) if span.kind == kind]
    assert [text[span.start : span.end] for span in spans] == [words]
    assert spans[0].value == value


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("3299013204880003", "nik"),
        ("3299011204880000", "nik"),
        ("32990112048800031", "nik"),
        ("jalan mawar nomor 812", "hp"),
        ("SKM itu apa", "kode"),
        ("harga 2 kilo", "uang"),
        ("ada juta-an warga", "uang"),
        ("setengah hari", "uang"),
        ("tadi", "tanggal"),
        ("di kota besar", "wilayah"),
    ],
)
def test_what_only_looks_like_an_entity_is_left_alone(text: str, kind: str) -> None:
    assert [span for span in FINDER.find(text) if span.kind == kind] == []


def test_the_word_before_tells_a_family_card_from_a_person() -> None:
    text = "nik 3299011204880003 kk 3299011203150004, anak perempuan 3299014204880003"
    assert [span.kind for span in FINDER.find(text)] == ["nik", "kk", "nik"]


def test_all_kinds_of_one_message_keep_their_places() -> None:
    text = "😀 Ｎama saya Budi, NIK 3299011204880003,\nlampu mati di RT 3/5 Cibening sejak kemarin"
    spans = FINDER.find(text)
    assert {span.kind for span in spans} >= {"nik", "rt_rw", "wilayah", "tanggal"}
    assert text[spans[0].start : spans[0].end] == "3299011204880003"
    assert spans == sorted(spans)


def test_look_alikes_in_a_code_are_read_by_its_check_character() -> None:
    written = "skm-5jd-xsq"
    spans = [span for span in FINDER.find(written) if span.kind == "kode"]
    assert [(span.start, span.end) for span in spans] == [(0, len(written))]
    body = spans[0].value.removeprefix("SKM-").replace("-", "")
    assert spans[0].value == written or is_valid_code(body)


@given(st.text(CODE_ALPHABET, min_size=5, max_size=5))
def test_exactly_one_last_character_makes_a_code_right(start: str) -> None:
    assert sum(is_valid_code(start + last) for last in CODE_ALPHABET) == 1


PIECES = """rt|03|nik|3299011204880003|nama saya|Budi|rp|50|ribu|jam|depan|masjid|besok|SKM
7J5|0812|😀|,|Cibening|minggu lalu|a.n."""
TEXTS = st.text(max_size=80) | st.lists(
    st.sampled_from(PIECES.replace("\n", "|").split("|")), max_size=12
).map(" ".join)


@given(TEXTS)
def test_any_text_gives_spans_inside_it(text: str) -> None:
    for span in FINDER.find(text):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip()


def test_of_two_overlapping_finds_of_a_kind_the_surer_stays() -> None:
    sure, unsure = Span(0, 5, "uang", "1"), Span(3, 9, "uang", "2", 0.8)
    apart, other = Span(9, 12, "uang", "3", 0.5), Span(2, 7, "tanggal", "x", 0.1)
    assert without_overlaps([unsure, apart, sure, other]) == [sure, other, apart]


CATALOGUE = {key: names for key, names in NAMES.items() if key.split("/")[0] in CATALOGUE_KINDS}
SPELLED = {word for names in CATALOGUE.values() for name in names for word in name.lower().split()}
LOOKUP = Lookup(CATALOGUE, Normaliser(read_slang(), SPELLED))


@pytest.mark.parametrize(
    ("text", "slug", "words"),
    [
        ("mau urus ktp ilang", "layanan/ktp_hilang", "ktp ilang"),
        ("ilang ktp saya pak", "layanan/ktp_hilang", "ilang ktp"),
        ("minta surat domsili dong", "layanan/domisili", "surat domsili"),
        ("kartu keluarga baru", "layanan/kk_baru", "kartu keluarga baru"),
        ("surat keterangan tidak mampu", "layanan/sktm", "surat keterangan tidak mampu"),
        ("lampu jln mati", "keluhan/lampu_jalan", "lampu jln mati"),
        ("dukcapil buka jam brp", "kantor/disdukcapil", "dukcapil"),
    ],
)
def test_the_catalogue_is_found_in_peoples_words(text: str, slug: str, words: str) -> None:
    spans = LOOKUP.find(text)
    assert [f"{span.kind}/{span.value}" for span in spans] == [slug]
    assert text[spans[0].start : spans[0].end] == words


@pytest.mark.parametrize("text", ["halo", "", "kantornya di mana", "terima kasih bu", "xyzzy"])
def test_nothing_of_the_catalogue_is_found_where_nothing_is_named(text: str) -> None:
    assert LOOKUP.find(text) == []


def test_every_name_of_the_catalogue_finds_itself() -> None:
    ordinary = {"keur"}  # the vehicle test as people say it, but Sundanese for "untuk" as well
    missing = {
        name
        for key, names in CATALOGUE.items()
        for name in names
        if key not in {f"{span.kind}/{span.value}" for span in LOOKUP.find(name)}
    }
    assert missing == ordinary
