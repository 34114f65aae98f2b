"""Cancels what is under way, or withdraws what was handed in."""

from __future__ import annotations

from actions.registry import Replies, handles
from actions.scene import Scene
from actions.talk import answering, form, status


@handles("batal")
async def handle(scene: Scene) -> Replies:
    """Give the open form up; without one offer what can be withdrawn."""
    request = await form.open_request(scene)
    if request is not None:
        return await answering.cancel(scene, request)
    return await status.offer_withdrawal(scene)
