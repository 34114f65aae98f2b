"""Lets a citizen see that an answer is on its way, where it takes longer than a moment."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Protocol

from actions.casework.inbox import Arrival, Received
from bot.telegram.inbound import is_private

PATIENCE = 1.0
"""Seconds that an answer may take before anything is shown."""
SHOWN_FOR = 4.5
"""Telegram forgets it after five seconds, or with the next message."""
AT_MOST = 7
"""How often it is shown, so that a turn that never ends does not promise for ever."""
ANSWERED = ("message", "callback_query")
"""What somebody waits for an answer to; nobody does who only changed an old message."""


class _Planned(Protocol):
    def cancel(self) -> object: ...


def awaiting(arrived: Sequence[Arrival]) -> Iterator[str]:
    """The private chats whose citizens wait for an answer."""
    for one in arrived:
        if (
            isinstance(one, Received)
            and is_private(one.chat)
            and any(kind in one.payload for kind in ANSWERED)
        ):
            yield one.chat


class Presence:
    """Calls `show` for a chat from a second after `expect` on, until `done`."""

    def __init__(self, show: Callable[[str], Awaitable[None]]) -> None:
        self._show = show
        self._planned: dict[str, _Planned] = {}

    def expect(self, chat: str) -> None:
        """Somebody waits."""
        if chat not in self._planned:
            loop = asyncio.get_running_loop()
            self._planned[chat] = loop.call_later(PATIENCE, self._begin, chat)

    def done(self, chat: str) -> None:
        """The answer is there, or none comes."""
        planned = self._planned.pop(chat, None)
        if planned is not None:
            planned.cancel()

    def stop(self) -> None:
        """Show nothing more to anybody."""
        for chat in list(self._planned):
            self.done(chat)

    def _begin(self, chat: str) -> None:
        self._planned[chat] = asyncio.create_task(self._go_on(chat), name=f"typing {chat}")

    async def _go_on(self, chat: str) -> None:
        for _ in range(AT_MOST):
            await self._show(chat)
            await asyncio.sleep(SHOWN_FOR)
        self._planned.pop(chat, None)
