"""Wants something that the office does not do."""

from __future__ import annotations

from actions.registry import Replies, handles
from actions.scene import Scene
from actions.talk import items, targets
from actions.talk.menu import main_menu


@handles("di_luar_cakupan")
async def handle(scene: Scene) -> Replies:
    """Name the office that does it where it is known, else say what Balai can do."""
    office = targets.clear(targets.offices(scene))
    if office in scene.hall.catalogue.office.others:
        return [scene.say("umum.bukan_urusan_kami"), items.place(scene, office)]
    return [main_menu(scene, "umum.di_luar")]
