"""A running Balai at the fake Bot API, as the tests start, settle and restart it."""

from __future__ import annotations

import asyncio
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from actions.catalogue.reference import ReferenceData, read_reference
from actions.domain.understanding import Understands
from actions.storage.engine import Sessions
from bot.app import Balai, build
from bot.settings import Settings
from tests.support.clock import Clock
from tests.support.databases import SECRET
from tests.support.telegram.api import TOKEN, BotApi
from tests.support.telegram.people import Person

DATA = Path(__file__).parents[2] / "data"
GROUP = -1001


@cache
def hall_of_tests() -> ReferenceData:
    """The shipped data, read once a process."""
    return read_reference(DATA, staff_chat=f"tg:{GROUP}")


class House:
    """One bot process of the test. `api` is its Telegram, `balai` the service."""

    def __init__(
        self,
        api: BotApi,
        database_url: str,
        var_dir: Path,
        *,
        nlu: Understands,
        clock: Clock,
        **settings: Any,
    ) -> None:
        self.api, self.nlu, self.clock = api, nlu, clock
        self._settings = Settings(
            _env_file=None,
            telegram_token=TOKEN,
            telegram_api=api.url,
            var_dir=var_dir,
            database_url=database_url,
            secret_key=SECRET,
            data_dir=DATA,
            staff_group=GROUP,
            **{"messages_per_second": 1e6, **settings},
        )
        self.balai = self._build()

    def _build(self) -> Balai:
        return build(
            self._settings,
            nlu=self.nlu,
            clock=self.clock,
            random=Random(4),
            reference=hall_of_tests(),
        )

    @property
    def sessions(self) -> Sessions:
        """The database."""
        return self.balai.tools.sessions

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
        telegram = self.balai.telegram
        assert telegram is not None
        async with asyncio.timeout(30):
            await self.api.world.until(lambda: not self.api.world.waiting)
            await telegram.turns.idle()
            await telegram.outbox.flush(20)
