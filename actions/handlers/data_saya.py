"""Asks what is stored about oneself, who sees it, or to have it deleted."""

from __future__ import annotations

from actions.registry import Replies, handles
from actions.scene import Scene
from actions.talk import privacy


@handles("data_saya")
async def handle(scene: Scene) -> Replies:
    """Say what is stored, with the ways to see, correct and delete it."""
    return await privacy.shown(scene)
