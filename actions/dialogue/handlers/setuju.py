"""Says yes where nothing was asked."""

from __future__ import annotations

from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_intent
from actions.dialogue.talk.menu import main_menu


@on_intent("setuju")
async def handle(turn: TurnContext) -> Replies:
    """Ask what to do next."""
    return [main_menu(turn, "umum.baik_lalu_apa")]
