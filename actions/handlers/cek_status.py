"""Asks where a paper or report is."""

from __future__ import annotations

from actions.registry import Replies, handles
from actions.scene import Scene
from actions.talk import status


@handles("cek_status")
async def handle(scene: Scene) -> Replies:
    """Answer by the code in the words, else from the chat's own requests."""
    return await status.by_words(scene)
