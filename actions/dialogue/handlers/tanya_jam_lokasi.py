"""Asks for opening hours, address or phone of an office."""

from __future__ import annotations

from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_intent
from actions.dialogue.talk import items, targets
from actions.dialogue.talk.menu import offices_menu


@on_intent("tanya_jam_lokasi")
async def handle(turn: TurnContext) -> Replies:
    """Answer for the office that is named, or for the one of the service spoken of."""
    offices, services = targets.offices(turn), targets.services(turn)
    office, service = targets.clear(offices), targets.clear(services)
    if office is not None:
        return [items.place(turn, office)]
    slug = service or turn.memory.topic
    if slug is not None:
        return [items.place(turn, turn.reference.catalogue.item(slug).unit)]
    return [offices_menu(turn)]
