"""Sends what waits in the outbox: in order within a chat, shared by several processes.

One loop does all the database work of a round in one transaction: it marks what has gone out,
postpones what could not, and claims what comes next. Messages to different chats are sent
beside each other. A message is marked after the other side has taken it, so a process that is
killed in between sends it twice, and none is ever lost.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import outbox
from actions.casework.outbox import OutboxMessage
from actions.storage.engine import Sessions, reading
from bot.channels import BlockedError, Channel, LaterError, RefusedError
from bot.dependencies import Clock, Ticks, describe_error
from bot.lease import Lease
from bot.line_state import LineState
from bot.metrics import SENDS

log = logging.getLogger(__name__)

AT_ONCE = 24
ROUND_EVERY = 1.0
LONGEST_PAUSE = 120.0
# Who is told to wait for longer is tried again after this.
LONGEST_TOLD = 3600.0
STOP_PATIENCE = 2.0
KEEP_TRYING, LEAST_TRIES = timedelta(days=3), 50
SENT_PARTS = "sent"
BLOCKED = "blocked"


Outcome = Callable[[AsyncSession, datetime], Awaitable[None]]


@dataclass
class _InFlight:
    """A message on its way; `held` is when its claim was last renewed (ticks)."""

    message: OutboxMessage
    held: float
    task: asyncio.Task[None] | None = None


@dataclass
class _Outcomes:
    """What the database must be told of the messages since the last round."""

    sent: list[int] = field(default_factory=list)
    others: list[Outcome] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.sent or self.others)

    def put_before(self, later: "_Outcomes") -> None:
        """The database was not told: these come first, the next time."""
        later.sent[:0], later.others[:0] = self.sent, self.others


class OutboxSender:
    """The sender of one channel. `wake` makes it look at once; else it looks every second."""

    def __init__(
        self,
        sessions: Sessions,
        channel: Channel,
        clock: Clock,
        ticks: Ticks = time.monotonic,
        at_once: int = AT_ONCE,
    ) -> None:
        self._sessions = sessions
        self._channel = channel
        self._clock = clock
        self._at_once = at_once
        self._lease = Lease(clock, ticks)
        self._prefix = f"{channel.name}:"
        self._woken = asyncio.Event()
        self._in_flight: dict[int, _InFlight] = {}
        self._outcomes = _Outcomes()
        self._line = LineState()
        self._in_round = False
        self._rounds = 0
        self._stopping = asyncio.Event()
        self._patience = STOP_PATIENCE
        self._round_over = asyncio.Event()

    def wake(self) -> None:
        """Look now: something was queued."""
        self._woken.set()

    async def run(self) -> None:
        """Send until `stop`; then wait a little for what is on its way, and mark it."""
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                await self._round()
            except Exception as error:  # noqa: BLE001  the edge of a round
                log.warning("outbox round failed", extra={"failure": describe_error(error)})
                await asyncio.sleep(ROUND_EVERY)
            self._round_over.set()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(ROUND_EVERY):
                    await self._woken.wait()
        await self._let_go()
        await self._round()

    async def _let_go(self) -> None:
        """What hangs is given up: after its lease somebody sends it again."""
        tasks = [f.task for f in self._in_flight.values() if f.task is not None]
        if tasks:
            await asyncio.wait(tasks, timeout=self._patience)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _round(self) -> None:
        outcomes, self._outcomes, self._in_round = self._outcomes, _Outcomes(), True
        self._rounds += 1
        try:
            messages = await self._exchange(outcomes)
        except BaseException:
            outcomes.put_before(self._outcomes)
            raise
        finally:
            self._in_round = False
        if not self._lease.end():
            log.warning("the database is slow, claims are given back")
            return
        for message in messages:
            self._in_flight[message.id] = sending = _InFlight(message, self._lease.begun)
            sending.task = asyncio.create_task(
                self._deliver(message), name=f"message {message.id}"
            )

    async def _exchange(self, outcomes: _Outcomes) -> list[OutboxMessage]:
        """Tell the database what happened, and take what comes next."""
        now, until = self._lease.begin()
        renewed = [f for f in self._in_flight.values() if self._lease.is_old(f.held)]
        async with self._sessions.begin() as session:
            await outbox.mark_sent(session, outcomes.sent, now)
            for tell in outcomes.others:
                await tell(session, now)
            ids = [sending.message.id for sending in renewed]
            await outbox.renew(session, ids, now=now, until=until)
            messages = await self._claim(session, now, until)
        for sending in renewed:
            sending.held = self._lease.begun
        return messages

    async def _claim(
        self, session: AsyncSession, now: datetime, until: datetime
    ) -> list[OutboxMessage]:
        free = self._line.room(
            self._at_once - len(self._in_flight),
            under_way=bool(self._in_flight),
            now=asyncio.get_running_loop().time(),
        )
        if free <= 0 or self._stopping.is_set():
            return []
        claim = outbox.claim_unheld if self._lease.shaken else outbox.claim
        found = await claim(session, self._prefix, now=now, until=until, limit=free)
        return [message for message in found if message.id not in self._in_flight]

    async def _deliver(self, message: OutboxMessage) -> None:
        result = "cancelled"
        try:
            result = await self._try(message)
        except Exception as error:  # noqa: BLE001  the edge of a message
            result = "failed"
            log.error(
                "message failed", extra={"row": message.id, "failure": describe_error(error)}
            )
            self._give_up(message, type(error).__name__)
        finally:
            SENDS.labels(result).inc()
            del self._in_flight[message.id]
            self.wake()

    async def _try(self, message: OutboxMessage) -> str:
        """Send a message, and note what came of it; returns the result's name."""
        try:
            await self._send(message)
        except LaterError as error:
            self._postpone(message, error.seconds)
            return "postponed"
        except BlockedError:
            log.info("chat blocked", extra={"row": message.id})
            self._line.answered()
            self._outcomes.others.append(lambda s, now: outbox.block(s, message.chat, now))
            return "blocked"
        except RefusedError as error:
            if not message.blocked:
                self._line.answered()
            self._give_up(message, str(error))
            return "refused"
        self._outcomes.sent.append(message.id)
        return "sent"

    async def _send(self, message: OutboxMessage) -> None:
        if message.blocked:
            raise RefusedError(BLOCKED)
        parts = self._channel.parts(message)
        for number in range(message.payload.get(SENT_PARTS, 0), len(parts)):
            limited = await self._pace(message)
            begun = asyncio.get_running_loop().time()
            await parts[number]()
            if limited:
                self._note_taken(begun)
            if number + 1 < len(parts):
                self._note_progress(message, number + 1)

    async def _pace(self, message: OutboxMessage) -> bool:
        """Wait for a place in the limits; false when there is none on this kind of message."""
        wait = self._channel.pause(message.to, message.payload)
        if wait:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._stopping.wait()
            if self._stopping.is_set():
                raise LaterError(0)
        return wait is not None

    def _note_taken(self, begun: float) -> None:
        """Let go also those who were told to wait when it was not them who were meant."""
        if rows := self._line.taken(begun):
            self._outcomes.others.append(
                lambda s, now: outbox.hasten(s, rows, now, now + self._lease.span)
            )

    def _note_progress(self, message: OutboxMessage, sent: int) -> None:
        payload = {**message.payload, SENT_PARTS: sent}
        self._outcomes.others.append(lambda s, _: outbox.keep_progress(s, message.id, payload))
        self.wake()

    def _postpone(self, message: OutboxMessage, seconds: float | None) -> None:
        now = self._clock()
        # The time alone is no reason: a clock that is days ahead would throw away everything.
        if now - message.created_at > KEEP_TRYING and message.attempts >= LEAST_TRIES:
            self._give_up(message, "expired")
            return
        pause = self._pause_for(message, seconds)
        log.info("message postponed", extra={"row": message.id, "seconds": pause})
        until = now + timedelta(seconds=pause)
        self._outcomes.others.append(
            lambda s, _: outbox.postpone(s, message.id, now=now, until=until)
        )

    def _pause_for(self, message: OutboxMessage, told: float | None) -> float:
        loop_now = asyncio.get_running_loop().time()
        if told is None:
            self._line.silent(message.to, loop_now)
            return min(2.0**message.attempts, LONGEST_PAUSE)
        if told > 0:
            self._line.told_to_wait(message.to, message.id, told, loop_now)
        return min(told, LONGEST_TOLD)

    def _give_up(self, message: OutboxMessage, failure: str) -> None:
        log.warning("message given up", extra={"row": message.id, "failure": failure})
        self._outcomes.others.append(lambda s, now: outbox.give_up(s, message.id, failure, now))

    def fault(self) -> str:
        """What keeps everybody's messages back, in words; empty when nothing does."""
        return self._line.fault(asyncio.get_running_loop().time())

    async def flush(self, grace: float) -> None:
        """Send what is due within some seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace):
                self._round_over.clear()
                while not await self._is_done():
                    await self._round_over.wait()
                    self._round_over.clear()

    async def _is_done(self) -> bool:
        """Whether nothing is due or on its way, and nothing began while that was looked up."""
        before = self._rounds
        async with reading(self._sessions) as session:
            quiet = await outbox.is_quiet(session, self._prefix, self._clock())
        busy = self._in_flight or self._outcomes or self._in_round
        return quiet and not busy and self._rounds == before

    def stop(self, patience: float = STOP_PATIENCE) -> None:
        """Claim nothing more, and let `run` end; some seconds for what is on its way."""
        self._patience = patience
        self._stopping.set()
        self.wake()
