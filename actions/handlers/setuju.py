"""Says yes where nothing was asked."""

from __future__ import annotations

from actions.registry import Replies, handles
from actions.scene import Scene
from actions.talk.menu import main_menu


@handles("setuju")
async def handle(scene: Scene) -> Replies:
    """Ask what to do next."""
    return [main_menu(scene, "umum.baik_lalu_apa")]
