"""Corrects an answer: "salah, namanya Siti bukan Sitti"."""

from __future__ import annotations

from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_intent
from actions.dialogue.talk import correcting, form, status


@on_intent("perbaiki")
async def handle(turn: TurnContext) -> Replies:
    """Correct the field that is named; without an open form show what can still be changed."""
    case = await form.open_case(turn)
    if case is None:
        return await status.mine(turn)
    return correcting.correct_by_words(turn, case)
