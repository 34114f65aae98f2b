"""Asks what it costs."""

from __future__ import annotations

from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_intent
from actions.dialogue.talk import items
from actions.dialogue.talk.ask import about_service


@on_intent("tanya_biaya")
async def handle(turn: TurnContext) -> Replies:
    """Answer for the service that is spoken of, or ask which one."""
    return about_service(turn, "tanya_biaya", items.fee)
