"""Clear anger calls a human; impatience, capitals and quoted insults do not."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from actions.domain.anger import AngerLexicon, is_angry, is_shouted, read_anger_lexicon

ROOT = Path(__file__).parents[2]

SMALL = {
    "jelas": ["goblok", "<kalian> payah"],
    "pendukung": ["kesal", "lama banget/sekali", "lama"],
    "kecuali": ["dibilang goblok"],
    "kelompok": {"kalian": ["kalian", "petugas"]},
}


def read(path: Path) -> Any:
    """The content of a YAML file."""
    return YAML(typ="safe").load(path)


@cache
def shipped() -> AngerLexicon:
    """The lexicon that Balai is delivered with."""
    words = ROOT / "data" / "language" / "words"
    return read_anger_lexicon(read(words / "marah.yml"), read(words / "slang.yml"))


@cache
def small() -> AngerLexicon:
    """A lexicon of a few words."""
    return read_anger_lexicon(SMALL, {"bgt": "banget"})


@pytest.mark.parametrize(
    "text",
    [
        "goblok",
        "petugas kok payah",
        "kesal, lama bgt",
        "KESAL SAYA MENUNGGU",
        "kesal!!",
        "dibilang sabar, goblok satu dua tiga empat goblok",
    ],
)
def test_clear_anger(text: str) -> None:
    assert is_angry(text, small())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "saya dibilang goblok",
        "kesal",
        "lama sekali",
        "MOHON INFO SYARAT KTP",
        "terima kasih!!!",
    ],
)
def test_no_clear_anger(text: str) -> None:
    assert not is_angry(text, small())


@pytest.mark.parametrize(
    ("text", "shouted"),
    [
        ("KAPAN JALAN INI DIPERBAIKI", True),
        ("kapan!!", True),
        ("kapan?!?!", True),
        ("KTP KK", False),
        ("Kapan!", False),
        ("kapan ya??", False),
    ],
)
def test_shouting(text: str, shouted: bool) -> None:
    assert is_shouted(text) is shouted


def test_sentences_of_angry_and_calm_people() -> None:
    sentences = read(Path(__file__).with_name("anger_sentences.yml"))
    assert [text for text in sentences["marah"] if not is_angry(text, shipped())] == []
    assert [text for text in sentences["tenang"] if is_angry(text, shipped())] == []


@pytest.mark.parametrize("folder", ["complaints", "services"])
def test_ordinary_messages_are_not_angry(folder: str) -> None:
    files = sorted((ROOT / "data" / folder).glob("*.yml"))
    texts = [str(text) for path in files for text in read(path).get("contoh", ())]
    angry = [text for text in texts if is_angry(text, shipped())]
    assert len(angry) <= 0.005 * len(texts), angry


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text: str) -> None:
    assert is_angry(text, shipped()) in {True, False}
