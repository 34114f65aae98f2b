"""Brings our own Rasa server up in the background, and a newer model to work beside it.

Until the model is trained and its server answers, words carry on (`bot.nlu.client`).
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import aiohttp

from bot.dependencies import end
from bot.nlu.client import RasaAddress
from bot.nlu.process import (
    IN_USE,
    NluMissingError,
    NluServer,
    TrainingError,
    local_address,
    train,
)
from bot.settings import Settings

log = logging.getLogger(__name__)

ASK_EVERY = 0.5
ANSWERS_WITHIN = 180.0
LOOK_EVERY = 60.0


class Stage(StrEnum):
    """How far it is; the value names a text below "terminal.nlu."."""

    TRAINING = "melatih"
    LOADING = "memuat"
    READY = "siap"
    FAILED = "gagal"


class NluBringup:
    """Trains where the model is missing, then serves; `stage` and `progress` tell how far.

    `on_move` is told where a newer model answers, before the older one ends.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.address = local_address(settings.nlu_port)
        self._server: NluServer | None = None
        self._task: asyncio.Task[None] | None = None
        self._watch: asyncio.Task[None] | None = None
        self._changing = asyncio.Lock()
        self._learnt = b""
        self.model: Path | None = None
        self.on_move: Callable[[RasaAddress], None] = lambda _: None
        self.stage = Stage.TRAINING
        self.progress = ""

    def start(self) -> None:
        """Begin, and return at once."""
        self._task = asyncio.create_task(self._bring_up(), name="nlu bring-up")

    async def _bring_up(self) -> None:
        try:
            self._learnt = self._in_use()
            model = await train(self._settings, self._tell)
        except (NluMissingError, TrainingError, OSError) as error:
            log.error("no model, keywords carry on", extra={"failure": type(error).__name__})
            self.stage = Stage.FAILED
            return
        self.stage = Stage.LOADING
        self._server, self.model = self._serve(model, self.address), model
        await self._answers(self.address)
        self.stage = Stage.READY
        self._watch = asyncio.create_task(self._follow(), name="nlu newer model")
        log.info("nlu is ready")

    def _serve(self, model: Path, address: RasaAddress) -> NluServer:
        server = NluServer(model, address, self._settings.var_dir / "log" / "nlu.log")
        server.start()
        return server

    async def ready(self) -> None:
        """Wait until it answers, or until that has failed (`stage`)."""
        if self._task is not None:
            await self._task

    def _tell(self, line: str) -> None:
        self.progress = line
        log.info("training", extra={"step": line})

    async def _answers(self, address: RasaAddress) -> None:
        async with aiohttp.ClientSession() as session:
            while True:
                with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                    async with session.get(address.to("/version")) as response:
                        if response.ok:
                            return
                await asyncio.sleep(ASK_EVERY)

    def _in_use(self) -> bytes:
        """The office's own sentences that the model at work is to know."""
        path = self._settings.learnt_dir / IN_USE
        return path.read_bytes() if path.exists() else b""

    async def _follow(self) -> None:
        """Bring a newer model to work when another process was told to."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                await self.renew()
            except (TrainingError, OSError, TimeoutError) as error:
                log.error("the model stays", extra={"failure": type(error).__name__})

    async def renew(self) -> None:
        """Let the model of today's sentences work, if it is another one; nobody waits for it.

        Raises TrainingError, OSError or TimeoutError: then the one before goes on.
        """
        async with self._changing:
            learnt = self._in_use()
            if learnt == self._learnt or self.stage is not Stage.READY:
                return
            model = await train(self._settings, self._tell)
            if model != self.model:
                await self._change(model)
            self._learnt = learnt

    async def _change(self, model: Path) -> None:
        address = local_address(0)
        newer = self._serve(model, address)
        try:
            async with asyncio.timeout(ANSWERS_WITHIN):
                await self._answers(address)
        except TimeoutError:
            await newer.stop()
            raise
        older, self._server = self._server, newer
        self.address, self.model = address, model
        self.on_move(address)
        log.info("another model is at work")
        if older is not None:
            await older.stop()

    async def stop(self) -> None:
        """End the training or the server."""
        await end(self._task)
        await end(self._watch)
        if self._server is not None:
            await self._server.stop()
