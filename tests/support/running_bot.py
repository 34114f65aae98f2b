"""A running Balai at the fake Bot API, as the tests start, settle and restart it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from actions.catalogue.reference import ReferenceData, read_reference
from actions.domain.understanding import Understands
from actions.storage.engine import Sessions
from actions.storage.files import Files
from actions.storage.vault import Vault
from bot.app import Balai, build
from bot.dependencies import Clocks, Dependencies
from bot.nlu.keywords import Keywords
from bot.settings import Settings
from bot.telegram.channel import TelegramChannel
from tests.support.clock import Clock
from tests.support.databases import SECRET
from tests.support.nlu import ScriptedNlu
from tests.support.telegram.api import TOKEN, BotApi
from tests.support.telegram.people import Person

DATA = Path(__file__).parents[2] / "data"
GROUP = -1001


@cache
def reference_of_tests() -> ReferenceData:
    """The shipped data, read once a process."""
    return read_reference(DATA, staff_chat=f"tg:{GROUP}")


@cache
def keywords_of_tests() -> Keywords:
    """The NLU that works without a model, for the shipped data; it remembers nothing."""
    known = reference_of_tests()
    return Keywords(known.catalogue, known.matcher, known.words["slang"])


def dependencies(
    sessions: Sessions,
    clock: Clock,
    folder: Path,
    nlu: Understands | None = None,
    *,
    office: Sessions | None = None,
) -> Dependencies:
    """What a channel works with, on a database of the test; pages and jobs by the same engine."""
    return Dependencies(
        sessions,
        office or sessions,
        reference_of_tests(),
        nlu or ScriptedNlu(),
        Files(folder, Vault(SECRET)),
        clock,
        Random(4),
        clock.ticks,
    )


class RunningBot:
    """One bot process of the test. `api` is its Telegram, `balai` the service."""

    def __init__(
        self,
        api: BotApi,
        database_url: str,
        var_dir: Path,
        *,
        nlu: Understands,
        clock: Clock,
        files: Files | None = None,
        **settings: Any,
    ) -> None:
        self.api, self.nlu, self.clock, self.files = api, nlu, clock, files
        self._settings = Settings(
            _env_file=None,
            telegram_token=TOKEN,
            telegram_api=api.url,
            var_dir=var_dir,
            database_url=database_url,
            secret_key=SECRET,
            data_dir=DATA,
            staff_group=GROUP,
            **{"messages_per_second": 1e9, "quiet_window": 0, **settings},
        )
        self.balai = self._build()

    @property
    def _clocks(self) -> Clocks:
        """The test's clock, or the machine's."""
        own: object = self.clock
        return Clocks(own, own.ticks) if isinstance(own, Clock) else Clocks(self.clock)

    def _build(self) -> Balai:
        return build(
            self._settings,
            nlu=self.nlu,
            clocks=self._clocks,
            random=Random(4),
            reference=replace(reference_of_tests(), limits=self._settings.chat_limits),
            files=self.files,
        )

    @property
    def sessions(self) -> Sessions:
        """The database."""
        return self.balai.deps.sessions

    @property
    def engines(self) -> tuple[AsyncEngine, AsyncEngine]:
        """How turns ask the database, and how pages and jobs do."""
        deps = self.balai.deps
        return deps.sessions.kw["bind"], deps.office.kw["bind"]

    @property
    def telegram(self) -> TelegramChannel:
        """Its channel to Telegram."""
        return next(each for each in self.balai.channels if isinstance(each, TelegramChannel))

    def citizen(self, user: int = 500) -> Person:
        """Somebody who chats with the bot in private."""
        return Person(self.api, user, self.settle)

    def officer(self, user: int = 900) -> Person:
        """Somebody in the officers' group."""
        return Person(self.api, user, self.settle, chat=GROUP)

    async def start(self) -> None:
        """Let the bot work."""
        self.api.world.chat(GROUP).open = True
        await self.balai.start()

    async def stop(self) -> None:
        """End it as a signal would."""
        await self.balai.stop()

    async def rebuild(self) -> None:
        """Stop, build anew on the same database, start."""
        await self.stop()
        self.balai = self._build()
        await self.start()

    async def settle(self) -> None:
        """Wait until everything that happened is handled and everything due is sent."""
        async with asyncio.timeout(30):
            await self.api.world.until(lambda: not self.api.world.waiting)
            await self.telegram.mailbox.settle(20)
