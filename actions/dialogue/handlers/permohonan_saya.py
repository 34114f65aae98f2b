"""Asks for all of one's own requests."""

from __future__ import annotations

from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_intent
from actions.dialogue.talk import status


@on_intent("permohonan_saya")
async def handle(turn: TurnContext) -> Replies:
    """List what this chat has handed in."""
    return await status.mine(turn)
