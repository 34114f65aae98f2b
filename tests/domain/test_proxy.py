"""Whether somebody else may go: asked, or only talk about people, papers and offices."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from actions.catalogue.word_lists import read_words
from actions.domain.lexicon import Lexicon, read_lexicon

CASES = YAML(typ="safe").load(Path(__file__).with_name("proxy_questions.yml").read_text())


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    words = read_words(Path("data/language/words"))
    own = words["wakil"]
    return read_lexicon(own["frasa"], own["kelompok"], words["slang"])


@pytest.mark.parametrize("text", CASES["menanyakan"])
def test_questions_who_may_go(lexicon: Lexicon, text: str) -> None:
    assert lexicon.says(text)


@pytest.mark.parametrize("text", CASES["bukan"])
def test_words_that_ask_something_else(lexicon: Lexicon, text: str) -> None:
    assert not lexicon.says(text)
