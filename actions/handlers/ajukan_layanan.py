"""Wants a service, letter or document done."""

from __future__ import annotations

from actions.registry import Replies, handles
from actions.scene import Scene
from actions.talk import form, prefill, targets
from actions.talk.clarify import which
from actions.talk.menu import units_menu


@handles("ajukan_layanan")
async def handle(scene: Scene) -> Replies:
    """Begin the form of the service that is meant, or ask which one it is."""
    candidates = targets.services(scene)
    slug = targets.clear(candidates)
    if slug is not None:
        return await form.start(scene, slug, prefill.found(scene, slug))
    if candidates:
        return [which(scene, candidates, "ajukan_layanan", "umum.layanan_mana")]
    return [units_menu(scene)]
