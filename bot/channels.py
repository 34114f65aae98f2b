"""What a way in must be able to do, and the turn that it takes updates on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from actions.catalogue.reference import ReferenceData
from actions.dialogue.turn import converse
from actions.domain.messages import Fetched, Incoming, Reply, SentFile


class FetchError(Exception):
    """A transport could not fetch a file that was sent to it."""


@dataclass
class Turn:
    """One update on the open transaction, as a source takes it."""

    session: AsyncSession
    reference: ReferenceData
    chat: str
    now: datetime
    fetched: Fetched
    random: Random

    async def converse(self, incoming: Incoming) -> list[Reply]:
        """Hand what came in to the dialogue."""
        return await converse(
            self.session, self.reference, incoming, self.fetched, self.now, self.random
        )


class Source(Protocol):
    """A way in. Its `name` begins the ids of its chats, as in "tg:4711"."""

    name: str

    async def take(self, turn: Turn, payload: Any) -> None:
        """Act on one stored update."""
        ...

    async def apologise(self, turn: Turn, payload: Any) -> None:
        """Tell the citizen that this update could not be handled."""
        ...

    async def fetch(self, file: SentFile) -> bytes:
        """The bytes of a file that was sent; raises FetchError."""
        ...
