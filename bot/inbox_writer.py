"""Stores what arrives at the same moment in one transaction, and tells each when it is safe.

What cannot be stored is set aside alone, so that it stops nothing that came with it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from actions.casework.inbox import Arrival
from actions.storage.faults import is_passing
from bot.dependencies import describe_error

log = logging.getLogger(__name__)

Store = Callable[[Sequence[Arrival]], Awaitable[None]]
SetAside = Callable[[Arrival, Exception], Awaitable[None]]


class InboxWriter:
    """Whoever comes while a transaction is under way shares the next one."""

    def __init__(self, store: Store, set_aside: SetAside) -> None:
        self._store, self._set_aside = store, set_aside
        self._waiting: list[tuple[Sequence[Arrival], asyncio.Future[None]]] = []
        self._storing: asyncio.Task[None] | None = None

    async def put(self, arrived: Sequence[Arrival]) -> None:
        """Return when these are stored or set aside; raises what kept them from it."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrived, stored))
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store_all(), name="arrivals")
        await stored

    async def _store_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self._store_batch([one for arrived, _ in batch for one in arrived])
            except Exception as error:  # noqa: BLE001  handed to everybody who waits
                _settle(batch, error)
            else:
                _settle(batch, None)

    async def _store_batch(self, arrived: Sequence[Arrival]) -> None:
        """All at once; one by one where one of them keeps the others from being stored."""
        try:
            await self._store(arrived)
        except Exception as error:
            if is_passing(error):  # the database's fault: it is no use to ask it one by one
                raise
            for one in arrived:
                await self._store_alone(one)

    async def _store_alone(self, one: Arrival) -> None:
        try:
            await self._store([one])
        except Exception as error:
            if is_passing(error):
                raise
            # Whatever else it was, it was this update alone, and it may stop nobody else.
            log.error("update set aside", extra={"failure": describe_error(error)})
            await self._set_aside(one, error)


def _settle(
    batch: Sequence[tuple[Sequence[Arrival], asyncio.Future[None]]], error: Exception | None
) -> None:
    for _, stored in batch:
        if stored.done():  # whoever waited has gone
            continue
        if error is None:
            stored.set_result(None)
        else:
            stored.set_exception(error)
