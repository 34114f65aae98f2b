"""Wants to rate the service or say something about it."""

from __future__ import annotations

from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_intent
from actions.dialogue.talk import rating


@on_intent("beri_nilai")
async def handle(turn: TurnContext) -> Replies:
    """Ask for the mark of the request that was finished last."""
    return await rating.offer(turn)
