"""A running Balai at the fake Bot API for every conversation."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import ClassVar

import pytest

from actions.domain.messages import FileFault, FileKind, StoredFile
from actions.storage.files import Files
from actions.storage.vault import Vault
from tests.support.clock import Clock
from tests.support.databases import SECRET, sqlite_or_asked
from tests.support.golden.nlu import LiveNlu, ScriptedNlu
from tests.support.golden.telegram_client import TelegramClient
from tests.support.running_bot import RunningBot, keywords_of_tests
from tests.support.telegram.api import BotApi

Nlu = ScriptedNlu | LiveNlu
StartClient = Callable[..., Awaitable[TelegramClient]]


class PracticedFiles(Files):
    """Cleans a file in a process of its own once; whoever sends the same gets the same."""

    _clean: ClassVar[dict[tuple[bytes, FileKind], bytes]] = {}

    async def store(self, raw: bytes, kind: FileKind) -> StoredFile | FileFault:
        known = self._clean.get((raw, kind))
        if known is not None:
            return await asyncio.to_thread(self._keep, known)
        stored = await super().store(raw, kind)
        if isinstance(stored, StoredFile):
            self._clean[raw, kind] = b"".join(self.content(stored.name))
        return stored


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """Conversations are held on SQLite; some `ON_BOTH`, to see how each is asked."""
    return sqlite_or_asked(request)


@pytest.fixture
async def start_client(database_url: str, tmp_path: Path) -> AsyncIterator[StartClient]:
    """Start Balai at a moment with an NLU, and hand out the citizens' way in."""
    async with AsyncExitStack() as stack:

        async def open_it(start: datetime, nlu: Nlu | None = None) -> TelegramClient:
            nlu = nlu or ScriptedNlu(keywords_of_tests())
            clock = Clock(start)
            api = BotApi(clock)
            await api.start()
            stack.push_async_callback(api.stop)
            bot = RunningBot(
                api,
                database_url,
                tmp_path,
                nlu=nlu,
                clock=clock,
                files=PracticedFiles(tmp_path / "files", Vault(SECRET)),
            )
            await bot.start()
            stack.push_async_callback(bot.stop)
            return TelegramClient(bot, nlu, clock)

        yield open_it
