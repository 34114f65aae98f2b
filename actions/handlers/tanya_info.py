"""Asks what a service is and for whom."""

from __future__ import annotations

from actions.registry import Replies, handles
from actions.scene import Scene
from actions.talk import items
from actions.talk.ask import about_service


@handles("tanya_info")
async def handle(scene: Scene) -> Replies:
    """Answer for the service that is spoken of, or ask which one."""
    return about_service(scene, "tanya_info", items.about)
