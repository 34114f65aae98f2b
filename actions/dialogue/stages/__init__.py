"""The stages of a turn; `actions.dialogue` asks them in order."""

from actions.dialogue.stages.early import (
    button,
    danger,
    expected_text,
    global_word,
    human_has_the_chat,
)
from actions.dialogue.stages.forms import file_without_form, open_form, paused_form, returned_case
from actions.dialogue.stages.meaning import understood, unreadable

__all__ = [
    "button",
    "danger",
    "expected_text",
    "file_without_form",
    "global_word",
    "human_has_the_chat",
    "open_form",
    "paused_form",
    "returned_case",
    "understood",
    "unreadable",
]
