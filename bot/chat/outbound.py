"""The way out to Telegram: what the outbox holds as calls of the Bot API."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from actions.texts import Texts
from actions.turn import Ask, Reply
from bot.chat.inbound import PREFIX
from bot.chat.markup import split
from bot.sending import BlockedError, LaterError, Part, RefusedError

log = logging.getLogger(__name__)

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove
Call = Callable[[], Coroutine[Any, Any, object]]
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
TOKEN_PAUSE = 30.0


class TelegramChannel:
    """Sends replies, ends the waiting of pressed buttons, takes old keyboards away."""

    prefix = PREFIX

    def __init__(self, bot: ExtBot[None], texts: Texts) -> None:
        self._bot = bot
        self._texts = texts

    def parts(self, chat: str, payload: dict[str, Any]) -> Sequence[Part]:
        """The calls for one row of the outbox."""
        return [partial(_call, call) for call in self._calls(chat_id(chat), payload)]

    def is_limited(self, payload: dict[str, Any]) -> bool:
        """Only messages count."""
        return "text" in payload

    def is_group(self, chat: str) -> bool:
        """Groups have negative ids."""
        return chat_id(chat) < 0

    def _calls(self, chat: int, payload: dict[str, Any]) -> list[Call]:
        bot = self._bot
        if "answer" in payload:
            return [partial(bot.answer_callback_query, payload["answer"])]
        if "strip" in payload:
            return [partial(bot.edit_message_reply_markup, chat, payload["strip"])]
        reply = Reply.from_json(payload)
        calls = [self._message(chat, text, None) for text in split(reply.text)[:-1]]
        calls.append(self._message(chat, split(reply.text)[-1], self._markup(chat, reply)))
        if reply.ask and reply.buttons:
            calls.append(
                self._message(chat, self._texts.html("umum.bagikan"), self._share(reply.ask))
            )
        return calls

    def _message(self, chat: int, text: str, markup: Markup | None) -> Call:
        return partial(
            self._bot.send_message, chat, text, parse_mode=ParseMode.HTML, reply_markup=markup,
            link_preview_options=NO_PREVIEW,
        )  # fmt: skip

    def _markup(self, chat: int, reply: Reply) -> Markup | None:
        if reply.buttons:
            rows = [[InlineKeyboardButton(b.label, callback_data=b.data) for b in row]
                    for row in reply.buttons]  # fmt: skip
            return InlineKeyboardMarkup(rows)
        if reply.ask:
            return self._share(reply.ask)
        # A share key that was not used would stay for ever.
        return ReplyKeyboardRemove() if chat > 0 else None

    def _share(self, ask: Ask) -> Markup:
        if ask is Ask.CONTACT:
            key = KeyboardButton(self._texts.plain("tombol.bagikan_nomor"), request_contact=True)
        else:
            key = KeyboardButton(self._texts.plain("tombol.bagikan_lokasi"), request_location=True)
        return ReplyKeyboardMarkup([[key]], one_time_keyboard=True, resize_keyboard=True)


def chat_id(chat: str) -> int:
    """Telegram's number of a chat."""
    return int(chat.removeprefix(PREFIX))


async def _call(call: Call) -> None:
    """Call Telegram and say in the sender's words what came of it."""
    try:
        await call()
    except RetryAfter as error:
        wait = error.retry_after
        raise LaterError(wait if isinstance(wait, int) else wait.total_seconds()) from None
    except Forbidden:
        raise BlockedError from None
    except ChatMigrated as error:
        log.error("group moved, change STAFF_GROUP", extra={"new": error.new_chat_id})
        raise RefusedError("ChatMigrated") from None
    except InvalidToken:
        log.error("telegram does not know the token")
        raise LaterError(TOKEN_PAUSE) from None
    except BadRequest:
        raise RefusedError("BadRequest") from None
    except NetworkError:
        raise LaterError from None
    except TelegramError as error:
        raise RefusedError(type(error).__name__) from None
