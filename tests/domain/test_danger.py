"""Danger to life: found whatever the wording, and not seen where there is none."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from actions.domain.danger import Danger, DangerLexicon, find_danger, read_danger_lexicon

ROOT = Path(__file__).parents[2]
TUNED = Path(__file__).with_name("danger_sentences.yml")
HELD_OUT = ROOT / "tests" / "nlu" / "held_out" / "darurat.yml"

RECALL = 0.98
FALSE_ALARMS = 0.02

SMALL = {
    "kecuali": ["simulasi"],
    "kelompok": {"orang": ["anak", "ibu"]},
    "samakan": {"geni": "api"},
    "kata_biasa": ["apik"],
    "lampau": ["bulan lalu"],
    "masih": ["sekarang"],
    "bahaya": [
        {
            "jenis": "kebakaran",
            "nomor": ["113", "112"],
            "frasa": ["kebakaran", "api besar", "<orang> terbakar"],
            "kecuali": ["ktp terbakar", "simulasi kebakaran"],
            "lampau": True,
        },
        {"jenis": "medis", "nomor": ["119"], "frasa": ["<orang> pingsan"]},
    ],
}


def read(path: Path) -> Any:
    """The content of a YAML file."""
    return YAML(typ="safe").load(path)


@cache
def shipped() -> DangerLexicon:
    """The lexicon that Balai is delivered with."""
    words = ROOT / "data" / "language" / "words"
    return read_danger_lexicon(read(words / "darurat.yml"), read(words / "slang.yml"))


@cache
def small() -> DangerLexicon:
    """A lexicon of a few words."""
    return read_danger_lexicon(SMALL, {"gede": "besar"})


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ada kebakaran", "kebakaran"),
        ("apinya GEDE banget", "kebakaran"),
        ("geni besar", "kebakaran"),
        ("ibu saya pingsan", "medis"),
        ("ibu pingsan karena kebakaran", "kebakaran"),
        ("ktp terbakar, ibu pingsan", "medis"),
        ("ktp terbakar karena ada kebakaran di pasar", "kebakaran"),
        ("bulan lalu kebakaran, sekarang kebakaran lagi", "kebakaran"),
        ("bulan lalu ibu pingsan", "medis"),
        ("anak saya terbakar", "kebakaran"),
    ],
)
def test_kind_that_comes_first_is_found(text: str, kind: str) -> None:
    danger = find_danger(text, small())
    assert danger is not None
    assert danger.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "🔥🔥",
        "ktp terbakar",
        "simulasi kebakaran",
        "pelayanan apik besar",
        "ada kebakaran bulan lalu",
    ],
)
def test_nothing_is_found(text: str) -> None:
    assert find_danger(text, small()) is None


def test_numbers_are_named_in_order() -> None:
    assert find_danger("kebakaran", small()) == Danger("kebakaran", ("113", "112"))


def test_exception_hides_only_its_own_words() -> None:
    assert find_danger("bukan simulasi kebakaran satu dua tiga empat lima kebakaran", small())


def test_every_number_is_in_the_table_of_the_office() -> None:
    known = {row["nomor"] for row in read(ROOT / "data" / "office.yml")["darurat"]}
    assert {number for kind in shipped().kinds for number in kind.numbers} <= known


@pytest.mark.parametrize("path", [TUNED, HELD_OUT], ids=["tuned", "held out"])
def test_recall_and_false_alarms(path: Path) -> None:
    rows = read(path)
    alarms = [row for row in rows if find_danger(row["teks"], shipped())]
    dangers = [row for row in rows if row["darurat"]]
    false = [row["teks"] for row in alarms if not row["darurat"]]
    missed = [row["teks"] for row in dangers if row not in alarms]
    assert len(missed) <= (1 - RECALL) * len(dangers), missed
    assert len(false) <= FALSE_ALARMS * (len(rows) - len(dangers)), false


def test_kind_is_mostly_right() -> None:
    rows = [row for row in read(HELD_OUT) if row["darurat"]]
    kinds = [(row["jenis"], find_danger(row["teks"], shipped())) for row in rows]
    right = sum(danger is not None and danger.kind == kind for kind, danger in kinds)
    assert right >= 0.85 * len(rows)


@pytest.mark.parametrize("folder", ["complaints", "services", "language/intents"])
def test_ordinary_messages_raise_no_alarm(folder: str) -> None:
    """A few complaints do tell of danger: a cable that sparks, a crocodile, a beaten child."""
    files = sorted((ROOT / "data" / folder).glob("*.yml"))
    texts = [str(text) for path in files for text in read(path).get("contoh", ())]
    alarms = [text for text in texts if find_danger(text, shipped())]
    assert len(alarms) <= FALSE_ALARMS * len(texts), alarms


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text: str) -> None:
    danger = find_danger(text, shipped())
    assert danger is None or danger.numbers
