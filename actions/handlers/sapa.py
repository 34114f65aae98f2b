"""Greets, or opens the chat without saying what for."""

from __future__ import annotations

from actions.registry import Replies, handles
from actions.scene import Scene
from actions.talk.help import welcome
from actions.talk.menu import main_menu


@handles("sapa")
async def handle(scene: Scene) -> Replies:
    """Greet; newcomers are told what this is."""
    if scene.memory.draft is not None:
        return [scene.say("umum.sapa_isian")]
    if scene.memory.turns == 1:
        return [welcome(scene)]
    return [main_menu(scene, "umum.sapa")]
