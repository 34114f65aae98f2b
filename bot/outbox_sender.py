"""Sends what waits in the outbox: in order within a chat, shared by several processes.

One loop does all the database work of a round in one transaction: it marks what has gone out,
postpones what could not, and claims what comes next. Messages to different chats are sent
beside each other. A message is marked after the other side has taken it, so a process that is
killed in between sends it twice, and none is ever lost.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import outbox
from actions.casework.outbox import Letter
from actions.storage.engine import Sessions, reading
from bot.dependencies import Clock, whereabouts
from bot.rate_limits import Limits

log = logging.getLogger(__name__)

AT_ONCE = 24
ROUND_EVERY = 1.0
# A claim holds this long; it is renewed while the process lives.
LEASE = timedelta(seconds=8)
RENEW_AFTER = 2.5
LONGEST_PAUSE = 120.0
KEEP_TRYING = timedelta(days=3)
SENT_PARTS = "sent"
BLOCKED = "blocked"


class LaterError(Exception):
    """The other side asks for patience (seconds), or is away (None)."""

    def __init__(self, seconds: float | None = None) -> None:
        super().__init__("try again later")
        self.seconds = seconds


class BlockedError(Exception):
    """The citizen does not want to hear from us."""


class RefusedError(Exception):
    """The other side will never take this message; the text is a name without content."""


Part = Callable[[], Awaitable[None]]


class Channel(Protocol):
    """A way out. `prefix` begins the ids of its chats, as in "tg:"."""

    prefix: str

    def parts(self, chat: str, payload: dict[str, Any]) -> Sequence[Part]:
        """The calls that send a payload; each raises LaterError, BlockedError, RefusedError."""
        ...

    def is_limited(self, payload: dict[str, Any]) -> bool:
        """Whether sending this counts against the limits."""
        ...

    def is_group(self, chat: str) -> bool:
        """Whether a chat has the limits of a group."""
        ...


Outcome = Callable[[AsyncSession, datetime], Awaitable[None]]


@dataclass
class _Flight:
    """A letter on its way; `held` is when its claim was last renewed (loop time)."""

    letter: Letter
    held: float
    task: asyncio.Task[None] | None = None


@dataclass
class _Findings:
    """What the flights since the last round have to tell the database."""

    sent: list[int] = field(default_factory=list)
    others: list[Outcome] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.sent or self.others)


class Outbox:
    """The sender of one channel. `wake` makes it look at once; else it looks every second."""

    def __init__(
        self, sessions: Sessions, channel: Channel, clock: Clock, limits: Limits | None = None
    ) -> None:
        self._sessions = sessions
        self._channel = channel
        self._clock = clock
        self._limits = limits or Limits()
        self._woken = asyncio.Event()
        self._flights: dict[int, _Flight] = {}
        self._findings = _Findings()
        self._told_to_wait: dict[str, float] = {}
        self._in_round = False
        self._rounds = 0
        self._stopping = asyncio.Event()
        self._round_over = asyncio.Event()

    def wake(self) -> None:
        """Look now: something was queued."""
        self._woken.set()

    async def run(self) -> None:
        """Send until `stop`; then wait for what is on its way, and mark it."""
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                await self._round()
            except Exception as error:  # noqa: BLE001  the edge of a round
                log.warning("outbox round failed", extra={"failure": whereabouts(error)})
                await asyncio.sleep(ROUND_EVERY)
            self._round_over.set()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(ROUND_EVERY):
                    await self._woken.wait()
        tasks = [f.task for f in self._flights.values() if f.task is not None]
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._round()

    async def _round(self) -> None:
        findings, self._findings, self._in_round = self._findings, _Findings(), True
        self._rounds += 1
        try:
            letters = await self._exchange(findings)
        except BaseException:
            self._findings.sent[:0] = findings.sent
            self._findings.others[:0] = findings.others
            raise
        finally:
            self._in_round = False
        started = asyncio.get_running_loop().time()
        for letter in letters:
            self._flights[letter.id] = flight = _Flight(letter, started)
            flight.task = asyncio.create_task(self._fly(letter), name=f"letter {letter.id}")

    async def _exchange(self, findings: _Findings) -> list[Letter]:
        """Tell the database what happened, and take what comes next."""
        now, loop_now = self._clock(), asyncio.get_running_loop().time()
        renewed = [f for f in self._flights.values() if loop_now - f.held > RENEW_AFTER]
        async with self._sessions.begin() as session:
            await outbox.mark_sent(session, findings.sent, now)
            for tell in findings.others:
                await tell(session, now)
            await outbox.renew(session, [f.letter.id for f in renewed], now + LEASE)
            letters = await self._claim(session, now, loop_now)
        for flight in renewed:
            flight.held = loop_now
        return letters

    async def _claim(self, session: AsyncSession, now: datetime, loop_now: float) -> list[Letter]:
        free = AT_ONCE - len(self._flights)
        if free <= 0 or self._stopping.is_set() or self._everybody_waits(loop_now):
            return []
        found = await outbox.claim(
            session, self._channel.prefix, now=now, until=now + LEASE, limit=free
        )
        return [letter for letter in found if letter.id not in self._flights]

    async def _fly(self, letter: Letter) -> None:
        try:
            await self._send(letter)
            self._findings.sent.append(letter.id)
        except LaterError as error:
            self._postpone(letter, error.seconds)
        except BlockedError:
            log.info("chat blocked", extra={"letter": letter.id})
            self._findings.others.append(lambda s, now: outbox.block(s, letter.chat, now))
        except RefusedError as error:
            self._give_up(letter, str(error))
        except Exception as error:  # noqa: BLE001  the edge of a letter
            log.error("letter failed", extra={"letter": letter.id, "failure": whereabouts(error)})
            self._give_up(letter, type(error).__name__)
        finally:
            del self._flights[letter.id]
            self.wake()

    async def _send(self, letter: Letter) -> None:
        if letter.blocked:
            raise RefusedError(BLOCKED)
        parts = self._channel.parts(letter.chat, letter.payload)
        for number in range(letter.payload.get(SENT_PARTS, 0), len(parts)):
            await self._pace(letter)
            await parts[number]()
            if number + 1 < len(parts):
                self._note_progress(letter, number + 1)

    async def _pace(self, letter: Letter) -> None:
        if not self._channel.is_limited(letter.payload):
            return
        group = self._channel.is_group(letter.chat)
        now = asyncio.get_running_loop().time()
        wait = self._limits.reserve(letter.chat, now, group=group)
        if wait <= 0:
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await self._stopping.wait()
        if self._stopping.is_set():
            raise LaterError(0)

    def _note_progress(self, letter: Letter, sent: int) -> None:
        payload = {**letter.payload, SENT_PARTS: sent}
        self._findings.others.append(lambda s, _: outbox.keep_progress(s, letter.id, payload))
        self.wake()

    def _postpone(self, letter: Letter, seconds: float | None) -> None:
        if self._clock() - letter.created_at > KEEP_TRYING:
            self._give_up(letter, "expired")
            return
        if seconds is not None:
            self._told_to_wait[letter.chat] = asyncio.get_running_loop().time() + seconds
        pause = min(2.0**letter.attempts, LONGEST_PAUSE) if seconds is None else seconds
        log.info("letter postponed", extra={"letter": letter.id, "seconds": pause})
        until = self._clock() + timedelta(seconds=pause)
        self._findings.others.append(lambda s, _: outbox.postpone(s, letter.id, until))

    def _give_up(self, letter: Letter, failure: str) -> None:
        log.warning("letter given up", extra={"letter": letter.id, "failure": failure})
        self._findings.others.append(lambda s, now: outbox.give_up(s, letter.id, failure, now))

    def _everybody_waits(self, loop_now: float) -> bool:
        """Whether two chats were told to wait: then it is the bot that writes too much."""
        waiting = {c: until for c, until in self._told_to_wait.items() if until > loop_now}
        self._told_to_wait = waiting
        return len(waiting) > 1

    async def flush(self, grace: float) -> None:
        """Send what is due within some seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace):
                self._round_over.clear()
                while not await self._is_done():
                    await self._round_over.wait()
                    self._round_over.clear()

    async def next_round(self) -> None:
        """Wait until a round that begins after this call is over."""
        for _ in range(2 if self._in_round else 1):
            self.wake()
            self._round_over.clear()
            await self._round_over.wait()

    async def _is_done(self) -> bool:
        """Whether nothing is due or on its way, and nothing began while that was looked up."""
        before = self._rounds
        async with reading(self._sessions) as session:
            quiet = await outbox.is_quiet(session, self._channel.prefix, self._clock())
        busy = self._flights or self._findings or self._in_round
        return quiet and not busy and self._rounds == before

    def stop(self) -> None:
        """Claim nothing more, and let `run` end."""
        self._stopping.set()
        self.wake()
