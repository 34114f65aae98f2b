"""A hundred people who go on with their story as the replies come in."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from random import Random

from tests.crash.story import Line, Reference, Story
from tests.support.telegram.api import BotApi
from tests.support.telegram.people import Person
from tests.support.telegram.world import Sent

PATIENCE = 120.0
REPEATED = 0.05


@dataclass
class Progress:
    """How far everybody may go: the killing decides the pace."""

    allowed: float = 0.0
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    done: int = 0

    async def allow(self, share: float) -> None:
        """Let everybody go on up to this share of their story."""
        async with self.changed:
            self.allowed = share
            self.changed.notify_all()

    async def wait_for(self, share: float) -> None:
        """Wait until this share is allowed."""
        async with self.changed:
            await self.changed.wait_for(lambda: self.allowed >= share)


class Citizen:
    """Plays a story; `faults` is what went otherwise than in the reference."""

    def __init__(self, api: BotApi, story: Story, expected: Reference, random: Random) -> None:
        self.story, self._expected, self._random = story, expected, random
        self._api = api
        self.person = Person(api, 10_000 + story.number)
        self.faults: list[str] = []
        self.doubles: list[tuple[Sent, Sent]] = []

    async def play(self, progress: Progress) -> None:
        """Do every step when it is allowed and the reply to the last one has come."""
        steps = self.story.steps()
        for number, step in enumerate(steps):
            await progress.wait_for((number + self._random.random()) / len(steps))
            await step(self.person)
            if self._random.random() < REPEATED and self.person.last is not None:
                await self._api.world.repeat(self.person.last)
            progress.done += 1
            if not await self._answered(number):
                return

    async def _answered(self, step: int) -> bool:
        wanted = self._expected.until[step]
        try:
            await self._api.world.until(lambda: len(self.lines()) >= wanted, PATIENCE)
        except TimeoutError:
            self.faults.append(f"{self._who}: no reply to step {step} in {PATIENCE:.0f} s")
        for at, (seen, right) in enumerate(zip(self.lines(), self._expected.lines, strict=False)):
            if seen != right:
                self.faults.append(f"{self._who}: message {at} is {seen}, expected {right}")
                break
        return not self.faults

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return len(self.story.steps())

    @property
    def _who(self) -> str:
        return f"citizen {self.story.number}"

    def lines(self) -> list[Line]:
        """What arrived, without the doubles, which are noted."""
        lines: list[Line] = []
        self.doubles.clear()
        before: Sent | None = None
        for sent in self.person.chat.messages:
            line = self.story.line(sent)
            if before is not None and lines and line == lines[-1]:
                self.doubles.append((before, sent))
            else:
                lines.append(line)
            before = sent
        return lines

    def unexplained_doubles(self, restarts: list[float]) -> list[str]:
        """Doubles of which no killed process sent the first and a later one the second."""
        return [
            f"{self._who}: a reply came twice though nothing was killed in between"
            for first, second in self.doubles
            if not any(first.shown <= restart <= second.shown for restart in restarts)
        ]
