"""Asks how it works, or who is speaking."""

from __future__ import annotations

from actions.registry import Replies, handles
from actions.scene import Scene
from actions.talk.help import helped


@handles("bantuan")
async def handle(scene: Scene) -> Replies:
    """Show examples and the words that always work."""
    return [helped(scene)]
