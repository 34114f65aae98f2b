"""The way to citizens that every channel offers, and the turn that it takes an update on.

A new channel is one module with a class that fulfils `Channel`, and a line in `bot.app`. Its
inbox and its outbox are the same for all: `bot.mailbox`.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any, Protocol

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import messages, missed
from actions.casework.chats import lock_chat
from actions.casework.outbox import OutboxMessage
from actions.catalogue.reference import ReferenceData
from actions.dialogue.turn import converse
from actions.domain.bursts import Piece
from actions.domain.messages import Fetched, Incoming, Reply, SentFile, together

Part = Callable[[], Awaitable[None]]
"""One call that sends; it raises LaterError, BlockedError or RefusedError."""


class FetchError(Exception):
    """A channel could not fetch a file that was sent to it."""


class LaterError(Exception):
    """The other side asks for patience (seconds), or is away (None)."""

    def __init__(self, seconds: float | None = None) -> None:
        super().__init__("try again later")
        self.seconds = seconds


class BlockedError(Exception):
    """The citizen does not want to hear from us."""


class RefusedError(Exception):
    """The other side will never take this message; the text is a name without content."""


@dataclass
class OpenTurn:
    """The updates of one turn on the open transaction, as a channel takes them."""

    session: AsyncSession
    reference: ReferenceData
    chat: str
    now: datetime
    fetched: Fetched
    random: Random
    parts: list[Incoming] = field(default_factory=list)
    """What the updates of this turn say, in the order in which they came."""
    replies: list[Reply] = field(default_factory=list)
    """What was answered, once it was."""
    _then: list[Callable[[list[Reply]], None]] = field(default_factory=list)

    def hear(self, incoming: Incoming, then: Callable[[list[Reply]], None] | None = None) -> None:
        """Take what came in for the dialogue, which answers all of the turn at once.

        `then` is called with the answer.
        """
        self.parts.append(incoming)
        if then is not None:
            self._then.append(then)

    def afterwards(self, then: Callable[[list[Reply]], None]) -> None:
        """Call this once the turn is answered; at once where the dialogue has no part in it."""
        if self.parts:
            self._then.append(then)
        else:
            then(self.replies)

    async def answer(self) -> None:
        """Hand what came in to the dialogue; who had blocked us hears first what was missed."""
        if not self.parts:
            return
        row = await lock_chat(self.session, self.chat, self.now)
        if row.blocked:
            await missed.tell(self.session, self.reference, self.chat, self.now)
        self.replies = await converse(
            self.session,
            self.reference,
            together(self.parts),
            self.fetched,
            self.now,
            self.random,
        )
        for then in self._then:
            then(self.replies)

    def say(self, key: str, **params: object) -> None:
        """Queue a text that the dialogue has no part in."""
        reply = Reply(key, self.reference.texts.html(key, **params))
        messages.queue(self.session, self.chat, [reply], self.now)


class Channel(Protocol):
    """A way to citizens. Its `name` begins the ids of its chats, as in "tg:4711"."""

    name: str

    def routes(self) -> list[web.RouteDef]:
        """What the other side calls on our web server."""
        ...

    async def start(self) -> None:
        """Begin to receive, answer and send."""
        ...

    async def stop(self, grace: float) -> None:
        """Receive nothing more, and end within some seconds what is under way."""
        ...

    def wake(self) -> None:
        """Look into the outbox now."""
        ...

    def is_alive(self) -> bool:
        """Whether nothing has ended that runs until `stop`."""
        ...

    async def fault(self) -> str:
        """What keeps it from receiving, in words; empty when nothing does."""
        ...

    def piece(self, payload: Any) -> Piece | None:
        """What a stored update may be of a burst; None for what is a turn by itself."""
        ...

    async def take(self, turn: OpenTurn, payload: Any) -> None:
        """Act on one stored update; what is for the dialogue is handed to `turn.hear`."""
        ...

    async def apologise(self, turn: OpenTurn, payload: Any) -> None:
        """Tell the citizen that this update could not be handled."""
        ...

    async def fetch(self, file: SentFile) -> bytes:
        """The bytes of a file that was sent; raises FetchError."""
        ...

    def parts(self, message: OutboxMessage) -> Sequence[Part]:
        """The calls that send a row of the outbox."""
        ...

    def pause(self, chat: str, payload: dict[str, Any]) -> float | None:
        """Reserve the next place for this chat: seconds until it may be written to.

        None for what the other side's limits do not count.
        """
        ...
