"""Tells open pages that something changed, so that they ask again. What changed is not told.

One look at the newest rows every few seconds serves every page that is open; nobody looks while
none is.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import func, select

from actions.storage.engine import Sessions, reading
from actions.storage.tables import CaseEvent, Escalation, Message, Transfer
from bot.dependencies import describe_error

log = logging.getLogger(__name__)

LOOK_EVERY = 3.0
_NEWEST = select(
    *(
        select(func.max(table.id)).scalar_subquery()
        for table in (CaseEvent, Escalation, Message, Transfer)
    )
)

Mark = tuple[int | None, ...]


class Changes:
    """What pages wait at; one of these for each process."""

    def __init__(self, sessions: Sessions, *, look_every: float = LOOK_EVERY) -> None:
        self._sessions, self._look_every = sessions, look_every
        self._changed = asyncio.Condition()
        self._mark: Mark = ()
        self._listeners = 0
        self._watch: asyncio.Task[None] | None = None
        self.is_over = False

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """While somebody is in here, the database is looked at."""
        self._listeners += 1
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._look())
        try:
            yield
        finally:
            self._listeners -= 1

    async def wait(self) -> None:
        """Wait until something changed, or until the end."""
        async with self._changed:
            before = self._mark
            await self._changed.wait_for(lambda: self.is_over or self._mark != before)

    async def close(self) -> None:
        """Send everybody home."""
        self.is_over = True
        async with self._changed:
            self._changed.notify_all()
        if self._watch is not None:
            self._watch.cancel()

    async def _look(self) -> None:
        while self._listeners and not self.is_over:
            try:
                mark = await self._newest()
            except Exception as error:  # noqa: BLE001  the edge of a task
                log.warning("changes not seen", extra={"failure": describe_error(error)})
            else:
                await self._note(mark)
            await asyncio.sleep(self._look_every)

    async def _newest(self) -> Mark:
        async with reading(self._sessions) as session:
            return tuple((await session.execute(_NEWEST)).one())

    async def _note(self, mark: Mark) -> None:
        async with self._changed:
            if self._mark and mark != self._mark:
                self._changed.notify_all()
            self._mark = mark
