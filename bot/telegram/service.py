"""Telegram as a whole: connects, receives by polling or webhook, takes turns, sends."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.dependencies import Tools, whereabouts
from bot.inbox_worker import Turns
from bot.outbox_sender import Outbox
from bot.rate_limits import Limits
from bot.telegram.http import AiohttpRequest
from bot.telegram.inbound import KINDS, RawBot
from bot.telegram.outbound import TelegramChannel
from bot.telegram.source import TelegramSource, make_application
from bot.telegram.webhook import PATH, Handler, make_webhook

log = logging.getLogger(__name__)

CONNECT_PAUSE, LONGEST_PAUSE = 1.0, 60.0
CONNECTIONS = 32
MAX_WEBHOOK_CONNECTIONS = 100
STOP_WITHIN = 8.0
LIBRARIES = ("aiohttp", "telegram")


class TokenRefusedError(Exception):
    """Telegram does not know the token."""


@dataclass(frozen=True, slots=True)
class Access:
    """How Telegram is reached, and how it reaches us: by webhook when `public_url` is set."""

    token: str
    api: str = "https://api.telegram.org"
    public_url: str = ""
    secret: str = ""


def make_bot(access: Access) -> RawBot:
    """The library's bot with connections of its own for polling and for everything else."""
    api = access.api.rstrip("/")
    return RawBot(
        access.token,
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=AiohttpRequest(api, connections=CONNECTIONS),
        get_updates_request=AiohttpRequest(api, connections=1),
    )


class Telegram:
    """One bot. `start` returns at once when Telegram is away, and connects when it is back."""

    def __init__(self, tools: Tools, access: Access, limits: Limits | None = None) -> None:
        self._access = access
        source = TelegramSource()
        bot = make_bot(access)
        self.outbox = Outbox(
            tools.sessions, TelegramChannel(bot, tools.reference.texts), tools.clock, limits
        )
        self.turns = Turns(tools, source, self.outbox.wake)
        self.turns.hold()
        self.application = source.application = make_application(bot, self.turns.receive)
        self._work: list[asyncio.Task[None]] = []
        self._connecting: asyncio.Task[None] | None = None

    def webhook(self) -> Handler:
        """The handler of `POST /telegram`."""
        return make_webhook(self._access.secret, self.turns.receive)

    async def start(self) -> None:
        """Connect, or go on trying in the background; raises TokenRefusedError."""
        for library in LIBRARIES:  # they would log addresses with the token, and words
            logging.getLogger(library).setLevel(logging.WARNING)
        if not await self._connected():
            self._connecting = asyncio.create_task(self._connect(), name="connect")

    async def _connect(self) -> None:
        pause = CONNECT_PAUSE
        while True:
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            try:
                if await self._connected():
                    return
            except TokenRefusedError:
                log.error("telegram does not know the token")

    async def _connected(self) -> bool:
        """Try to begin: false when Telegram cannot be reached."""
        try:
            await self.application.initialize()
            await self._begin_receiving()
        except InvalidToken:
            raise TokenRefusedError from None
        except TelegramError as error:
            log.warning("telegram not reached", extra={"failure": type(error).__name__})
            return False
        self._work = [
            asyncio.create_task(self.turns.run(), name="turns"),
            asyncio.create_task(self.outbox.run(), name="outbox"),
        ]
        return True

    async def _begin_receiving(self) -> None:
        if self._access.public_url:
            await self.application.bot.set_webhook(
                f"{self._access.public_url.rstrip('/')}{PATH}",
                allowed_updates=KINDS,
                secret_token=self._access.secret,
                max_connections=MAX_WEBHOOK_CONNECTIONS,
            )
            return
        updater = self.application.updater
        assert updater is not None  # noqa: S101  the builder makes one
        await updater.start_polling(allowed_updates=KINDS, error_callback=_polling_failed)

    async def stop(self, grace: float = STOP_WITHIN) -> None:
        """Receive nothing more, finish the turns under way, send what is due."""
        if self._connecting is not None:
            self._connecting.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._connecting
        updater = self.application.updater
        if updater is not None and updater.running:
            await updater.stop()
        await self.turns.stop(grace)
        if self._work:
            sweeping, sending = self._work
            sweeping.cancel()
            await self.outbox.flush(grace)
            self.outbox.stop()
            await asyncio.wait([sending], timeout=grace)
        for task in self._work:
            task.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)
        await self.application.shutdown()
        # The application leaves the bot's connections open when it was never initialised.
        await self.application.bot.shutdown()


def _polling_failed(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.error("another process polls with this token; several processes need a webhook")
    else:
        log.warning("polling failed", extra={"failure": whereabouts(error)})
