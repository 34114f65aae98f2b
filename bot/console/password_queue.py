"""The console's slow work with passwords, bounded so that a flood of logins stops nobody else."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from actions.casework import passwords
from actions.casework.passwords import PasswordHash
from actions.catalogue.models import Office

MOST_WAITING = 16
Result = TypeVar("Result")


class BusyError(Exception):
    """Too many logins wait already."""


class PasswordQueue:
    """Hashes and compares off the event loop, one at a time: each takes a core for a while.

    The queue is short, so that a flood of logins stops nobody else.
    """

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)
        self._waiting = 0

    async def matches(self, stored: PasswordHash, password: str) -> bool:
        """Whether the password is right; raises BusyError when the queue is full."""
        return await self._wait_for(lambda: passwords.matches(stored, password))

    async def hash(self, password: str, office: Office, *owner: str) -> PasswordHash:
        """The hash to store; raises WeakPasswordError, or BusyError when the queue is full."""
        return await self._wait_for(lambda: passwords.make_hash(password, office, *owner))

    async def _wait_for(self, work: Callable[[], Result]) -> Result:
        if self._waiting >= MOST_WAITING:
            raise BusyError
        self._waiting += 1
        try:
            async with self._turn:
                return await asyncio.to_thread(work)
        finally:
            self._waiting -= 1
