"""The channel to Telegram: connects, receives by polling or webhook, takes turns, sends.

The library's application is never "started", since its own fetcher takes updates from memory.
It gets one stored update at a time, on the transaction of that update's turn.
"""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiohttp import web
from telegram import Update
from telegram.constants import ChatAction
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes, TypeHandler

from actions.casework.inbox import Arrival
from actions.casework.outbox import OutboxMessage
from actions.domain.bursts import Piece
from actions.domain.messages import SentFile
from actions.storage.files import MAX_SIZE
from bot.channels import FetchError, OpenTurn, Part
from bot.dependencies import Dependencies, describe_error, end
from bot.mailbox import Mailbox
from bot.telegram import handlers, outbound, pieces
from bot.telegram.braking import brake
from bot.telegram.context import RUNNING, Context, Running, keep_error
from bot.telegram.http import AiohttpRequest
from bot.telegram.inbound import (
    KINDS,
    NAME,
    PATH,
    DurableQueue,
    RawBot,
    is_private,
    make_webhook,
)
from bot.telegram.introduction import introduce
from bot.telegram.posting import Post
from bot.telegram.presence import Presence, awaiting
from bot.telegram.rate_limits import Limits

log = logging.getLogger(__name__)

CONNECT_PAUSE, LONGEST_PAUSE = 1.0, 60.0
INTRODUCE_PAUSES = (5.0, 60.0, 600.0)
FETCH_PAUSES = (0.0, 0.5, 2.0)
SPARE_CONNECTIONS = 8
"""For files that are fetched and buttons that are answered, besides what is sent."""
POLL_PATIENCE = 90.0
BEFORE_ALL = -1
"""The library's number for a group of handlers that is asked first."""
MAX_WEBHOOK_CONNECTIONS = 100
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


def make_bot(access: Access, at_once: int) -> RawBot:
    """The library's bot with connections of its own for polling and for everything else."""
    api = access.api.rstrip("/")
    return RawBot(
        access.token,
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=AiohttpRequest(api, connections=at_once + SPARE_CONNECTIONS),
        get_updates_request=AiohttpRequest(api, connections=1),
    )


