"""Is not satisfied with a report that was closed."""

from __future__ import annotations

from actions.registry import Replies, handles
from actions.scene import Scene
from actions.talk import status


@handles("buka_kembali")
async def handle(scene: Scene) -> Replies:
    """Offer the closed reports that can be opened again."""
    return await status.offer_reopening(scene)
