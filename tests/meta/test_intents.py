"""An intent is two files: its data file, traits included, and the handler of its topic."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from actions.dialogue.registry import ON_INTENT, ON_WORD
from actions.dialogue.turn import STAGES
from tests.meta.sources import ROOT, literals, python_files
from tests.support.running_bot import reference_of_tests

REFERENCE = reference_of_tests()
CATALOGUE = REFERENCE.catalogue
INTENTS = sorted(CATALOGUE.intents)
SLUGS = {
    *CATALOGUE.services,
    *CATALOGUE.complaints,
    *CATALOGUE.office.units,
    *CATALOGUE.office.others,
}
ORDINARY_WORDS = {"kecamatan", "kelurahan"}
"""Offices that are called as the kind of area that they serve, which addresses have too."""
OTHER_MEANINGS = {intent for intent in INTENTS if "_" not in intent}
OTHER_MEANINGS |= {key.removeprefix("tombol.") for key in REFERENCE.texts.under("tombol")}
"""Names of intents that are ordinary words or labels of buttons too, such as "batal"."""


def test_every_intent_has_a_handler_and_every_handler_an_intent() -> None:
    assert STAGES, "the dialogue is loaded, and with it every handler"
    assert sorted(ON_INTENT) == INTENTS


def test_every_word_that_always_works_has_a_handler() -> None:
    assert set(ON_WORD) == set(REFERENCE.words["global"])


@pytest.mark.parametrize("path", python_files("actions", "bot"), ids=lambda path: path.name)
def test_an_intent_is_named_in_its_handler_alone(path: Path) -> None:
    own = {name for name, handler in ON_INTENT.items() if Path(inspect.getfile(handler)) == path}
    assert literals([path]) & set(INTENTS) - own - OTHER_MEANINGS == set()


def test_no_code_names_a_service_a_complaint_or_an_office() -> None:
    named = literals(python_files("actions", "bot", "nlu")) & SLUGS
    assert named - ORDINARY_WORDS == set()


@pytest.mark.parametrize("intent", INTENTS)
def test_an_intent_has_words_and_sentences(intent: str) -> None:
    data = CATALOGUE.intents[intent]
    assert data.keywords
    assert len(data.examples) >= 60


def test_what_may_be_offered_is_called_something_and_nothing_else_is() -> None:
    for name, intent in CATALOGUE.intents.items():
        assert (intent.button is None) == (intent.courtesy or intent.outside), name


def test_no_folder_of_intents_holds_anything_else() -> None:
    assert {path.suffix for path in (ROOT / "data/language/intents").iterdir()} == {".yml"}
