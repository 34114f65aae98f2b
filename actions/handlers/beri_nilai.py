"""Wants to rate the service or say something about it."""

from __future__ import annotations

from actions.registry import Replies, handles
from actions.scene import Scene
from actions.talk import rating


@handles("beri_nilai")
async def handle(scene: Scene) -> Replies:
    """Ask for the mark of the request that was finished last."""
    return await rating.offer(scene)
