"""Asks what is stored about oneself, who sees it, or to have it deleted."""

from __future__ import annotations

from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_intent
from actions.dialogue.talk import privacy


@on_intent("data_saya")
async def handle(turn: TurnContext) -> Replies:
    """Say what is stored, with the ways to see, correct and delete it."""
    return await privacy.shown(turn)
