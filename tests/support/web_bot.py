"""A Balai without Telegram, with its console and web chat on a port of the test."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from aiohttp.test_utils import TestServer

from actions.casework import messages
from actions.domain.messages import Reply
from actions.domain.understanding import Understands
from actions.storage.engine import Sessions
from bot.app import Balai, build
from bot.console import make_console
from bot.dependencies import Clocks
from bot.settings import Settings
from bot.web.channel import WebChannel
from tests.support.clock import Clock
from tests.support.databases import SECRET
from tests.support.running_bot import DATA, reference_of_tests


class WebBot:
    """One process of the test; `server` is what browsers ask."""

    server: TestServer

    def __init__(
        self, database_url: str, var_dir: Path, *, nlu: Understands, clock: Clock, **settings: Any
    ) -> None:
        self.nlu, self.clock = nlu, clock
        self._settings = Settings(
            _env_file=None,
            var_dir=var_dir,
            database_url=database_url,
            secret_key=SECRET,
            data_dir=DATA,
            **{"quiet_window": 0, **settings},
        )
        self.balai = self._build()

    def _build(self) -> Balai:
        own: Any = self.clock
        clocks = Clocks(own, own.ticks) if isinstance(own, Clock) else Clocks(own)
        reference = replace(reference_of_tests(), limits=self._settings.chat_limits)
        return build(
            self._settings, nlu=self.nlu, clocks=clocks, random=Random(4), reference=reference
        )

    @property
    def sessions(self) -> Sessions:
        """The database."""
        return self.balai.deps.sessions

    @property
    def channel(self) -> WebChannel:
        """The web chat."""
        return next(each for each in self.balai.channels if isinstance(each, WebChannel))

    @property
    def base(self) -> str:
        """The address of the server."""
        return f"http://{self.server.host}:{self.server.port}"

    async def start(self) -> None:
        """Let the bot work."""
        await self.balai.start()
        app = make_console(
            self.balai.deps, self.balai.wake, secure_cookies=False, others=self.balai.routes()
        )
        self.server = TestServer(app)
        await self.server.start_server()

    async def stop(self) -> None:
        """End it as a signal would."""
        await self.channel.room.listeners.close()
        await self.server.close()
        await self.balai.stop()

    async def tell(self, chat: str, words: str) -> None:
        """Let a notice go out to a chat."""
        async with self.sessions.begin() as session:
            messages.queue(session, chat, [Reply("notice", words)], self.clock())
        self.balai.wake()
        await self.settle()

    async def settle(self) -> None:
        """Wait until everything that happened is handled and everything due is shown."""
        async with asyncio.timeout(30):
            await self.channel.settle(20)
