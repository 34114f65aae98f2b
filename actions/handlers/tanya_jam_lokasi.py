"""Asks for opening hours, address or phone of an office."""

from __future__ import annotations

from actions.registry import Replies, handles
from actions.scene import Scene
from actions.talk import items, targets
from actions.talk.menu import offices_menu


@handles("tanya_jam_lokasi")
async def handle(scene: Scene) -> Replies:
    """Answer for the office that is named, or for the one of the service spoken of."""
    offices, services = targets.offices(scene), targets.services(scene)
    office, service = targets.clear(offices), targets.clear(services)
    if office is not None:
        return [items.place(scene, office)]
    slug = service or scene.memory.topic
    if slug is not None:
        return [items.place(scene, scene.hall.catalogue.item(slug).unit)]
    return [offices_menu(scene)]
