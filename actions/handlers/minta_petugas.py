"""Wants to talk to a human."""

from __future__ import annotations

from actions.casework.escalations import Reason
from actions.registry import Replies, handles
from actions.scene import Scene
from actions.talk import human


@handles("minta_petugas")
async def handle(scene: Scene) -> Replies:
    """Hand the chat over."""
    return await human.connect(scene, Reason.ASKED)
