"""Citizens who keep a bot busy, and how long each waited for its reply."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from tests.support.telegram.api import BotApi
from tests.support.telegram.people import Person

PATIENCE = 20.0
START_OVER = "batal"
# A visit with questions on the way: four of its eleven messages need the language model.
VISIT: tuple[str | tuple[str], ...] = (
    "mau bikin surat domisili",
    "Siti Aminah",
    "3578014507900001",
    ("Warga ber-KTP di sini",),
    "ini berapa lama ya jadinya?",
    "Jalan Melati Nomor 4 RT 03 RW 05 Sidomulyo",
    "daftar sekolah anak",
    ("Lewati",),
    ("Kirim",),
    "ktp saya kok belum jadi juga ya pak",
    "makasih banyak ya",
)
"""Words, or in brackets the label of a button."""


@dataclass
class Tally:
    """Seconds until the first reply of each turn, by the loop's clock; `strayed` visits."""

    waits: list[float] = field(default_factory=list)
    silent: int = 0
    strayed: int = 0


class Talks(Protocol):
    """Who has something to say next, and waits for the reply."""

    async def next(self, tally: Tally) -> None:
        """Say it, and tell the tally."""
        ...


class Visitor:
    """One citizen who comes again and again; `answered` is told at each reply."""

    def __init__(self, api: BotApi, number: int) -> None:
        self._api = api
        self._person = Person(api, 20_000 + number)
        self._step = 0

    async def come_in(self, tally: Tally) -> None:
        """Go some way into a visit, everybody another way, so that all steps are met at once."""
        for _ in range(Random(self._person.user).randrange(len(VISIT))):
            await self.next(tally)

    async def next(self, tally: Tally) -> None:
        """Do the next thing of the visit and wait for the first reply."""
        step = VISIT[self._step % len(VISIT)]
        self._step += 1
        if isinstance(step, tuple) and not await self._sees(step[0]):
            tally.strayed += 1
            self._step, step = 0, START_OVER
        before = len(self._person.chat.messages)
        clock = asyncio.get_running_loop().time
        started = clock()
        await (
            self._person.taps(step[0]) if isinstance(step, tuple) else self._person.writes(step)
        )
        try:
            await self._api.world.chat_grows(self._person.chat.id, before, PATIENCE)
        except TimeoutError:
            tally.silent += 1
            return
        tally.waits.append(self._person.chat.messages[before].shown - started)

    async def _sees(self, label: str) -> bool:
        """Whether the button is there, or comes with a second message."""
        chat = self._person.chat
        with contextlib.suppress(TimeoutError):
            while not any(label in message.labels for message in chat.messages[-3:]):
                await self._api.world.chat_grows(chat.id, len(chat.messages), 0.5)
            return True
        return False


async def settle_in(visitors: list[Visitor], at_once: int) -> Tally:
    """Let everybody come in."""
    tally, places = Tally(), asyncio.Semaphore(at_once)

    async def one(visitor: Visitor) -> None:
        async with places:
            await visitor.come_in(tally)

    await asyncio.gather(*(one(visitor) for visitor in visitors))
    return tally


async def as_fast_as_possible(visitors: Sequence[Talks], seconds: float) -> Tally:
    """Everybody writes on as soon as the reply is there."""
    tally = Tally()
    clock = asyncio.get_running_loop().time
    until = clock() + seconds

    async def keep_on(visitor: Talks) -> None:
        while clock() < until:
            await visitor.next(tally)

    await asyncio.gather(*(keep_on(visitor) for visitor in visitors))
    return tally


async def at_rate(visitors: Sequence[Talks], rate: float, seconds: float) -> Tally:
    """So many messages a second on the average, at random moments, whoever is free."""
    tally, random = Tally(), Random(7)
    free = list(visitors)
    under_way: set[asyncio.Task[None]] = set()
    clock = asyncio.get_running_loop().time
    due = started = clock()

    async def one(visitor: Talks) -> None:
        await visitor.next(tally)
        free.append(visitor)

    while due < started + seconds:
        due += random.expovariate(rate)
        await asyncio.sleep(max(due - clock(), 0))
        if free:
            task = asyncio.create_task(one(free.pop(random.randrange(len(free)))))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
    await asyncio.gather(*under_way)
    return tally
