"""Asks where a paper or report is."""

from __future__ import annotations

from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_intent
from actions.dialogue.talk import status


@on_intent("cek_status")
async def handle(turn: TurnContext) -> Replies:
    """Answer by the code in the words, else from the chat's own requests."""
    return await status.by_words(turn)
