"""Corrects an answer: "salah, namanya Siti bukan Sitti"."""

from __future__ import annotations

from actions.registry import Replies, handles
from actions.scene import Scene
from actions.talk import correcting, form, status


@handles("perbaiki")
async def handle(scene: Scene) -> Replies:
    """Correct the field that is named; without an open form show what can still be changed."""
    request = await form.open_request(scene)
    if request is None:
        return await status.mine(scene)
    return correcting.correct_by_words(scene, request)
