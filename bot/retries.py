"""Does something again while the database is busy, or somebody else was faster."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from actions.storage.faults import is_passing, is_race

T = TypeVar("T")

DATABASE_PAUSES = (0.02, 0.1, 0.4)


async def patiently(job: Callable[[], Awaitable[T]]) -> T:
    """Take a transaction, and take it anew some times where that may help."""
    for pause in DATABASE_PAUSES:
        try:
            return await job()
        except Exception as error:
            if not (is_passing(error) or is_race(error)):
                raise
            await asyncio.sleep(pause)
    return await job()
