"""Which function answers an intent, and which one a button."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from actions.domain.messages import Reply

if TYPE_CHECKING:
    from actions.dialogue.context import TurnContext

Replies = list[Reply]
Handler = Callable[["TurnContext"], Awaitable[Replies]]
Press = Callable[["TurnContext", list[str]], Awaitable[Replies]]

ON_INTENT: dict[str, Handler] = {}
ON_BUTTON: dict[str, Press] = {}


def on_intent(intent: str) -> Callable[[Handler], Handler]:
    """Register the function that answers `intent`."""

    def register(handler: Handler) -> Handler:
        if intent in ON_INTENT:
            raise ValueError(f"two handlers for {intent}")
        ON_INTENT[intent] = handler
        return handler

    return register


def on_button(verb: str) -> Callable[[Press], Press]:
    """Register the function that answers buttons whose data is `verb:argument:...`."""

    def register(press: Press) -> Press:
        if verb in ON_BUTTON:
            raise ValueError(f"two answers to the button {verb}")
        ON_BUTTON[verb] = press
        return press

    return register
