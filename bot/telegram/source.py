"""The way in from Telegram: stored updates through python-telegram-bot's application.

The application is never "started", since its own fetcher takes updates from memory. It gets
one stored update at a time, on the transaction of that update's turn.
"""

from __future__ import annotations

import asyncio
from typing import Any

from telegram import Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes

from actions.domain.messages import SentFile
from actions.storage.files import MAX_SIZE
from bot.channels import FetchError, Turn
from bot.telegram.handlers import (
    RUNNING,
    Running,
    TurnContext,
    apologise,
    in_reading_order,
    keep_error,
)
from bot.telegram.inbound import PREFIX, DurableQueue, RawBot, Receive

Bot = Application[RawBot, TurnContext, Any, Any, Any, None]
FETCH_PAUSES = (0.0, 0.5, 2.0)


def make_application(bot: RawBot, receive: Receive) -> Bot:
    """The application with its handlers; updates that arrive go to `receive`."""
    builder = ApplicationBuilder().bot(bot).update_queue(DurableQueue(receive)).job_queue(None)
    application: Bot = builder.context_types(ContextTypes(context=TurnContext)).build()
    application.add_handlers(in_reading_order())
    application.add_error_handler(keep_error)
    return application


class TelegramSource:
    """Takes stored updates of Telegram; `application` is set before the first turn."""

    name = PREFIX.rstrip(":")
    application: Bot

    async def take(self, turn: Turn, payload: Any) -> None:
        """Let the application's handlers act on one update; what they raise is raised here."""
        update = Update.de_json(payload, self.application.bot)
        running = Running(turn)
        token = RUNNING.set(running)
        try:
            await self.application.process_update(update)
        finally:
            RUNNING.reset(token)
        if running.error is not None:
            raise running.error

    async def apologise(self, turn: Turn, payload: Any) -> None:
        """Tell the citizen that this update could not be handled."""
        apologise(turn, payload)

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
        found = await self.application.bot.get_file(file_id)
        if (found.file_size or 0) > MAX_SIZE:
            raise FetchError
        return bytes(await found.download_as_bytearray())
