"""Asks what services there are."""

from __future__ import annotations

from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_intent
from actions.dialogue.talk import targets
from actions.dialogue.talk.menu import services_menu, units_menu


@on_intent("daftar_layanan")
async def handle(turn: TurnContext) -> Replies:
    """List the services of the office that is named, or the offices."""
    office = targets.clear(targets.offices(turn))
    offering = {service.unit for service in turn.reference.catalogue.services.values()}
    if office in offering:
        return [services_menu(turn, office, 0)]
    return [units_menu(turn)]
