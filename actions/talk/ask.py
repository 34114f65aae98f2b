"""Answers a question about a service once it is clear which service."""

from __future__ import annotations

from collections.abc import Callable

from actions.registry import HANDLERS, Replies
from actions.scene import Scene
from actions.talk import targets
from actions.talk.clarify import which
from actions.turn import Reply

WHICH = "hal:"
NAMING = frozenset({"ajukan_layanan", "tanya_info", "di_luar_cakupan"})


def about_service(scene: Scene, intent: str, answer: Callable[[Scene, str], Reply]) -> Replies:
    """Answer for the service that is spoken of, or ask which one."""
    slug = targets.topic(scene)
    if slug is not None:
        scene.memory.topic = slug
        return [answer(scene, slug)]
    candidates = targets.services(scene)
    if candidates:
        return [which(scene, candidates, intent, "umum.layanan_mana")]
    scene.memory.expects = f"{WHICH}{intent}"
    return [scene.say("umum.tentang_apa", [[scene.button("menu", "menu")]])]


async def expected_service(scene: Scene) -> Replies | None:
    """The service that was asked for; None when something else was written instead."""
    intent = (scene.memory.expects or "").removeprefix(WHICH)
    scene.memory.expects = None
    if scene.understanding.intent.name in {intent, *NAMING} and targets.services(scene):
        return await HANDLERS[intent](scene)
    return None
