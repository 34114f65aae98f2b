"""Is not satisfied with a report that was closed."""

from __future__ import annotations

from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_intent
from actions.dialogue.talk import status


@on_intent("buka_kembali")
async def handle(turn: TurnContext) -> Replies:
    """Offer the closed reports that can be opened again."""
    return await status.offer_reopening(turn)
