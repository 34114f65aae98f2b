"""What every page of the console works with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import staff as accounts
from actions.casework.staff import Known
from actions.catalogue.reference import ReferenceData
from actions.storage.engine import READ_ONLY, Sessions
from actions.storage.tables import Staff

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

    sessions: Sessions
    reference: ReferenceData
    clock: Callable[[], datetime]
    files_dir: Path
    secure_cookies: bool
    wake: Callable[[], None]
    guide: str
    passwords: PasswordQueue = field(default_factory=PasswordQueue)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A transaction that changes nothing and so waits for nobody."""
        async with self.sessions() as session:
            await session.connection(execution_options={READ_ONLY: True})
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A transaction that is committed at the end, unless the block raises."""
        async with self.sessions.begin() as session:
            yield session

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
