"""Asks the NLU about words that wait, before the transaction of their turn is begun.

A turn that finds out only in its transaction that it needs the NLU is rolled back and taken
again. What stands here is a guess from what this process received: the turn uses the answer
where it is about the very words that it must understand.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from actions.casework.inbox import Received
from actions.dialogue.foresight import to_understand
from actions.domain.understanding import Understanding
from actions.storage.tables import Inbox
from bot.channels import Channel
from bot.dependencies import Dependencies

MANY = 3
"""A chat with more than so many updates waiting may be one that is braked: it asks for nothing."""


@dataclass(slots=True)
class _Waiting:
    """Updates of a chat by number, and what its words were taken for, once that was asked."""

    payloads: dict[int, Any] = field(default_factory=dict)
    known: Understanding | None = None


class Foresight:
    """What waits in the chats of one channel, as far as this process has received it."""

    def __init__(self, deps: Dependencies, channel: Channel) -> None:
        self._deps, self._channel = deps, channel
        self._chats: dict[str, _Waiting] = {}

    def note(self, received: Received) -> None:
        """An update was stored."""
        waiting = self._chats.setdefault(received.chat, _Waiting())
        waiting.payloads[received.external_id] = received.payload

    def forget(self, chat: str, handled: Sequence[Inbox]) -> None:
        """These updates of a chat are handled; without any, it has none that waits."""
        waiting = self._chats.get(chat)
        if waiting is None:
            return
        for row in handled:
            waiting.payloads.pop(row.external_id, None)
        if not handled or not waiting.payloads:
            del self._chats[chat]

    async def understand(self, chat: str) -> Understanding | None:
        """What the words of the next turn mean, where it will need that."""
        waiting = self._chats.get(chat)
        if waiting is None or len(waiting.payloads) > MANY:
            return None
        text = to_understand(self._said(waiting), self._deps.reference)
        if text is None:
            return None
        if waiting.known is None or waiting.known.text != text:
            waiting.known = await self._deps.nlu.understand(text)
        return waiting.known

    def _said(self, waiting: _Waiting) -> str:
        """The words of all that may be one burst, as a turn joins them."""
        pieces = (self._channel.piece(payload) for _, payload in sorted(waiting.payloads.items()))
        burst = takewhile(lambda piece: piece is not None, pieces)
        return "\n".join(piece.words for piece in burst if piece and piece.words)
