"""What a conversation needs of a running Balai, whichever way its citizens come in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from actions.catalogue.reference import ReferenceData
from tests.support.clock import Clock
from tests.support.golden.nlu import LiveNlu, ScriptedNlu

CITIZEN, OTHER, STAFF = "warga", "lain", "grup"
"""Who can hear something: the citizen, somebody else, the officers' group."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as it arrived; `key` names the texts it was made from, joined by "+".

    `pin` stands on the picture that came with it.
    """

    key: str
    text: str
    labels: tuple[str, ...]
    pin: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody does in the chat; `what` depends on the kind.

    teks: the words. tombol: the label, in the last turn or (lama) further up. foto, dokumen:
    the caption. lokasi: latitude and longitude. kontak: the phone, own unless `others`.
    """

    who: str
    kind: str
    what: Any = None


class ChannelClient(Protocol):
    """A way into the bot."""

    reference: ReferenceData
    nlu: ScriptedNlu | LiveNlu
    clock: Clock
    sessions: async_sessionmaker[AsyncSession]

    def chat(self, who: str) -> str:
        """The chat as the database names it."""
        ...

    async def send(self, *sent: Sent) -> None:
        """Let people act, several at once in one burst, and wait until all is answered."""
        ...

    async def again(self) -> None:
        """Deliver what was sent last a second time."""
        ...

    async def settle(self) -> None:
        """Run what runs by the clock, and wait until nothing is left to send."""
        ...

    async def rebuild(self) -> None:
        """Stop the application and build it anew on the same database."""
        ...

    def heard(self, who: str) -> list[Heard]:
        """What has arrived since it was asked for last."""
        ...
