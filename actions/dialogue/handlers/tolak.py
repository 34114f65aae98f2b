"""Says no where nothing was asked."""

from __future__ import annotations

from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_intent
from actions.dialogue.talk.menu import main_menu


@on_intent("tolak")
async def handle(turn: TurnContext) -> Replies:
    """Leave it, and ask what else there is."""
    return [main_menu(turn, "umum.tidak_lalu_apa")]
