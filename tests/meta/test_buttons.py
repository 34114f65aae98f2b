"""Every button that is made has somebody who answers it, and nobody answers without a button."""

from __future__ import annotations

from actions.dialogue.registry import ON_BUTTON
from actions.dialogue.turn import STAGES
from tests.meta.sources import HOLE, calls, python_files, text_of

CODE = python_files("actions", "bot")
BY_OFFICERS = {"claim", "later", "take"}
"""Buttons of the officers' group, answered by bot/telegram."""


def _made() -> set[str]:
    """The verbs of all buttons: turn.button(label, verb, ...), make_button(label, verb, ...)."""
    made: set[str] = set()
    for call in calls(CODE, "button", "make_button", "Button"):
        data = text_of(call.args[1]) if len(call.args) > 1 else None
        if data:
            made.add(data.partition(":")[0])
    return {verb for verb in made if HOLE not in verb}


def test_the_dialogue_registers_presses() -> None:
    assert STAGES
    assert ON_BUTTON


def test_every_button_is_answered() -> None:
    assert _made() - set(ON_BUTTON) - BY_OFFICERS == set()


def test_every_answer_has_a_button() -> None:
    assert set(ON_BUTTON) - _made() == set()
