"""Asks what services there are."""

from __future__ import annotations

from actions.registry import Replies, handles
from actions.scene import Scene
from actions.talk import targets
from actions.talk.menu import services_menu, units_menu


@handles("daftar_layanan")
async def handle(scene: Scene) -> Replies:
    """List the services of the office that is named, or the offices."""
    office = targets.clear(targets.offices(scene))
    offering = {service.unit for service in scene.hall.catalogue.services.values()}
    if office in offering:
        return [services_menu(scene, office, 0)]
    return [units_menu(scene)]
