"""Says no where nothing was asked."""

from __future__ import annotations

from actions.registry import Replies, handles
from actions.scene import Scene
from actions.talk.menu import main_menu


@handles("tolak")
async def handle(scene: Scene) -> Replies:
    """Leave it, and ask what else there is."""
    return [main_menu(scene, "umum.tidak_lalu_apa")]
