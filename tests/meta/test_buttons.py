"""Every button that is made has somebody who answers it, and nobody answers without a button."""

from __future__ import annotations

from actions import dialogue
from actions.registry import PRESSES
from tests.meta.sources import HOLE, calls, python_files, text_of

CODE = python_files("actions", "bot")
BY_OFFICERS = {"claim"}
"""Buttons of the officers' group, answered by bot/chat."""


def _made() -> set[str]:
    """The verbs of all buttons: scene.button(label, verb, ...), press(label, verb, ...)."""
    made: set[str] = set()
    for call in calls(CODE, "button", "press", "Button"):
        data = text_of(call.args[1]) if len(call.args) > 1 else None
        if data:
            made.add(data.partition(":")[0])
    return {verb for verb in made if HOLE not in verb}


def test_the_dialogue_registers_presses() -> None:
    assert dialogue.STAGES
    assert PRESSES


def test_every_button_is_answered() -> None:
    assert _made() - set(PRESSES) - BY_OFFICERS == set()


def test_every_answer_has_a_button() -> None:
    assert set(PRESSES) - _made() == set()
