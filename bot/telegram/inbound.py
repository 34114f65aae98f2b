"""Takes updates from Telegram as they came and stores them before they are acknowledged.

The updater awaits `put` before its next `getUpdates`, which is what tells Telegram that the
updates before it have arrived. It repeats on a TelegramError, so `put` raises one.
"""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any, cast

from aiohttp import web
from aiohttp.typedefs import Handler
from telegram import InputFile, Update
from telegram.error import TelegramError
from telegram.ext import ExtBot
from telegram.request import BaseRequest

from actions.casework.inbox import LARGEST_ID, Arrival, Received, Unreadable
from bot.inbox_worker import NotStoredError

NAME = "tg"
PREFIX = f"{NAME}:"
PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""The updates that are asked for; others never come."""
LONG_POLL_SLACK = 5.0
UPLOAD_WITHIN = 90.0
"""Seconds for a file to go up a weak line."""

Receive = Callable[[Sequence[Arrival]], Awaitable[None]]


class UpdatesNotStoredError(TelegramError):
    """Makes the updater ask for the same updates again."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one `getUpdates` brought; it is confirmed as a whole by its last number."""

    updates: list[dict[str, Any]]

    @property
    def update_id(self) -> int:
        """The number that the updater confirms: the highest, whatever else came."""
        return max(one["update_id"] for one in self.updates if type(one["update_id"]) is int)


def is_private(chat: str) -> bool:
    """Whether somebody is alone with the bot there; the ids of groups are negative."""
    return not chat.startswith(f"{PREFIX}-")


def chat_of(update: dict[str, Any]) -> str | None:
    """Which chat an update belongs to; None when there is none to answer.

    Raises TypeError, KeyError or AttributeError for what Telegram would not send.
    """
    for kind in KINDS:
        if kind in update:
            inner = update[kind]
            holder = (inner.get("message") or {}) if kind == "callback_query" else inner
            chat = holder.get("chat") or inner.get("from")
            return f"{PREFIX}{_number(chat['id'])}" if chat else None
    return None


def _number(value: object) -> int:
    if type(value) is not int or abs(value) > LARGEST_ID:
        raise TypeError("no number of Telegram's")
    return value


def read(update: Any) -> Arrival | None:
    """An update as the inbox keeps it; None when there is nobody to answer."""
    number = None
    try:
        number = _number(update["update_id"])
        chat = chat_of(update)
    except (AttributeError, KeyError, TypeError):
        return Unreadable(number, update)
    return None if chat is None else Received(number, chat, update)


def arrivals(updates: Sequence[Any]) -> list[Arrival]:
    """Updates as the inbox keeps them, without those that nobody need answer."""
    return [arrived for arrived in map(read, updates) if arrived is not None]


class RawBot(ExtBot[None]):
    """Hands updates over as Telegram sent them: stored first, read once, when their turn comes.

    Calls whose answer nobody reads are made without reading it. `polled_at` is when updates were
    asked for with success, by the loop's clock.
    """

    _polled_at = 0.0

    @property
    def polled_at(self) -> float:
        """When that was."""
        return self._polled_at

    def note_poll(self) -> None:
        """Begin to count from now."""
        self._polled_at = asyncio.get_running_loop().time()

    async def call(self, method: str, **params: Any) -> None:
        """Call a method of the Bot API; a parameter that is None is left out."""
        sends_file = any(isinstance(value, InputFile) for value in params.values())
        wait = UPLOAD_WITHIN if sends_file else BaseRequest.DEFAULT_NONE
        await self._post(method, params, read_timeout=wait)

    async def get_updates(
        self,
        offset: int | None = None,
        limit: int | None = None,
        timeout: int | timedelta | None = None,  # noqa: ASYNC109  named by the library
        allowed_updates: Sequence[str] | None = None,
        **_: Any,
    ) -> tuple[Update, ...]:
        """All updates of one call as a single batch, so that one transaction stores them."""
        seconds = timeout.total_seconds() if isinstance(timeout, timedelta) else timeout or 0
        data = {
            "offset": offset,
            "limit": limit,
            "timeout": int(seconds),
            "allowed_updates": allowed_updates,
        }
        raw = await self._post("getUpdates", data, read_timeout=seconds + LONG_POLL_SLACK)
        self.note_poll()
        return (cast(Update, Batch(raw)),) if raw else ()


class DurableQueue(asyncio.Queue[object]):
    """The updater's queue: what is put into it lies in the database when `put` returns."""

    def __init__(self, receive: Receive) -> None:
        super().__init__()
        self._receive = receive

    async def put(self, item: object) -> None:
        """Store a batch; raises UpdatesNotStoredError."""
        assert isinstance(item, Batch)  # noqa: S101  RawBot gives nothing else
        try:
            await self._receive(arrivals(item.updates))
        except Exception as error:
            raise UpdatesNotStoredError("updates could not be stored") from error


def make_webhook(secret: str, receive: Receive) -> Handler:
    """The handler of `POST /telegram`: 200 says that an update is stored.

    Only who knows the secret gets past it.
    """

    async def webhook(request: web.Request) -> web.StreamResponse:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        try:
            update = json.loads(await request.read())
        except (ValueError, RecursionError, web.RequestPayloadError):
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        if not isinstance(update, dict) or "update_id" not in update:
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        try:
            await receive(arrivals([update]))
        except NotStoredError:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response()

    return webhook
