"""Wants something that the office does not do."""

from __future__ import annotations

from actions.registry import Replies, handles
from actions.scene import Scene
from actions.talk import items, targets
from actions.talk.menu import main_menu
from actions.talk.missed import missed

FEW_WORDS = 4


@handles("di_luar_cakupan")
async def handle(scene: Scene) -> Replies:
    """Name the office that does it where it is known, else say what Balai can do.

    A bare name of a service, which tells nothing of what is wanted, gets the service's card.
    """
    office = targets.elsewhere(scene)
    if office is not None:
        return [scene.say("umum.bukan_urusan_kami"), items.place(scene, office)]
    service = bare_service(scene)
    if service is not None:
        scene.memory.topic = service
        return [items.about(scene, service)]
    return await missed(scene) if scene.urgent else [main_menu(scene, "umum.di_luar")]


def bare_service(scene: Scene) -> str | None:
    """The service that a few words name and nothing else."""
    if len(scene.text.split()) > FEW_WORDS or not targets.named(scene):
        return None
    best = targets.named(scene)[0].name
    return best if best in scene.hall.catalogue.services else None
