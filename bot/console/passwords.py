"""Compares passwords off the event loop, one at a time: each takes a core for a while."""

from __future__ import annotations

import asyncio

from actions.casework import staff as accounts
from actions.casework.staff import Known

MOST_WAITING = 16


class BusyError(Exception):
    """Too many logins wait already."""


class PasswordDesk:
    """A short queue before the slow comparison, so that a flood of logins stops nobody else."""

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
