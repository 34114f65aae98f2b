"""What Telegram knows: people, chats, messages, files, updates that wait."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Update = dict[str, Any]


@dataclass
class Sent:
    """A message of the bot as people see it. `keys` is a reply keyboard.

    `shown` is when it came by the loop's clock, `at` by the one on the wall;
    `file` is the name and content of what came with it, `photo` whether that is seen at once;
    `place` is that of a pin.
    """

    id: int
    chat: int
    text: str
    html: str
    buttons: list[list[dict[str, str]]]
    keys: list[list[dict[str, Any]]]
    shown: float
    at: datetime
    file: tuple[str, bytes] | None = None
    photo: bool = False
    place: tuple[float, float] | None = None
    at_first: tuple[dict[str, str], ...] = ()

    def __post_init__(self) -> None:
        self.at_first = tuple(button for row in self.buttons for button in row)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of its buttons."""
        return tuple(button["text"] for row in self.buttons for button in row)

    @property
    def first_labels(self) -> tuple[str, ...]:
        """The labels of the buttons that it came with."""
        return tuple(button["text"] for button in self.at_first)

    def data(self, label: str) -> str:
        """What the button with this label sends; it may be one that is gone by now."""
        shown = (button for row in self.buttons for button in row)
        for button in (*shown, *self.at_first):
            if button["text"] == label:
                return button["callback_data"]
        raise AssertionError(f"no button {label!r}, there are {self.labels}")


@dataclass
class Chat:
    """A private chat (positive id) or a group; `open` once somebody wrote to the bot there.

    `written_at` has the messages of people, `deleted` what nobody sees any more, `actions` what
    the bot was seen doing.
    """

    id: int
    open: bool = False
    blocked: bool = False
    messages: list[Sent] = field(default_factory=list)
    keys: list[list[dict[str, Any]]] = field(default_factory=list)
    written_at: dict[int, datetime] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    actions: list[str] = field(default_factory=list)

    @property
    def is_private(self) -> bool:
        """Groups have negative ids."""
        return self.id > 0

    def as_json(self) -> dict[str, Any]:
        """The chat as updates name it."""
        if self.is_private:
            return {"id": self.id, "type": "private", "first_name": f"Warga {self.id}"}
        return {"id": self.id, "type": "supergroup", "title": "Petugas"}


@dataclass
class Query:
    """A pressed button that still turns; `answers` counts how often it was answered."""

    id: str
    answers: int = 0


class World:
    """The state behind the fake Bot API. Updates wait until they are confirmed."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, bytes] = {}
        self.queries: dict[str, Query] = {}
        self.waiting: deque[Update] = deque()
        self.happened: set[int] = set()
        self.confirmed: set[int] = set()
        self.violations: list[str] = []
        self.changed = asyncio.Condition()
        self._watched: dict[int, list[asyncio.Event]] = {}
        self._numbers = self._counter(1000)
        self._messages = self._counter(1)
        self._queries = self._counter(7000)
        self._files = self._counter(1)

    @staticmethod
    def _counter(start: int) -> Iterator[int]:
        while True:
            yield start
            start += 1

    def chat(self, chat_id: int) -> Chat:
        """A chat; made when it is first spoken of."""
        return self.chats.setdefault(chat_id, Chat(chat_id))

    def next_message(self) -> int:
        """The number of a new message."""
        return next(self._messages)

    def keep_file(self, content: bytes) -> str:
        """Keep a file that somebody sends; returns its file_id."""
        file_id = f"file-{next(self._files)}"
        self.files[file_id] = content
        return file_id

    def new_query(self) -> Query:
        """A button begins to turn."""
        query = Query(str(next(self._queries)))
        self.queries[query.id] = query
        return query

    def unanswered(self) -> list[str]:
        """Buttons that still turn."""
        return [query.id for query in self.queries.values() if not query.answers]

    async def happen(self, kind: str, content: dict[str, Any]) -> Update:
        """Something happens that the bot is told about."""
        number = next(self._numbers)
        update = {"update_id": number, kind: content}
        self.happened.add(number)
        await self.repeat(update)
        return update

    async def repeat(self, update: Update) -> None:
        """Deliver an update, also one that was delivered before."""
        async with self.changed:
            self.waiting.append(update)
            self.changed.notify_all()

    async def show(self, sent: Sent) -> None:
        """A message of the bot appears in a chat."""
        async with self.changed:
            self.chat(sent.chat).messages.append(sent)
            for grown in self._watched.get(sent.chat, ()):
                grown.set()
            self.changed.notify_all()

    async def chat_grows(self, chat: int, beyond: int, seconds: float) -> None:
        """Wait until a chat has more messages than this; raises TimeoutError."""
        messages = self.chat(chat).messages
        grown = asyncio.Event()
        self._watched.setdefault(chat, []).append(grown)
        try:
            async with asyncio.timeout(seconds):
                while len(messages) <= beyond:
                    grown.clear()
                    await grown.wait()
        finally:
            self._watched[chat].remove(grown)

    async def note(self) -> None:
        """Wake those who wait for a change."""
        async with self.changed:
            self.changed.notify_all()

    def confirm(self, update_id: int) -> None:
        """The bot has the update."""
        self.confirmed.add(update_id)
        self.waiting = deque(u for u in self.waiting if u["update_id"] != update_id)

    async def until(self, condition: Callable[[], bool], seconds: float = 30.0) -> None:
        """Wait until something has changed so that the condition holds."""
        async with asyncio.timeout(seconds), self.changed:
            await self.changed.wait_for(condition)
