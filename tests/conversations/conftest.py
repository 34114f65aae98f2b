"""A running Balai at the fake Bot API for every conversation."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from random import Random
from typing import ClassVar

import pytest

from actions.domain.messages import FileFault, FileKind, StoredFile
from actions.storage.files import Files
from bot.app import Balai, build
from bot.nlu.keywords import Keywords
from bot.rate_limits import Bucket, Limits
from tests.support.clock import Clock
from tests.support.golden.nlu import LiveNlu, ScriptedNlu
from tests.support.golden.telegram_client import TelegramDoor
from tests.support.running_bot import House, hall_of_tests
from tests.support.telegram.api import BotApi

FAST = 1e9

Nlu = ScriptedNlu | LiveNlu
OpenDoor = Callable[..., Awaitable[TelegramDoor]]


class PracticedFiles(Files):
    """Cleans a file in a process of its own once; whoever sends the same gets the same."""

    _clean: ClassVar[dict[tuple[bytes, FileKind], bytes]] = {}

    async def store(self, raw: bytes, kind: FileKind) -> StoredFile | FileFault:
        known = self._clean.get((raw, kind))
        if known is not None:
            return await asyncio.to_thread(self._keep, known)
        stored = await super().store(raw, kind)
        if isinstance(stored, StoredFile):
            self._clean[raw, kind] = self.path(stored.name).read_bytes()
        return stored


class PatientHouse(House):
    """A house at a Telegram that sets no limits, since its citizens wait for nothing."""

    def _build(self) -> Balai:
        limits = Limits(Bucket(FAST, FAST), FAST, FAST, FAST, FAST)
        return build(
            self._settings,
            nlu=self.nlu,
            clock=self.clock,
            random=Random(4),
            reference=hall_of_tests(),
            files=PracticedFiles(self._settings.files_dir),
            limits=limits,
        )


def keywords() -> Keywords:
    """The NLU that works without a model."""
    reference = hall_of_tests()
    return Keywords(reference.catalogue, reference.matcher, reference.words["slang"])


@pytest.fixture
async def open_door(sqlite_database: str, tmp_path: Path) -> AsyncIterator[OpenDoor]:
    """Start Balai at a moment with an NLU, and hand out the citizens' way in."""
    async with AsyncExitStack() as stack:

        async def open_it(start: datetime, nlu: Nlu | None = None) -> TelegramDoor:
            nlu = nlu or ScriptedNlu(keywords())
            clock = Clock(start)
            api = BotApi(clock)
            await api.start()
            stack.push_async_callback(api.stop)
            house = PatientHouse(api, sqlite_database, tmp_path, nlu=nlu, clock=clock)
            await house.start()
            stack.push_async_callback(house.stop)
            return TelegramDoor(house, nlu, clock)

        yield open_it
