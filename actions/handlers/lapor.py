"""Reports a fault or complains, with or without the word for it."""

from __future__ import annotations

from actions.registry import Replies, handles
from actions.scene import Scene
from actions.talk import form, prefill, targets
from actions.talk.clarify import which
from actions.talk.menu import complaints_menu


@handles("lapor")
async def handle(scene: Scene) -> Replies:
    """Begin the form of the complaint that is meant, with what was already told."""
    candidates = targets.complaints(scene)
    slug = targets.clear(candidates)
    if slug is not None:
        return await form.start(scene, slug, prefill.found(scene, slug))
    if candidates:
        return [which(scene, candidates, "lapor", "umum.keluhan_mana")]
    scene.memory.parked = scene.text
    return [complaints_menu(scene, 0)]
