"""Whether the process lives (`/sehat`), and whether the service works (`/siap`).

A check is one function: it returns what is wrong, in words, or nothing. They say nothing about
citizens, so that whoever watches over the machine may read them.
"""

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from actions.casework import inbox, outbox, quarantine
from actions.storage.engine import Sessions, reading
from actions.storage.health import damage, open_samples, try_to_write
from actions.storage.vault import WrongKeyError
from bot.dependencies import Clock, describe_error

log = logging.getLogger(__name__)

Check = Callable[[], Awaitable[str]]
Count = Callable[[], Awaitable[int | None]]

PATIENCE = 4.0
FRESH = 5.0
"""Seconds that an answer is given again: looking costs a write."""
LEAST_FREE = 200 * 1024 * 1024
INBOX_PATIENCE = timedelta(minutes=5)
OUTBOX_PATIENCE = timedelta(minutes=10)
LATE_CHATS = 3
"""Chats whose messages do not get through before it is more than those chats."""
DAMAGED = "the file is damaged ({fault}): stop Balai and restore the last backup"


def database_checks(sessions: Sessions, clock: Clock) -> dict[str, Check]:
    """What can be asked of the database alone."""

    async def write() -> str:
        await try_to_write(sessions, clock())
        return ""

    async def key() -> str:
        try:
            async with reading(sessions) as session:
                await open_samples(session, 1)
        except WrongKeyError:
            return "the key does not open what is stored: put the right one back, and restart"
        return ""

    async def waiting_in() -> str:
        return await _late_updates(sessions, clock())

    async def waiting_out() -> str:
        return await _late_messages(sessions, clock())

    return {"database": write, "key": key, "inbox": waiting_in, "outbox": waiting_out}


async def _late_updates(sessions: Sessions, now: datetime) -> str:
    async with reading(sessions) as session:
        since = await inbox.oldest_waiting(session)
    if since is None or now - since <= INBOX_PATIENCE:
        return ""
    return f"the oldest has waited for {_minutes(now - since)}"


async def _late_messages(sessions: Sessions, now: datetime) -> str:
    """One chat may hang or be told to wait; several may not, and nothing may be left lying."""
    async with reading(sessions) as session:
        late = await outbox.late(session, now - OUTBOX_PATIENCE)
    if late.since is None or (late.chats < LATE_CHATS and not late.untaken):
        return ""
    waited = f"the oldest waits for {_minutes(now - late.since)}"
    if late.untaken:
        return f"nobody sends what is due, {waited}"
    return f"messages to {late.chats} chats do not get through, {waited}"


def _minutes(span: timedelta) -> str:
    return f"{span.total_seconds() / 60:.0f} minutes"


def set_aside_count(sessions: Sessions) -> Count:
    """How many updates are set aside, since somebody should look at them; None when unknown."""

    async def count() -> int | None:
        try:
            async with asyncio.timeout(PATIENCE), reading(sessions) as session:
                return await quarantine.count(session)
        except (SQLAlchemyError, OSError):  # a TimeoutError is one
            return None

    return count


def disk_check(folder: Path) -> Check:
    """Whether there is room for the database and for files."""

    async def disk() -> str:
        free = shutil.disk_usage(folder).free
        return f"{free // 2**20} MB are left" if free < LEAST_FREE else ""

    return disk


@dataclass
class Integrity:
    """Reads the whole database once, in the background, when the service starts."""

    engine: AsyncEngine
    fault: str = ""

    async def look(self) -> None:
        """Take some seconds for each gigabyte."""
        self.fault = await damage(self.engine)
        if self.fault:
            log.error("the database is damaged", extra={"fault": self.fault})

    async def check(self) -> str:
        """What was found; nothing before it was looked for."""
        return DAMAGED.format(fault=self.fault) if self.fault else ""


class Health:
    """Answers who asks.

    `alive` says that nothing that must run for ever has ended, `set_aside` how many updates are.
    """

    def __init__(
        self, checks: Mapping[str, Check], alive: Callable[[], bool], set_aside: Count
    ) -> None:
        self._checks, self._alive, self._set_aside = checks, alive, set_aside
        self._lock = asyncio.Lock()
        self._seen: dict[str, str] = {}
        self._aside: int | None = None
        self._until = 0.0

    def routes(self) -> list[web.RouteDef]:
        """For machines: no session, no page."""
        return [web.get("/sehat", self._sehat), web.get("/siap", self._siap)]

    async def _sehat(self, _: web.Request) -> web.Response:
        alive = self._alive()
        status = HTTPStatus.OK if alive else HTTPStatus.SERVICE_UNAVAILABLE
        return web.json_response({"alive": alive}, status=status)

    async def _siap(self, _: web.Request) -> web.Response:
        found = await self.findings()
        ready = not any(found.values())
        status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
        checks = {name: fault or "ok" for name, fault in found.items()}
        told = {"ready": ready, "checks": checks, "quarantine": self._aside}
        return web.json_response(told, status=status)

    async def findings(self) -> dict[str, str]:
        """What is wrong, by check; looked for once in a while, however often it is asked."""
        clock = asyncio.get_running_loop().time
        async with self._lock:
            if clock() >= self._until:
                looking = asyncio.gather(*map(_guarded, self._checks.values()))
                faults, self._aside = await asyncio.gather(looking, self._set_aside())
                self._seen = dict(zip(self._checks, faults, strict=True))
                self._until = clock() + FRESH
        return self._seen


async def _guarded(check: Check) -> str:
    try:
        async with asyncio.timeout(PATIENCE):
            return await check()
    except TimeoutError:
        return f"no answer within {PATIENCE:.0f} seconds"
    except Exception as error:  # noqa: BLE001  the edge of a check
        log.warning("check failed", extra={"failure": describe_error(error)})
        return f"failed ({_cause(error)})"


def _cause(error: Exception) -> str:
    """SQLite's own name for what is wrong, such as SQLITE_FULL, where it gives one."""
    origin = getattr(error, "orig", error)
    return getattr(origin, "sqlite_errorname", None) or type(error).__name__
