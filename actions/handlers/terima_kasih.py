"""Thanks, or says goodbye."""

from __future__ import annotations

from actions.registry import Replies, handles
from actions.scene import Scene


@handles("terima_kasih")
async def handle(scene: Scene) -> Replies:
    """Answer in kind."""
    return [scene.say("umum.sama_sama")]
