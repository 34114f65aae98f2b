"""What every page of the console works with."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import staff as accounts
from actions.casework.staff import Known
from actions.catalogue.reference import ReferenceData
from actions.storage.engine import reading
from actions.storage.tables import Staff
from bot.dependencies import Dependencies

MOST_WAITING = 16


class BusyError(Exception):
    """Too many logins wait already."""


class PasswordQueue:
    """Compares passwords off the event loop, one at a time: each takes a core for a while.

    The queue is short, so that a flood of logins stops nobody else.
    """

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)
        self._waiting = 0

    async def matches(self, account: Known, password: str) -> bool:
        """Whether the password is right; raises BusyError when the queue is full."""
        if self._waiting >= MOST_WAITING:
            raise BusyError
        self._waiting += 1
        try:
            async with self._turn:
                return await asyncio.to_thread(accounts.matches, account, password)
        finally:
            self._waiting -= 1


@dataclass(frozen=True)
class Console:
    """The parts that the composition root hands in; `guide` is HTML."""

    deps: Dependencies
    wake: Callable[[], None]
    secure_cookies: bool
    guide: str
    passwords: PasswordQueue = field(default_factory=PasswordQueue)

    @property
    def reference(self) -> ReferenceData:
        """What data/ says."""
        return self.deps.reference

    def clock(self) -> datetime:
        """The time."""
        return self.deps.clock()

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A transaction that changes nothing and so waits for nobody."""
        return reading(self.deps.sessions)

    def writing(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A transaction that is committed at the end, unless the block raises."""
        return self.deps.sessions.begin()

    def word(self, key: str, **params: object) -> str:
        """A text below "konsol.", not escaped: templates do that."""
        return self.reference.texts.plain(f"konsol.{key}", 0, **params)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is logged in, and the secrets of the session."""

    staff: Staff
    token: str
    csrf: str


STATIC = "static"
CONSOLE = web.AppKey("console", Console)
OTHERS = web.AppKey("others", frozenset[web.AbstractResource])
VISITOR = web.RequestKey("visitor", Visitor)


def console_of(request: web.Request) -> Console:
    """The parts of this console."""
    return request.app[CONSOLE]


def staff_of(request: web.Request) -> Staff:
    """The account that is logged in; only for pages that are not public."""
    return request[VISITOR].staff


def is_ours(request: web.Request) -> bool:
    """Whether the request is for the console, not for something else on the same server."""
    return request.match_info.route.resource not in request.app[OTHERS]
