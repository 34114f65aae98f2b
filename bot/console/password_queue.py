"""The console's slow work with passwords, bounded so that a flood of logins stops nobody else."""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from actions.casework import passwords
from actions.casework.passwords import PasswordHash
from actions.catalogue.models import Office

MOST_WAITING, MOST_EACH = 16, 4
Result = TypeVar("Result")


class BusyError(Exception):
    """Too many wait already, or too many of the one who asks."""


class Line:
    """One at a time, the others wait in order: a few in all, and fewer of each `who`."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)
        self._waiting: Counter[str] = Counter()

    async def work(self, who: str, work: Callable[[], Result]) -> Result:
        """Do it when its turn has come; raises BusyError when there is no place."""
        if self._waiting[who] >= MOST_EACH or self._waiting.total() >= MOST_WAITING:
            raise BusyError
        self._waiting[who] += 1
        try:
            async with self._turn:
                return await asyncio.to_thread(work)
        finally:
            self._waiting -= Counter([who])


class PasswordQueue:
    """Hashes and compares off the event loop: each takes a core and 64 MB for a while.

    There are two lines, so two are done at a time at most. Strangers share one, and an address
    has few places in it: a flood from one address leaves room for others, one from many fills
    that line alone. Browsers in which an account has logged in before, and whoever is logged in,
    have the other.
    """

    def __init__(self) -> None:
        self._strangers, self._known = Line(), Line()

    async def matches(self, stored: PasswordHash, password: str, *, who: str, known: bool) -> bool:
        """Whether the password is right; raises BusyError when the line is full."""
        line = self._known if known else self._strangers
        return await line.work(who, lambda: passwords.matches(stored, password))

    async def hash(self, password: str, office: Office, *owner: str, who: str) -> PasswordHash:
        """The hash to store; raises WeakPasswordError, or BusyError when the line is full."""
        return await self._known.work(who, lambda: passwords.make_hash(password, office, *owner))
