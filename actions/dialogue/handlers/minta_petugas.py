"""Wants to talk to a human."""

from __future__ import annotations

from actions.casework.escalations import Reason
from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_intent
from actions.dialogue.talk import human


@on_intent("minta_petugas")
async def handle(turn: TurnContext) -> Replies:
    """Hand the chat over."""
    return await human.connect(turn, Reason.ASKED)