class TelegramChannel:
    """One bot. `start` returns at once when Telegram is away, and connects when it is back."""

    name = NAME

    def __init__(self, deps: Dependencies, access: Access, limits: Limits) -> None:
        self._access, self._limits = access, limits
        self._texts = deps.reference.texts
        self._bot = make_bot(access, limits.at_once)
        self._post = Post(deps, self._bot)
        self._presence = Presence(self._show_typing)
        self.mailbox = Mailbox(deps, self, limits.at_once)
        self.mailbox.worker.hold()
        queue = DurableQueue(self._receive)
        builder = ApplicationBuilder().bot(self._bot).update_queue(queue).job_queue(None)
        self.application: Application[RawBot, Context, Any, Any, Any, None]
        self.application = builder.context_types(ContextTypes(context=Context)).build()
        self.application.add_handler(TypeHandler(Update, brake), group=BEFORE_ALL)
        self.application.add_handlers(handlers.in_reading_order())
        self.application.add_error_handler(keep_error)
        self._connecting: asyncio.Task[None] | None = None
        self._introducing: asyncio.Task[None] | None = None
        self._receiving = False

    @property
    def handle(self) -> str:
        """The bot's user name; empty until Telegram was reached."""
        return self._bot.username if self._receiving else ""

    def routes(self) -> list[web.RouteDef]:
        """The webhook."""
        webhook = make_webhook(self._access.secret, self._receive)
        return [web.post(PATH, webhook)]

    async def _receive(self, arrived: Sequence[Arrival]) -> None:
        """Store updates; whoever waits for an answer sees it when that takes long."""
        await self.mailbox.worker.receive(arrived)
        for chat in awaiting(arrived):
            self._presence.expect(chat)

    async def _show_typing(self, chat: str) -> None:
        where = {"chat_id": outbound.chat_id(chat), "action": ChatAction.TYPING}
        with contextlib.suppress(TelegramError):
            await self._bot.call("sendChatAction", **where)

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
        await self._post.learn_moves()
        self._receiving = True
        self.mailbox.start()
        self._introducing = asyncio.create_task(self._introduce(), name="introduce")
        return True

    async def _introduce(self) -> None:
        """Tell Telegram what the bot is, some time after the first who wrote were answered."""
        for pause in INTRODUCE_PAUSES:
            await asyncio.sleep(pause)
            try:
                await introduce(self._bot, self._texts)
            except TelegramError as error:
                log.warning("bot not introduced", extra={"failure": type(error).__name__})
            else:
                return

    async def _begin_receiving(self) -> None:
        if self._access.public_url:
            await self._bot.set_webhook(
                f"{self._access.public_url.rstrip('/')}{PATH}",
                allowed_updates=KINDS,
                secret_token=self._access.secret,
                max_connections=MAX_WEBHOOK_CONNECTIONS,
            )
            return
        self._bot.note_poll()
        updater = self.application.updater
        assert updater is not None  # noqa: S101  the builder makes one
        await updater.start_polling(allowed_updates=KINDS, error_callback=_polling_failed)

    async def stop(self, grace: float) -> None:
        """Receive nothing more, finish the turns under way, send what is due."""
        await end(self._connecting)
        await end(self._introducing)
        self._presence.stop()
        updater = self.application.updater
        if updater is not None and updater.running:
            with contextlib.suppress(TimeoutError):  # it confirms what it has, if Telegram answers
                await asyncio.wait_for(updater.stop(), grace / 4)
        await self.mailbox.stop(grace * 3 / 4)
        await self.application.shutdown()
        # The application leaves the bot's connections open when it was never initialised.
        await self._bot.shutdown()

    def wake(self) -> None:
        """Look into the outbox now."""
        self.mailbox.sender.wake()

    def is_alive(self) -> bool:
        """Whether worker and sender run."""
        return self.mailbox.is_alive()

    async def fault(self) -> str:
        """Not connected yet, polling without an answer, or sending to nobody."""
        if not self._receiving:
            return "Telegram was not reached yet"
        silent = asyncio.get_running_loop().time() - self._bot.polled_at
        if silent > POLL_PATIENCE and not self._access.public_url:
            return f"no poll was answered for {silent:.0f} seconds"
        return self.mailbox.sender.fault()

    def piece(self, payload: Any) -> Piece | None:
        """A message of a private chat; buttons, edits and what groups say stand by themselves."""
        return pieces.piece_of(payload)

    async def take(self, turn: OpenTurn, payload: Any) -> None:
        """Let the application's handlers act on one update; what they raise is raised here."""
        running = Running(turn)
        token = RUNNING.set(running)
        try:
            await self.application.process_update(Update.de_json(payload, self._bot))
        finally:
            RUNNING.reset(token)
        if running.error is not None:
            raise running.error
        turn.afterwards(lambda _: self._presence.done(turn.chat))

    async def apologise(self, turn: OpenTurn, payload: Any) -> None:
        """Tell the citizen that this update could not be handled."""
        self._presence.done(turn.chat)
        handlers.apologise(turn, payload)

    async def fetch(self, file: SentFile) -> bytes:
        """Download a file from Telegram; a weak line gets three tries."""
        for pause in FETCH_PAUSES:
            await asyncio.sleep(pause)
            try:
                return await self._download(file.ref)
            except BadRequest as error:
                raise FetchError from error
            except TelegramError:
                continue
        raise FetchError

    async def _download(self, file_id: str) -> bytes:
        found = await self._bot.get_file(file_id)
        if (found.file_size or 0) > MAX_SIZE:
            raise FetchError
        return bytes(await found.download_as_bytearray())

    def parts(self, message: OutboxMessage) -> Sequence[Part]:
        """The calls for one row of the outbox."""
        chat = message.to
        calls = outbound.calls_of(self._texts, outbound.chat_id(chat), message.payload)
        return [partial(self._post.call, chat, *call) for call in calls]

    def pause(self, chat: str, payload: dict[str, Any]) -> float | None:
        """Seconds until Telegram lets us write to a chat; only messages count."""
        if "text" not in payload:
            return None
        now = asyncio.get_running_loop().time()
        return self._limits.reserve(chat, now, group=not is_private(chat))


def _polling_failed(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.error("another process polls with this token; several processes need a webhook")
    else:
        log.warning("polling failed", extra={"failure": describe_error(error)})
