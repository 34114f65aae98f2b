"""Brings our own NLU up in the background, so that the first chat need not wait for it.

Until the model is trained and its server answers, words carry on (`bot.nlu.client`).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from enum import StrEnum

import aiohttp

from bot.nlu.process import NluMissingError, NluServer, TrainingError, free_port, train
from bot.settings import Settings

log = logging.getLogger(__name__)

ASK_EVERY = 0.5


class Stage(StrEnum):
    """How far it is; the value names a text below "terminal.nlu."."""

    TRAINING = "melatih"
    LOADING = "memuat"
    READY = "siap"
    FAILED = "gagal"


class NluBringup:
    """Trains where the model is missing, then serves; `stage` and `progress` tell how far."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._port = free_port(settings.nlu_port)
        self._server: NluServer | None = None
        self._task: asyncio.Task[None] | None = None
        self.stage = Stage.TRAINING
        self.progress = ""

    @property
    def url(self) -> str:
        """Where the server will answer."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Begin, and return at once."""
        self._task = asyncio.create_task(self._bring_up(), name="nlu bring-up")

    async def _bring_up(self) -> None:
        try:
            model = await train(self._settings, self._tell)
        except (NluMissingError, TrainingError, OSError) as error:
            log.error("no model, keywords carry on", extra={"failure": type(error).__name__})
            self.stage = Stage.FAILED
            return
        self.stage = Stage.LOADING
        self._server = NluServer(model, self._port, self._settings.var_dir / "log" / "nlu.log")
        self._server.start()
        await self._answers()
        self.stage = Stage.READY
        log.info("nlu is ready")

    def _tell(self, line: str) -> None:
        self.progress = line
        log.info("training", extra={"step": line})

    async def _answers(self) -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                    async with session.get(f"{self.url}/version") as response:
                        if response.ok:
                            return
                await asyncio.sleep(ASK_EVERY)

    async def stop(self) -> None:
        """End the training or the server."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        if self._server is not None:
            await self._server.stop()
