"""Greets, or opens the chat without saying what for."""

from __future__ import annotations

from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_intent
from actions.dialogue.talk.help import welcome
from actions.dialogue.talk.menu import main_menu


@on_intent("sapa")
async def handle(turn: TurnContext) -> Replies:
    """Greet; newcomers are told what this is."""
    if turn.memory.draft is not None:
        return [turn.say("umum.sapa_isian")]
    if turn.memory.turns == 1:
        return [welcome(turn)]
    return [main_menu(turn, "umum.sapa")]
