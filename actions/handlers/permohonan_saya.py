"""Asks for all of one's own requests."""

from __future__ import annotations

from actions.registry import Replies, handles
from actions.scene import Scene
from actions.talk import status


@handles("permohonan_saya")
async def handle(scene: Scene) -> Replies:
    """List what this chat has handed in."""
    return await status.mine(scene)
