"""The way out to Telegram: what the outbox holds as calls of the Bot API."""

import asyncio
import logging
from dataclasses import asdict
from typing import Any

from telegram import InputFile
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
from actions.domain.messages import Ask, Button, FileKind, HandOver, OutgoingFile, Reply
from actions.storage.file_sealing import DamagedFileError
from actions.storage.files import Files
from actions.storage.vault import WrongKeyError
from bot.channels import BlockedError, LaterError, RefusedError
from bot.hand_over_picture import draw
from bot.telegram.inbound import PREFIX, RawBot
from bot.telegram.markup import length, split, visible

log = logging.getLogger(__name__)

Params = dict[str, Any]
NO_PREVIEW = {"is_disabled": True}
TOKEN_PAUSE = 30.0
LONGEST_CAPTION = 1024
PHOTO, DOCUMENT, VOICE = "sendPhoto", "sendDocument", "sendVoice"
PLACE = "sendLocation"
EDIT, DELETE = "editMessageReplyMarkup", "deleteMessage"
TIDYING = frozenset({EDIT, DELETE})
"""What is no loss where it cannot be done: the message is gone, or was changed already."""
UPLOADS = {FileKind.PHOTO: PHOTO, FileKind.DOCUMENT: DOCUMENT, FileKind.VOICE: VOICE}
FIELDS = {PHOTO: "photo", DOCUMENT: "document", VOICE: "voice"}
FILE = "file"
"""Which file goes with a call; its bytes take the place of this in the field of the method."""
_SHARE_KEYS = {
    Ask.CONTACT: ("tombol.bagikan_nomor", "request_contact"),
    Ask.LOCATION: ("tombol.bagikan_lokasi", "request_location"),
}


class GroupMovedError(LaterError):
    """The group has become another chat, which is to be written to instead."""

    def __init__(self, new: int) -> None:
        super().__init__(0)
        self.new = new


def chat_id(chat: str) -> int:
    """Telegram's number of a chat."""
    return int(chat.removeprefix(PREFIX))


def calls_of(texts: Texts, chat: int, payload: Params) -> list[tuple[str, Params]]:
    """The calls for one row: messages, an end to a button's waiting, a keyboard taken away."""
    if "answer" in payload:
        return [("answerCallbackQuery", {"callback_query_id": payload["answer"]})]
    if "strip" in payload:
        where = {"chat_id": chat, "message_id": payload["strip"]}
        return [(EDIT, where)]
    if "mark" in payload:
        rows = [[_button(Button(*one)) for one in row] for row in payload["rows"]]
        markup = {"reply_markup": {"inline_keyboard": rows}}
        return [(EDIT, {"chat_id": chat, "message_id": payload["mark"]} | markup)]
    if "delete" in payload:
        return [(DELETE, {"chat_id": chat, "message_id": payload["delete"]})]
    reply = Reply.from_json(payload)
    if reply.hand_over is not None:
        return _calls_with_file(texts, chat, reply, PHOTO, reply.hand_over)
    if reply.file is not None:
        return _calls_with_file(texts, chat, reply, UPLOADS[reply.file.kind], reply.file)
    calls = [("sendMessage", message) for message in _messages(texts, chat, reply)]
    if reply.place is None:
        return calls
    return [*calls, (PLACE, {"chat_id": chat} | asdict(reply.place))]


def _calls_with_file(
    texts: Texts, chat: int, reply: Reply, method: str, file: OutgoingFile | HandOver
) -> list[tuple[str, Params]]:
    """The file with its caption; what is too long for one follows as messages."""
    params: Params = {"chat_id": chat, FILE: file}
    if length(visible(reply.text)) > LONGEST_CAPTION:
        rest = _messages(texts, chat, reply)
        return [(method, params), *(("sendMessage", message) for message in rest)]
    caption = {"caption": reply.text or None, "parse_mode": ParseMode.HTML}
    return [(method, params | caption | {"reply_markup": _markup(texts, chat, reply)})]


def _messages(texts: Texts, chat: int, reply: Reply) -> list[Params]:
    *before, last = split(reply.text)
    messages = [_message(chat, text, None) for text in before]
    messages.append(_message(chat, last, _markup(texts, chat, reply)))
    if reply.ask and reply.buttons:
        messages.append(_message(chat, texts.html("umum.bagikan"), _share(texts, reply.ask)))
    return messages


def _message(chat: int, text: str, markup: Params | None) -> Params:
    return {
        "chat_id": chat,
        "text": text,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": NO_PREVIEW,
        "reply_markup": markup,
    }


def _markup(texts: Texts, chat: int, reply: Reply) -> Params | None:
    if reply.buttons:
        return {"inline_keyboard": [[_button(one) for one in row] for row in reply.buttons]}
    if reply.ask:
        return _share(texts, reply.ask)
    # A share key that was not used would stay for ever.
    return {"remove_keyboard": True} if chat > 0 else None


def _button(button: Button) -> Params:
    if button.url:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": button.data}


def _share(texts: Texts, ask: Ask) -> Params:
    """A key that shares a number or a place; it goes when it was pressed."""
    label, asks = _SHARE_KEYS[ask]
    key = {"text": texts.plain(label), asks: True}
    return {"keyboard": [[key]], "one_time_keyboard": True, "resize_keyboard": True}


async def drawn(receipt: HandOver, bot_name: str) -> InputFile:
    """The picture of a receipt, whose QR code opens the chat with this bot."""
    start = f"{receipt.code}_{receipt.pin}"
    link = f"https://t.me/{bot_name}?start={start}" if bot_name else ""
    content = await asyncio.to_thread(draw, receipt, link)
    return InputFile(content, filename=f"{receipt.code}.png")


async def upload(files: Files, file: OutgoingFile) -> InputFile:
    """The bytes of a stored file; raises RefusedError where they cannot be had any more."""
    try:
        content = await asyncio.to_thread(lambda: b"".join(files.content(file.name)))
    except (FileNotFoundError, WrongKeyError, DamagedFileError) as error:
        raise RefusedError(type(error).__name__) from None
    except OSError:
        raise LaterError from None
    return InputFile(content, filename=file.called)


async def call(bot: RawBot, method: str, params: Params) -> None:
    """Call Telegram and say in the sender's words what came of it; raises GroupMovedError."""
    try:
        await bot.call(method, **params)
    except RetryAfter as error:
        wait = error.retry_after
        raise LaterError(wait if isinstance(wait, int) else wait.total_seconds()) from None
    except Forbidden:
        raise BlockedError from None
    except ChatMigrated as error:
        raise GroupMovedError(error.new_chat_id) from None
    except InvalidToken:
        log.error("telegram does not know the token")
        raise LaterError(TOKEN_PAUSE) from None
    except BadRequest:
        if method in TIDYING:
            return
        raise RefusedError("BadRequest") from None
    except NetworkError:
        raise LaterError from None
    except TelegramError as error:
        raise RefusedError(type(error).__name__) from None
