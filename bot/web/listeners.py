"""Pages that wait for new lines, and who tells them that there are some.

What this process shows wakes its pages at once. What another one shows is found by one look
every few seconds, for all pages together, while there are any.
"""

import asyncio
import contextlib
import logging
from collections.abc import Iterator

from actions.casework import web_lines
from actions.storage.engine import Sessions, reading
from bot.dependencies import describe_error, end

log = logging.getLogger(__name__)
LOOK_EVERY = 3.0


class Listeners:
    """The open pages of this process, by their chat."""

    def __init__(self, sessions: Sessions, *, look_every: float = LOOK_EVERY) -> None:
        self._sessions, self._look_every = sessions, look_every
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._looking: asyncio.Task[None] | None = None
        self._mark = 0
        self.is_over = False

    @contextlib.contextmanager
    def listening(self, chat: str) -> Iterator[asyncio.Event]:
        """An event that is set when the chat may have something new, or at the end."""
        event = asyncio.Event()
        self._waiting.setdefault(chat, set()).add(event)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look(), name="web lines")
        try:
            yield event
        finally:
            self._waiting[chat].discard(event)
            if not self._waiting[chat]:
                del self._waiting[chat]

    def wake(self, chat: str) -> None:
        """Let the pages of a chat look."""
        for event in self._waiting.get(chat, ()):
            event.set()

    async def close(self) -> None:
        """Send everybody home."""
        self.is_over = True
        for chat in self._waiting:
            self.wake(chat)
        await end(self._looking)

    async def _look(self) -> None:
        while self._waiting and not self.is_over:
            try:
                await self._look_once()
            except Exception as error:  # noqa: BLE001  the edge of a task
                log.warning("lines not seen", extra={"failure": describe_error(error)})
            await asyncio.sleep(self._look_every)
        self._mark = 0

    async def _look_once(self) -> None:
        async with reading(self._sessions) as session:
            newest = await web_lines.newest_id(session)
            grown = await web_lines.chats_after(session, self._mark) if self._mark else ()
        self._mark = newest
        for chat in grown:
            self.wake(chat)
