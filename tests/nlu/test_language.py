"""What data/language/several.yml says is understood as it was meant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nlu.several.language import Language, read_language

INTENTS = {path.stem for path in Path("data", "language", "intents").glob("*.yml")}
LANGUAGE = read_language()


def words_of(language: Language) -> Iterator[object]:
    for lists in (language.words, language.denials, language.not_after, language.not_before):
        for words in lists.values():
            yield from words
    for phrase in language.turns:
        yield from phrase


def test_every_word_is_a_word() -> None:
    """YAML reads an unquoted no as a refusal."""
    assert [word for word in words_of(LANGUAGE) if not isinstance(word, str)] == []


def test_every_intent_that_is_described_exists() -> None:
    described = {*LANGUAGE.kinds, *LANGUAGE.opens}.union(*LANGUAGE.intents.values())
    assert described - INTENTS == set()


def test_words_beside_which_a_phrase_means_something_else_belong_to_phrases() -> None:
    assert {*LANGUAGE.not_after, *LANGUAGE.not_before} <= LANGUAGE.turns.keys()
