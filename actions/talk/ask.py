"""Answers a question about a service once it is clear which service."""

from __future__ import annotations

from collections.abc import Callable

from actions.registry import Replies
from actions.scene import Scene
from actions.talk import targets
from actions.talk.clarify import which
from actions.talk.menu import units_menu
from actions.turn import Reply


def about_service(scene: Scene, intent: str, answer: Callable[[Scene, str], Reply]) -> Replies:
    """Answer for the service that is spoken of, or ask which one."""
    slug = targets.topic(scene)
    if slug is not None:
        scene.memory.topic = slug
        return [answer(scene, slug)]
    candidates = targets.services(scene)
    if candidates:
        return [which(scene, candidates, intent, "umum.layanan_mana")]
    return [units_menu(scene)]
