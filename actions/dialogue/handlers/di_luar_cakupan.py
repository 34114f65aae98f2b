"""Wants something that the office does not do."""

from __future__ import annotations

from actions.dialogue.context import TurnContext
from actions.dialogue.registry import Replies, on_intent
from actions.dialogue.talk import items, targets
from actions.dialogue.talk.menu import main_menu
from actions.dialogue.talk.missed import missed

FEW_WORDS = 4


@on_intent("di_luar_cakupan")
async def handle(turn: TurnContext) -> Replies:
    """Name the office that does it where it is known, else say what Balai can do.

    A bare name of a service, which tells nothing of what is wanted, gets the service's card.
    """
    office = targets.elsewhere(turn)
    if office is not None:
        return [turn.say("umum.bukan_urusan_kami"), items.place(turn, office)]
    service = bare_service(turn)
    if service is not None:
        turn.memory.topic = service
        return [items.about(turn, service)]
    return await missed(turn) if turn.urgent else [main_menu(turn, "umum.di_luar")]


def bare_service(turn: TurnContext) -> str | None:
    """The service that a few words name and nothing else."""
    if len(turn.text.split()) > FEW_WORDS or not targets.named(turn):
        return None
    best = targets.named(turn)[0].name
    return best if best in turn.reference.catalogue.services else None
