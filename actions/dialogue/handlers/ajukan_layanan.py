"""Wants a service, letter or document done."""

from __future__ import annotations

from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_intent
from actions.dialogue.talk import form, prefill, targets
from actions.dialogue.talk.clarify import which
from actions.dialogue.talk.menu import units_menu


@on_intent("ajukan_layanan")
async def handle(turn: TurnContext) -> Replies:
    """Begin the form of the service that is meant, or ask which one it is."""
    candidates = targets.services(turn)
    slug = targets.clear(candidates)
    if slug is not None:
        return await form.start(turn, slug, prefill.found(turn, slug))
    if candidates:
        return [which(turn, candidates, "ajukan_layanan", "umum.layanan_mana")]
    return [units_menu(turn)]
