"""What people see of the bot's calls: messages, buttons that change, what disappears."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from tests.support.telegram import strict
from tests.support.telegram.world import Sent, World

Params = dict[str, Any]
ACTIONS = frozenset({"typing", "upload_photo", "upload_document"})
STEEPEST, WIDEST = 90.0, 180.0
"""Degrees of latitude and longitude."""
LONGEST_AGO = timedelta(hours=48)
"""Until when a message can be deleted."""


class Refusal(Exception):  # noqa: N818  an answer, not a mistake of the bot
    """What Telegram answers without anybody having called it wrongly."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text


class Screen:
    """The methods of the Bot API that change what is seen in a chat."""

    def __init__(self, world: World) -> None:
        self._world = world

    def methods(self) -> Mapping[str, Callable[[Params], Awaitable[Any]]]:
        """By name."""
        return {
            "sendMessage": self._send_message,
            "sendPhoto": lambda params: self._send_file(params, "photo"),
            "sendDocument": lambda params: self._send_file(params, "document"),
            "sendLocation": self._send_location,
            "answerCallbackQuery": self._answer,
            "editMessageReplyMarkup": self._edit_markup,
            "deleteMessage": self._delete,
            "sendChatAction": self._chat_action,
            "getFile": self._get_file,
        }

    async def _send_message(self, params: Params) -> Any:
        seen = strict.visible_text(params["text"], params.get("parse_mode"))
        return await self._show(params, seen.strip(), params["text"])

    async def _send_file(self, params: Params, field: str) -> Any:
        caption, photo = params.get("caption", ""), field == "photo"
        seen = strict.visible_caption(caption, params.get("parse_mode"))
        file = strict.read_upload(params[field], photo=photo)
        if photo and not strict.can_be_shown(file[1]):
            raise Refusal(400, "PHOTO_INVALID_DIMENSIONS")
        return await self._show(params, seen, caption, file=file, photo=photo)

    async def _send_location(self, params: Params) -> Any:
        place = float(params["latitude"]), float(params["longitude"])
        if abs(place[0]) > STEEPEST or abs(place[1]) > WIDEST:
            raise strict.BadRequest("wrong latitude or longitude")
        return await self._show(params, "", "", place=place)

    async def _show(self, params: Params, seen: str, html: str, **more: Any) -> Any:
        chat = self._world.chat(int(params["chat_id"]))
        if not chat.open:
            raise Refusal(403, "bot can't initiate conversation with a user")
        if chat.blocked:
            raise Refusal(403, "bot was blocked by the user")
        markup = strict.read_markup(params.get("reply_markup"), private=chat.is_private)
        if "keyboard" in markup or "remove_keyboard" in markup:
            chat.keys = markup.get("keyboard", [])
        sent = Sent(
            self._world.next_message(),
            chat.id,
            seen,
            html,
            markup.get("inline_keyboard", []),
            markup.get("keyboard", []),
            asyncio.get_running_loop().time(),
            self._world.clock(),
            **more,
        )
        await self._world.show(sent)
        return {"message_id": sent.id, "date": 0, "chat": chat.as_json(), "text": sent.text}

    async def _answer(self, params: Params) -> Any:
        query = self._world.queries.get(params["callback_query_id"])
        if query is None:
            raise strict.BadRequest("query is too old or its id is invalid")
        if strict.utf16(params.get("text", "")) > strict.MAX_ANSWER:
            raise strict.BadRequest("MESSAGE_TOO_LONG")
        query.answers += 1
        await self._world.note()
        return True

    async def _edit_markup(self, params: Params) -> Any:
        chat = self._world.chat(int(params["chat_id"]))
        message = next((m for m in chat.messages if m.id == _message_number(params)), None)
        if message is None:
            raise Refusal(400, "message to edit not found")
        markup = strict.read_markup(params.get("reply_markup"), private=chat.is_private)
        buttons = markup.get("inline_keyboard", [])
        if buttons == message.buttons:
            raise Refusal(400, "message is not modified")
        message.buttons = buttons
        await self._world.note()
        return True

    async def _get_file(self, params: Params) -> Any:
        content = self._world.files.get(params["file_id"])
        if content is None:
            raise strict.BadRequest("invalid file_id")
        if len(content) > 20 * 1024 * 1024:
            raise Refusal(400, "file is too big")
        name = dict.fromkeys(("file_id", "file_unique_id", "file_path"), params["file_id"])
        return name | {"file_size": len(content)}

    async def _delete(self, params: Params) -> Any:
        """Take a message away, one's own or, in a private chat, what somebody wrote."""
        chat, number = self._world.chat(int(params["chat_id"])), _message_number(params)
        sent_at = chat.written_at.get(number) if chat.is_private else None
        own = next((message for message in chat.messages if message.id == number), None)
        at = sent_at if own is None else own.at
        if at is None or number in chat.deleted:
            raise Refusal(400, "message to delete not found")
        if self._world.clock() - at > LONGEST_AGO:
            raise Refusal(400, "message can't be deleted")
        chat.deleted.add(number)
        await self._world.note()
        return True

    async def _chat_action(self, params: Params) -> Any:
        if params["action"] not in ACTIONS:
            raise strict.BadRequest("wrong parameter action in request")
        chat = self._world.chat(int(params["chat_id"]))
        if not chat.open or chat.blocked:
            raise Refusal(403, "bot was blocked by the user")
        chat.actions.append(params["action"])
        await self._world.note()
        return True


def _message_number(params: Params) -> int:
    """Telegram refuses what is no number; an update that it never sends may have had one."""
    if not params["message_id"].isdecimal():
        raise Refusal(400, "message identifier is not specified")
    return int(params["message_id"])
