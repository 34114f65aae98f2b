"""Stores what arrives at the same moment in one transaction, and tells each when it is safe."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from actions.casework.inbox import Received

Store = Callable[[Sequence[Received]], Awaitable[None]]


class InboxWriter:
    """Whoever comes while a transaction is under way shares the next one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[tuple[Sequence[Received], asyncio.Future[None]]] = []
        self._storing: asyncio.Task[None] | None = None

    async def put(self, received: Sequence[Received]) -> None:
        """Return when these are stored; raises what kept them from being stored."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((received, stored))
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store_all(), name="arrivals")
        await stored

    async def _store_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self._store([one for received, _ in batch for one in received])
            except Exception as error:  # noqa: BLE001  handed to everybody who waits
                _settle(batch, error)
            else:
                _settle(batch, None)


def _settle(
    batch: Sequence[tuple[Sequence[Received], asyncio.Future[None]]], error: Exception | None
) -> None:
    for _, stored in batch:
        if stored.done():  # whoever waited has gone
            continue
        if error is None:
            stored.set_result(None)
        else:
            stored.set_exception(error)
