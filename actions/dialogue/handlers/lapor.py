"""Reports a fault or complains, with or without the word for it."""

from __future__ import annotations

from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_intent
from actions.dialogue.talk import form, prefill, targets
from actions.dialogue.talk.clarify import which
from actions.dialogue.talk.menu import complaints_menu


@on_intent("lapor")
async def handle(turn: TurnContext) -> Replies:
    """Begin the form of the complaint that is meant, with what was already told."""
    candidates = targets.complaints(turn)
    slug = targets.clear(candidates)
    if slug is not None:
        return await form.start(turn, slug, prefill.found(turn, slug))
    if candidates:
        return [which(turn, candidates, "lapor", "umum.keluhan_mana")]
    turn.memory.parked = turn.text
    return [complaints_menu(turn, 0)]
