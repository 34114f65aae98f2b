"""Which function answers an intent, and which one a button."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from actions.turn import Reply

if TYPE_CHECKING:
    from actions.scene import Scene

Replies = list[Reply]
Handler = Callable[["Scene"], Awaitable[Replies]]
Press = Callable[["Scene", list[str]], Awaitable[Replies]]

HANDLERS: dict[str, Handler] = {}
PRESSES: dict[str, Press] = {}


def handles(intent: str) -> Callable[[Handler], Handler]:
    """Register the function that answers `intent`."""

    def register(handler: Handler) -> Handler:
        if intent in HANDLERS:
            raise ValueError(f"two handlers for {intent}")
        HANDLERS[intent] = handler
        return handler

    return register


def presses(verb: str) -> Callable[[Press], Press]:
    """Register the function that answers buttons whose data is `verb:argument:...`."""

    def register(press: Press) -> Press:
        if verb in PRESSES:
            raise ValueError(f"two answers to the button {verb}")
        PRESSES[verb] = press
        return press

    return register
