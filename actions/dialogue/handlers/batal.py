"""Cancels what is under way, or withdraws what was handed in."""

from __future__ import annotations

from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_intent
from actions.dialogue.talk import answering, form, status


@on_intent("batal")
async def handle(turn: TurnContext) -> Replies:
    """Give the open form up; without one offer what can be withdrawn."""
    case = await form.open_case(turn)
    if case is not None:
        return await answering.cancel(turn, case)
    return await status.offer_withdrawal(turn)
