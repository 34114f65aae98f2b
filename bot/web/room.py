"""What the pages of the web chat work with."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import web_chats
from actions.casework.inbox import newest
from actions.casework.staff_sessions import csrf_of
from actions.catalogue.reference import ReferenceData
from actions.domain.work import Channel
from actions.storage.engine import reading
from actions.storage.tables import WebSession
from bot.dependencies import Dependencies
from bot.inbox_worker import InboxWorker
from bot.web.listeners import Listeners

NAME = str(Channel.WEB)
PATH = "/warga"
PROCESSES = 1000
UPLOADS_AT_ONCE = 12
"""So few that what is being sent here fits into memory."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser: its cookie's token, and the session that it stands for once it has one.

    `is_new` says that the browser does not have the cookie yet.
    """

    token: str
    login: WebSession | None
    is_new: bool = False

    @property
    def chat(self) -> str | None:
        """The chat that is open here."""
        return self.login.chat if self.login else None

    @property
    def csrf(self) -> str:
        """What the forms of this browser must bring."""
        return csrf_of(self.token)


@dataclass
class Numbers:
    """Numbers for what comes in: later ones are higher, and no two processes share one."""

    own: int
    last: int = 0

    def next(self, microseconds: int) -> int:
        """The number of something that comes now."""
        number = microseconds * PROCESSES + self.own
        if number <= self.last:
            number = self.last - self.last % PROCESSES + PROCESSES + self.own
        self.last = number
        return number


@dataclass
class Room:
    """The parts that the channel hands in."""

    deps: Dependencies
    worker: InboxWorker
    listeners: Listeners
    numbers: Numbers
    uploads: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(UPLOADS_AT_ONCE))

    @property
    def reference(self) -> ReferenceData:
        """What data/ says."""
        return self.deps.reference

    @property
    def word(self) -> Callable[..., str]:
        """A text below "warga.", not escaped: templates do that."""
        texts = self.reference.texts
        return lambda key, **params: texts.plain(f"warga.{key}", 0, **params)

    async def visitor(self, token: str, fresh: str) -> Visitor:
        """Who a cookie belongs to; somebody new without one."""
        if not token:
            return Visitor(fresh, None, is_new=True)
        async with reading(self.deps.sessions) as session:
            return Visitor(token, await web_chats.of_token(session, token, self.deps.clock()))

    async def count_on(self, session: AsyncSession) -> None:
        """Go on behind the highest number that was ever given."""
        self.numbers.last = max(self.numbers.last, await newest(session, NAME))
