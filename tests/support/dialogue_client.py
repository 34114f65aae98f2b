"""Talks with the dialogue itself, without any transport: for properties over many turns."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

from actions.casework.chats import lock_chat
from actions.dialogue.turn import converse
from actions.domain.memory import ChatMemory
from actions.domain.messages import (
    Button,
    Fetched,
    FileKind,
    FileNeeded,
    Incoming,
    PageNeeded,
    Reply,
    SentFile,
    StoredFile,
    UnderstandingNeeded,
)
from actions.storage.engine import Sessions
from actions.storage.tables import Chat
from tests.support.clock import Clock
from tests.support.running_bot import keywords_of_tests, reference_of_tests

BETWEEN = timedelta(seconds=20)
STORED = {
    FileKind.PHOTO: StoredFile("a" * 64 + ".jpg", "image/jpeg", 2048),
    FileKind.DOCUMENT: StoredFile("b" * 64 + ".pdf", "application/pdf", 2048),
    FileKind.VOICE: StoredFile("d" * 64 + ".ogg", "audio/ogg", 2048, seconds=3),
}
PAGE = StoredFile("c" * 64 + ".html", "text/html", 2048)
_numbers = count(1)


class DialogueClient:
    """One chat; understood by keywords, with files that are always fetched.

    `offered` are the buttons of the last messages, `replies` the messages of the last turn.
    """

    def __init__(self, sessions: Sessions, clock: Clock) -> None:
        self._sessions, self._clock, self._words = sessions, clock, keywords_of_tests()
        self._random = Random(7)
        self.chat = f"tg:{next(_numbers)}"
        self.offered: list[Button] = []
        self.replies: list[Reply] = []
        self.turns = 0

    async def say(self, text: str) -> list[Reply]:
        """Write a message."""
        return await self.give(text=text)

    async def press(self, button: Button) -> list[Reply]:
        """Press a button."""
        return await self.give(button=button.data)

    async def send(self, kind: FileKind) -> list[Reply]:
        """Send a photo or a document."""
        return await self.give(file=SentFile("ref", kind, 2048))

    async def give(self, **content: Any) -> list[Reply]:
        """Take one turn with whatever came in."""
        self._clock.move(BETWEEN)
        self.turns += 1
        incoming = Incoming(self.chat, self._clock(), "1", **content)
        self.replies = await self._turn(incoming)
        buttons = [button for reply in self.replies for row in reply.buttons for button in row]
        self.offered = buttons or self.offered
        return self.replies

    async def _turn(self, incoming: Incoming) -> list[Reply]:
        fetched = Fetched()
        while True:
            try:
                async with self._sessions.begin() as session:
                    return await converse(
                        session,
                        reference_of_tests(),
                        incoming,
                        fetched,
                        self._clock(),
                        self._random,
                    )
            except UnderstandingNeeded as need:
                known = await self._words.understand(need.text)
                fetched = replace(fetched, understanding=known)
            except FileNeeded as need:
                stored = {file.ref: STORED[file.kind] for file in need.files}
                fetched = replace(fetched, files={**fetched.files, **stored})
            except PageNeeded:
                fetched = replace(fetched, page=PAGE)

    async def wait(self, hours: float) -> None:
        """Let time pass."""
        self._clock.move(timedelta(hours=hours))

    async def memory(self) -> ChatMemory:
        """What the chat remembers."""
        async with self._sessions() as session:
            row = await session.get(Chat, self.chat)
            return ChatMemory.from_json(row.state) if row else ChatMemory()

    async def open(self) -> None:
        """Make the row of the chat, as the inbox does."""
        async with self._sessions.begin() as session:
            await lock_chat(session, self.chat, self._clock())
