"""Thanks, or says goodbye."""

from __future__ import annotations

from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_intent


@on_intent("terima_kasih")
async def handle(turn: TurnContext) -> Replies:
    """Answer in kind."""
    return [turn.say("umum.sama_sama")]
