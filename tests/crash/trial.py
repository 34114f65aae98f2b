"""One trial: a database, a way in, so many citizens, so many kills."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from actions.catalogue.reference import utc_now
from tests.crash import bursts, ledger, web
from tests.crash.bursts import Burster
from tests.crash.citizens import Citizen, Progress
from tests.crash.process import UNBRAKED, BotProcess, free_port
from tests.crash.story import Reference, Story, reference
from tests.support.databases import SECRET, migrated
from tests.support.nlu_server import NluServer
from tests.support.telegram.api import TOKEN, BotApi
from tests.support.visit import UNDERSTOOD

VISITS = 2
WITH_PHOTO = 10  # one citizen in so many
WITH_BURSTS = 5  # beside so many citizens there is one
IN_BROWSERS = 10  # so is one in the web chat
AT_START = 0.15  # of the kills fall before the bot answers anything
LONGEST_LIFE = 2.5
START_PATIENCE = 90.0
Tell = Callable[[str], None]
Somebody = Citizen | Burster | web.Player


@dataclass(frozen=True, slots=True)
class Plan:
    """What is tried."""

    database: str
    way: str
    url: str
    citizens: int
    kills: int
    seed: int


@dataclass
class Outcome:
    """What came of it; `faults` must be empty, `doubles` may be."""

    plan: Plan
    kills: int = 0
    turns: int = 0
    doubles: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


class Trial:
    """Runs one plan in a folder of its own."""

    def __init__(self, plan: Plan, folder: Path, tell: Tell) -> None:
        self._plan, self._folder, self._tell = plan, folder, tell
        self._random = Random(plan.seed)
        self._api = BotApi(utc_now)
        self._nlu = NluServer(UNDERSTOOD | bursts.UNDERSTOOD)
        self._progress = Progress()

    async def run(self) -> Outcome:
        """Let the citizens talk while the bot is killed and started again, then compare."""
        started = time.monotonic()
        await migrated(self._plan.url)
        await self._api.start()
        await self._nlu.start()
        bot = BotProcess(self._settings(), self._folder / "bot.log")
        try:
            citizens, bursters = await self._citizens(), self._bursters()
            browsers = await self._browsers(int(bot.settings["PORT"]))
            await self._talk_and_kill(bot, [*citizens, *bursters, *browsers])
            code = await bot.stop()
        finally:
            if not bot.ended:
                await bot.kill()
            await self._nlu.stop()
            await self._api.stop()
        outcome = await self._outcome(bot, citizens, bursters, browsers)
        outcome.faults += [] if code == 0 else [f"the last process ended with {code}"]
        outcome.seconds = time.monotonic() - started
        return outcome

    def _settings(self) -> dict[str, str]:
        port = free_port()
        settings = {
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API": self._api.url,
            "SECRET_KEY": SECRET,
            "DATABASE_URL": self._plan.url,
            "VAR_DIR": str(self._folder),
            "PORT": str(port),
            "NLU_URL": self._nlu.url,
            "MESSAGES_PER_SECOND": "100000",
            **UNBRAKED,
            "QUIET_WINDOW": bursts.WINDOW,
        }
        if self._plan.way == "webhook":
            settings["PUBLIC_URL"] = f"http://127.0.0.1:{port}"
        return settings

    async def _citizens(self) -> list[Citizen]:
        stories = [
            Story(number, VISITS, with_photo=number % WITH_PHOTO == 0)
            for number in range(self._plan.citizens)
        ]
        expected: dict[bool, Reference] = {}
        for story in stories[:2]:
            expected[story.with_photo] = await reference(story)
        return [
            Citizen(self._api, story, expected[story.with_photo], Random(self._random.random()))
            for story in stories
        ]

    def _bursters(self) -> list[Burster]:
        """One citizen in so many tells everything at once."""
        return [
            Burster(self._api, number, VISITS, Random(self._random.random()))
            for number in range(-(-self._plan.citizens // WITH_BURSTS))
        ]

    async def _browsers(self, port: int) -> list[web.Player]:
        """One citizen in so many chats in the browser."""
        expected, base = await web.reference(VISITS), f"http://127.0.0.1:{port}"
        return [
            web.Player(number, base, expected, Random(self._random.random()))
            for number in range(-(-self._plan.citizens // IN_BROWSERS))
        ]

    async def _talk_and_kill(self, bot: BotProcess, citizens: Sequence[Somebody]) -> None:
        talks = [asyncio.create_task(citizen.play(self._progress)) for citizen in citizens]
        steps = sum(citizen.steps for citizen in citizens)
        for kill in range(self._plan.kills):
            await self._progress.allow((kill + 1) / (self._plan.kills + 1))
            await bot.start()
            await self._live_a_little(bot, talks)
            await bot.kill()
            share = f"{kill + 1}/{self._plan.kills} kills, {self._progress.done}/{steps} messages"
            self._tell(f"{self._plan.database} {self._plan.way}: {share}")
        await self._progress.allow(1.0)
        await bot.start()
        await asyncio.gather(*talks)
        await self._quiet()

    async def _live_a_little(self, bot: BotProcess, talks: Sequence[asyncio.Task[None]]) -> None:
        """Wait for a random moment: while it starts, or some time into its work."""
        if self._random.random() < AT_START:
            await asyncio.sleep(self._random.uniform(0.1, 3.0))
            return
        before = self._busy()

        def moved() -> bool:
            return self._busy() != before or bot.ended or all(talk.done() for talk in talks)

        await self._api.world.until(moved, START_PATIENCE)
        if bot.ended:
            raise RuntimeError(f"the bot ended by itself, see {bot.log}")
        await asyncio.sleep(self._random.uniform(0.0, LONGEST_LIFE))

    def _busy(self) -> int:
        """How often the bot has written to a chat or stored an update."""
        return self._api.calls["sendMessage"] + len(self._api.world.confirmed)

    async def _quiet(self) -> None:
        """Wait until every button is answered and every update is taken."""
        world = self._api.world
        await world.until(lambda: not world.waiting and not world.unanswered(), START_PATIENCE)

    async def _outcome(
        self,
        bot: BotProcess,
        citizens: list[Citizen],
        bursters: list[Burster],
        browsers: list[web.Player],
    ) -> Outcome:
        outcome = Outcome(self._plan, kills=len(bot.restarts), turns=self._progress.done)
        for citizen in citizens:
            outcome.faults += citizen.faults
            citizen.lines()
            outcome.doubles += len(citizen.doubles)
            outcome.faults += citizen.unexplained_doubles(bot.restarts)
        outcome.faults += self._api.world.violations
        outcome.faults += await ledger.faults(
            self._plan.url,
            self._folder / "files",
            self._api.world,
            citizens,
            bursters,
            browsers,
        )
        outcome.faults += [fault for burster in bursters for fault in burster.faults]
        return outcome
