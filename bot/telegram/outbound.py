"""The way out to Telegram: what the outbox holds as calls of the Bot API."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

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

from actions.catalogue.texts import Texts
from actions.domain.messages import Ask, Reply
from bot.outbox_sender import BlockedError, LaterError, Part, RefusedError
from bot.telegram.inbound import PREFIX, RawBot
from bot.telegram.markup import split

log = logging.getLogger(__name__)

Markup = dict[str, Any]
Call = Callable[[], Coroutine[Any, Any, object]]
NO_PREVIEW = {"is_disabled": True}
TOKEN_PAUSE = 30.0
_SHARE_KEYS = {
    Ask.CONTACT: ("tombol.bagikan_nomor", "request_contact"),
    Ask.LOCATION: ("tombol.bagikan_lokasi", "request_location"),
}


class TelegramChannel:
    """Sends replies, ends the waiting of pressed buttons, takes old keyboards away."""

    prefix = PREFIX

    def __init__(self, bot: RawBot, texts: Texts) -> None:
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
        call = self._bot.call
        if "answer" in payload:
            return [partial(call, "answerCallbackQuery", callback_query_id=payload["answer"])]
        if "strip" in payload:
            message = payload["strip"]
            return [partial(call, "editMessageReplyMarkup", chat_id=chat, message_id=message)]
        reply = Reply.from_json(payload)
        *before, last = split(reply.text)
        calls = [self._message(chat, text, None) for text in before]
        calls.append(self._message(chat, last, self._markup(chat, reply)))
        if reply.ask and reply.buttons:
            words = self._texts.html("umum.bagikan")
            calls.append(self._message(chat, words, self._share(reply.ask)))
        return calls

    def _message(self, chat: int, text: str, markup: Markup | None) -> Call:
        return partial(
            self._bot.call,
            "sendMessage",
            chat_id=chat,
            text=text,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=markup,
        )

    def _markup(self, chat: int, reply: Reply) -> Markup | None:
        if reply.buttons:
            rows = [
                [{"text": button.label, "callback_data": button.data} for button in row]
                for row in reply.buttons
            ]
            return {"inline_keyboard": rows}
        if reply.ask:
            return self._share(reply.ask)
        # A share key that was not used would stay for ever.
        return {"remove_keyboard": True} if chat > 0 else None

    def _share(self, ask: Ask) -> Markup:
        """A key that shares a number or a place; it goes when it was pressed."""
        label, asks = _SHARE_KEYS[ask]
        key = {"text": self._texts.plain(label), asks: True}
        return {"keyboard": [[key]], "one_time_keyboard": True, "resize_keyboard": True}


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
