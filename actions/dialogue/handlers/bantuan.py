"""Asks how it works, or who is speaking."""

from __future__ import annotations

from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_intent
from actions.dialogue.talk.help import helped


@on_intent("bantuan")
async def handle(turn: TurnContext) -> Replies:
    """Show examples and the words that always work."""
    return [helped(turn)]
