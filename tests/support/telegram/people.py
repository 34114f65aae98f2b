"""People at the other end: they can do what Telegram's apps let people do, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from tests.support.telegram.api import BotApi
from tests.support.telegram.world import Chat, Sent, Update

Settle = Callable[[], Awaitable[None]]


class Person:
    """Somebody in a chat with the bot. After each act `settle` waits until the bot is done.

    `news` are the messages since the last act, `written` is what was written or changed last.
    """

    def __init__(
        self, api: BotApi, user: int, settle: Settle | None = None, *, chat: int | None = None
    ) -> None:
        self._api = api
        self._settle = settle
        self._seen = 0
        self.user = user
        self.chat: Chat = api.world.chat(chat or user)
        self.last: Update | None = None
        self.written: dict[str, Any] = {}

    @property
    def news(self) -> list[Sent]:
        """What the bot wrote since the last act."""
        return self.chat.messages[self._seen :]

    @property
    def says(self) -> str:
        """The words of the news."""
        return "\n".join(message.text for message in self.news)

    async def writes(self, text: str) -> list[Sent]:
        """Type a message."""
        content: dict[str, Any] = {"text": text}
        if text.startswith("/"):
            long = len(text.split(maxsplit=1)[0])
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": long}]
        if named := re.search(r"(?<!\S)@\w+", text):
            where = {"offset": named.start(), "length": len(named[0])}
            content.setdefault("entities", []).append({"type": "mention"} | where)
        return await self._message(content)

    async def adds_the_bot(self) -> list[Sent]:
        """Take the bot into the group."""
        await self._membership("left", "member")
        return self.news

    async def taps(self, label: str) -> list[Sent]:
        """Press the newest button with this label."""
        for message in reversed(self.chat.messages):
            if label in message.labels:
                return await self._press(message, message.data(label))
        labels = [label for message in self.chat.messages for label in message.labels]
        raise AssertionError(f"no button {label!r}, there are {labels}")

    async def presses(self, message: Sent, label: str) -> list[Sent]:
        """Press a button of a message further up.

        A telephone that was away still shows the buttons that a message came with.
        """
        return await self._press(message, message.data(label))

    async def _press(self, message: Sent, data: str) -> list[Sent]:
        query = self._api.world.new_query()
        shown = {
            "message_id": message.id,
            "date": self._now(),
            "chat": self.chat.as_json(),
            "text": message.text,
            "reply_markup": {"inline_keyboard": message.buttons},
        }
        content = {
            "id": query.id,
            "from": self._from(),
            "message": shown,
            "data": data,
            "chat_instance": str(self.chat.id),
        }
        return await self._act("callback_query", content)

    async def sends_photo(
        self, content: bytes, caption: str | None = None, *, album: str | None = None
    ) -> list[Sent]:
        """Send a picture, perhaps as one of an album; Telegram makes a small one beside it."""
        sizes = [
            {
                "file_id": self._api.world.keep_file(content),
                "file_unique_id": f"u{side}",
                "width": side,
                "height": side,
                "file_size": len(content),
            }
            for side in (90, 1280)
        ]
        grouped = {"media_group_id": album} if album else {}
        return await self._message({"photo": sizes} | grouped | _caption(caption))

    async def sends_document(
        self, content: bytes, name: str, mime: str, caption: str | None = None
    ) -> list[Sent]:
        """Send a file as it is."""
        file_id = self._api.world.keep_file(content)
        document = {
            "file_id": file_id,
            "file_unique_id": file_id,
            "file_name": name,
            "mime_type": mime,
            "file_size": len(content),
        }
        return await self._message({"document": document} | _caption(caption))

    async def sends_location(self, latitude: float, longitude: float) -> list[Sent]:
        """Share a place on the map."""
        return await self._message({"location": {"latitude": latitude, "longitude": longitude}})

    async def shares_contact(self, phone: str, *, own: bool = True) -> list[Sent]:
        """Share a phone number, one's own or somebody else's."""
        contact = {
            "phone_number": phone,
            "first_name": "Warga",
            "user_id": self.user if own else self.user + 1,
        }
        return await self._message({"contact": contact})

    async def sends_sticker(self) -> list[Sent]:
        """Send a sticker."""
        sticker = {
            "file_id": "s",
            "file_unique_id": "s",
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
        }
        return await self._message({"sticker": sticker})

    async def sends_voice(self, content: bytes = b"", seconds: int = 3) -> list[Sent]:
        """Send a voice message."""
        file_id = self._api.world.keep_file(content)
        return await self._message(
            {
                "voice": {
                    "file_id": file_id,
                    "file_unique_id": file_id,
                    "duration": seconds,
                    "mime_type": "audio/ogg",
                    "file_size": len(content),
                }
            }
        )

    async def sends_video(self, caption: str | None = None) -> list[Sent]:
        """Send a video."""
        video = {
            "file_id": "w",
            "file_unique_id": "w",
            "width": 640,
            "height": 360,
            "duration": 9,
        }
        return await self._message({"video": video} | _caption(caption))

    async def hears(self, **service: Any) -> list[Sent]:
        """Telegram tells the chat something by a service message."""
        return await self._message(service)

    async def forwards(self, text: str, *, of: int = 77) -> list[Sent]:
        """Pass on what somebody else wrote."""
        author = {"id": of, "is_bot": False, "first_name": "Tetangga"}
        origin = {"type": "user", "date": self._now(), "sender_user": author}
        return await self._message({"text": text, "forward_origin": origin})

    async def edits(self, text: str, message: dict[str, Any] | None = None) -> list[Sent]:
        """Change the last message, or one further up."""
        self.written = {**(message or self.written), "text": text, "edit_date": self._now()}
        return await self._act("edited_message", self.written)

    async def blocks(self) -> None:
        """Block the bot."""
        await self._membership("member", "kicked")

    async def unblocks(self) -> None:
        """Take the block back."""
        await self._membership("kicked", "member")

    async def _membership(self, old: str, new: str) -> None:
        self.chat.blocked = new == "kicked"
        bot = {"id": 4711, "is_bot": True, "first_name": "Balai", "username": "balai_bot"}
        change = {"chat": self.chat.as_json(), "from": self._from(), "date": self._now()}
        change |= {"old_chat_member": _member(old, bot), "new_chat_member": _member(new, bot)}
        await self._act("my_chat_member", change)

    async def again(self) -> list[Sent]:
        """Telegram delivers the last update a second time."""
        assert self.last is not None
        self._seen = len(self.chat.messages)
        await self._api.world.repeat(self.last)
        return await self._settled()

    async def _message(self, content: dict[str, Any]) -> list[Sent]:
        number = self._api.world.next_message()
        message = {
            "message_id": number,
            "date": self._now(),
            "chat": self.chat.as_json(),
            "from": self._from(),
        }
        self.chat.written_at[number] = self._api.world.clock()
        self.written = message | content
        return await self._act("message", self.written)

    async def _act(self, kind: str, content: dict[str, Any]) -> list[Sent]:
        self._seen = len(self.chat.messages)
        self.chat.open = True
        self.last = await self._api.world.happen(kind, content)
        return await self._settled()

    async def _settled(self) -> list[Sent]:
        if self._settle is not None:
            await self._settle()
        return self.news

    def _from(self) -> dict[str, Any]:
        return {"id": self.user, "is_bot": False, "first_name": f"Warga {self.user}"}

    def _now(self) -> int:
        return int(self._api.world.clock().timestamp())


def _caption(caption: str | None) -> dict[str, Any]:
    return {} if caption is None else {"caption": caption}


def _member(status: str, user: dict[str, Any]) -> dict[str, Any]:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"status": status, "user": user} | until
