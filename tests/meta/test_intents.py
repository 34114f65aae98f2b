"""An intent is two files: its data file and its handler in actions/dialogue/handlers."""

from __future__ import annotations

import pytest

from actions.dialogue import handlers
from actions.dialogue.registry import ON_INTENT
from tests.meta.sources import ROOT, literals, python_files
from tests.support.running_bot import reference_of_tests

INTENTS = sorted(reference_of_tests().catalogue.intents)


def test_every_intent_has_a_handler_and_every_handler_an_intent() -> None:
    assert sorted(ON_INTENT) == INTENTS


def test_a_handler_stands_in_the_file_of_its_name() -> None:
    assert sorted(handlers.ALL) == INTENTS
    for intent, handler in ON_INTENT.items():
        assert handler.__module__ == f"actions.dialogue.handlers.{intent}"


@pytest.mark.parametrize("intent", INTENTS)
def test_an_intent_has_words_and_sentences(intent: str) -> None:
    data = reference_of_tests().catalogue.intents[intent]
    assert data.keywords
    assert len(data.examples) >= 60


def test_intents_named_in_code_exist() -> None:
    """A misspelt intent in a set of intents would silently mean nothing."""
    prefixes = {intent.partition("_")[0] for intent in INTENTS if "_" in intent}
    named = {
        text
        for text in literals(python_files("actions/dialogue/stages", "actions/dialogue/talk"))
        if text.count("_")
        and text.replace("_", "").isalpha()
        and text.islower()
        and text.partition("_")[0] in prefixes - {"data"}
    }
    texts = {key.rpartition(".")[2] for key in reference_of_tests().texts.variants}
    assert named - set(INTENTS) - texts - set(reference_of_tests().words) == set()


def test_no_folder_of_intents_holds_anything_else() -> None:
    assert {path.suffix for path in (ROOT / "data/language/intents").iterdir()} == {".yml"}
