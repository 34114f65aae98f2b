"""From a stored update to a finished turn: in order within a chat, chats beside each other.

Every channel uses this edge. What arrives is stored by `receive` before it is acknowledged. A
turn is one transaction: the chat's row is locked, its oldest update is taken, with what came
shortly after it (`bot.bursts`), the dialogue moves, the replies are queued, the updates are
marked. What a turn needs from outside, the NLU's answer or the bytes of files, is fetched between
two tries, while nothing is locked.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import inbox, quarantine
from actions.casework.chats import lock_chat, lock_unread
from actions.casework.inbox import Arrival, Received, Unreadable
from actions.domain.messages import (
    FileNeeded,
    Foreseen,
    PageNeeded,
    UnderstandingNeeded,
)
from actions.storage.engine import reading
from actions.storage.faults import is_passing, name_of
from bot.attempts import TRY_AFTER, Attempt, wait_before
from bot.bursts import Gathering
from bot.channels import Channel, OpenTurn
from bot.dependencies import Dependencies, describe_error
from bot.file_fetcher import FileFetcher
from bot.foresight import Foresight
from bot.inbox_writer import InboxWriter
from bot.metrics import TURNS, count_turn
from bot.retries import patiently

log = logging.getLogger(__name__)

AT_ONCE = 8
SWEEP_EVERY = 1.0
SWEEP_AT_MOST = 200
# Updates younger than this are still in the hands of the process that received them.
STRAY_AFTER = timedelta(seconds=3)


class NotStoredError(Exception):
    """Updates could not be stored, so they must not be acknowledged."""


class InboxWorker:
    """Takes the turns of one channel's chats. `after_turn` is told when replies may wait."""

    def __init__(
        self, deps: Dependencies, channel: Channel, after_turn: Callable[[], None]
    ) -> None:
        self._deps = deps
        self._channel = channel
        self._after_turn = after_turn
        self._writer = InboxWriter(self._store, self._set_aside)
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._files = FileFetcher(channel, deps)
        self._bursts = Gathering(deps, channel)
        self._foresight = Foresight(deps, channel)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._woken: set[str] = set()
        self._stopping = False
        self._held = False

    def hold(self) -> None:
        """Only store what arrives, until `run` begins."""
        self._held = True

    async def receive(self, arrived: Sequence[Arrival]) -> None:
        """Store updates, then begin their turns; raises NotStoredError."""
        try:
            await self._writer.put(arrived)
        except Exception as error:
            log.error("updates not stored", extra={"failure": describe_error(error)})
            raise NotStoredError from error
        stored = [one for one in arrived if isinstance(one, Received)]
        for one in stored:
            self._foresight.note(one)
        self.wake(*(one.chat for one in stored))

    async def _store(self, arrived: Sequence[Arrival]) -> None:
        async def insert() -> None:
            source, now = self._channel.name, self._deps.clock()
            async with self._deps.sessions.begin() as session:
                readable = [one for one in arrived if isinstance(one, Received)]
                await inbox.store(session, source, readable, now)
                for one in arrived:
                    if isinstance(one, Unreadable):
                        await quarantine.set_aside(session, source, one, "unreadable", now)

        await patiently(insert)

    async def _set_aside(self, one: Arrival, error: Exception) -> None:
        async def insert() -> None:
            source, now, failure = self._channel.name, self._deps.clock(), name_of(error)
            async with self._deps.sessions.begin() as session:
                await quarantine.set_aside(session, source, one, failure, now)

        await patiently(insert)

    def wake(self, *chats: str) -> None:
        """Take what waits in these chats."""
        if self._stopping or self._held:
            return
        for chat in chats:
            if chat in self._tasks:
                self._woken.add(chat)
            else:
                self._tasks[chat] = asyncio.create_task(self._work(chat), name=f"turns {chat}")

    async def _work(self, chat: str) -> None:
        try:
            wait = await self.drain(chat)
        finally:
            del self._tasks[chat]
        if chat in self._woken:
            self._woken.discard(chat)
            self.wake(chat)
        elif wait is not None:
            asyncio.get_running_loop().call_later(wait, self.wake, chat)

    async def drain(self, chat: str) -> float | None:
        """Take turns until nothing waits (None) or the next must wait (seconds)."""
        while not self._stopping:
            wait = await self._next(chat)
            if wait != 0:
                return wait
        return None

    async def _next(self, chat: str) -> float | None:
        """Take one turn: 0 when the next can follow at once, else as `drain`."""
        attempt = Attempt(chat)
        try:
            return await patiently(lambda: self._gathering(attempt))
        except Exception as error:  # noqa: BLE001  the edge of a turn
            return await self._failed(attempt, error)

    async def _gathering(self, attempt: Attempt) -> float | None:
        """Try the turn, fetch what it lacks, try again. A file keeps no other chat waiting."""
        while True:
            try:
                async with self._slots:
                    return await self._understood(attempt)
            except FileNeeded as need:
                files = attempt.fetched.files
                if any(file.ref in files for file in need.files):
                    raise
                fetched = await self._files.fetch_all(need.files)
                attempt.fetched = replace(attempt.fetched, files={**files, **fetched})
            except PageNeeded as need:
                if attempt.fetched.page is not None:
                    raise
                page = await self._deps.files.keep_page(need.page)
                attempt.fetched = replace(attempt.fetched, page=page)

    async def _understood(self, attempt: Attempt) -> float | None:
        """Try the turn, and again where it must ask the NLU something that was not foreseen."""
        known = await self._foresight.understand(attempt.chat)
        attempt.fetched = replace(attempt.fetched, foreseen=Foreseen(known) if known else None)
        while True:
            try:
                return await self._transaction(attempt)
            except UnderstandingNeeded as need:
                if attempt.fetched.understanding is not None:
                    raise
                known = await self._deps.nlu.understand(need.text)
                attempt.fetched = replace(attempt.fetched, understanding=known)

    async def _transaction(self, attempt: Attempt) -> float | None:
        now = self._deps.clock()
        async with self._deps.sessions.begin() as session:
            row, others = await inbox.take(session, self._channel.name, attempt.chat, now)
            if row is None:
                self._foresight.forget(attempt.chat, ())
                return None
            wait = wait_before(row, now)
            if wait > 0:
                return wait
            chat = await lock_chat(session, attempt.chat, now)
            burst, wait = await self._bursts.gather(session, chat, row, now, alone=not others)
            if wait > 0:
                return wait
            attempt.hold(burst)
            turn = self._turn(session, attempt, now)
            for each in burst:
                await self._channel.take(turn, each.payload)
                inbox.mark_handled(each, now)
            await turn.answer()
        self._foresight.forget(attempt.chat, burst)
        keys = [reply.key for reply in turn.replies]
        count_turn(now - burst[-1].received_at, attempt.fetched.known, keys)
        self._after_turn()
        return 0.0 if others else None

    def _turn(self, session: AsyncSession, attempt: Attempt, now: datetime) -> OpenTurn:
        deps = self._deps
        return OpenTurn(session, deps.reference, attempt.chat, now, attempt.fetched, deps.random)

    async def _failed(self, attempt: Attempt, error: Exception) -> float:
        """Wait for the database, or count the failure against the update."""
        if is_passing(error):
            log.warning("database failed", extra={"failure": describe_error(error)})
            return SWEEP_EVERY
        log.error("turn failed", extra={"update": attempt.row, "failure": describe_error(error)})
        try:
            return await patiently(lambda: self._count(attempt, name_of(error)))
        except Exception as second:  # noqa: BLE001  the edge of a turn
            log.error("failure not counted", extra={"failure": describe_error(second)})
            return SWEEP_EVERY

    async def _count(self, attempt: Attempt, failure: str) -> float:
        """Count a failed try; after the last one the citizen is told and the chat goes on."""
        now = self._deps.clock()
        async with self._deps.sessions.begin() as session:
            await lock_unread(session, attempt.chat)
            row = await inbox.head(session, self._channel.name, attempt.chat)
            if row is None or attempt.row not in {None, row.id}:
                return 0.0
            row.attempts += 1
            if row.attempts < len(TRY_AFTER):
                TURNS.labels("tried_again").inc()
                return wait_before(row, now)
            await quarantine.set_aside_stored(session, row, failure, now)
            await self._apologise(session, attempt, now)
        TURNS.labels("set_aside").inc()
        self._after_turn()
        return 0.0

    async def _apologise(self, session: AsyncSession, attempt: Attempt, now: datetime) -> None:
        """Tell the citizen; what fails again here keeps the chat from nothing."""
        try:
            async with session.begin_nested():
                turn = self._turn(session, attempt, now)
                await self._channel.apologise(turn, attempt.payload or {})
        except Exception as error:
            if is_passing(error):
                raise
            # An update that cannot be read cannot be apologised for either; the chat goes on.
            log.error("apology failed", extra={"failure": describe_error(error)})

    async def sweep(self, older_than: timedelta = STRAY_AFTER) -> None:
        """Take up what other processes left behind."""
        now = self._deps.clock()
        async with reading(self._deps.sessions) as session:
            chats = await inbox.waiting_chats(
                session, self._channel.name, now=now, older_than=older_than, limit=SWEEP_AT_MOST
            )
        self.wake(*(chat for chat in chats if chat not in self._tasks))

    async def run(self) -> None:
        """Sweep for ever; at the start everything that waits is ours."""
        self._held = False
        older_than = timedelta(0)
        while not self._stopping:
            try:
                await self.sweep(older_than)
                older_than = STRAY_AFTER
            except Exception as error:  # noqa: BLE001  the edge of the sweep
                log.warning("sweep failed", extra={"failure": describe_error(error)})
            await asyncio.sleep(SWEEP_EVERY)

    async def stop(self, grace: float) -> None:
        """Finish the turns under way; what takes longer is left for the next start."""
        self._stopping = True
        under_way = list(self._tasks.values())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace):
                await asyncio.gather(*under_way, return_exceptions=True)
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def idle(self) -> None:
        """Wait until no turn is under way."""
        while self._tasks:
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)
