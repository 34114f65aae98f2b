"""The calls that leave for Telegram: with the bytes of a file, to where a group is now."""

import asyncio
import logging
from typing import Any

from telegram import InputFile

from actions.casework import chats
from actions.domain.messages import HandOver, OutgoingFile
from actions.storage.engine import reading
from bot.channels import RefusedError
from bot.dependencies import Dependencies
from bot.telegram import outbound
from bot.telegram.inbound import PREFIX, RawBot

log = logging.getLogger(__name__)

UPLOADS_AT_ONCE = 4
"""So few that what is being sent fits into memory."""


class Post:
    """Makes the calls of the outbox on one bot, and remembers which groups have moved."""

    def __init__(self, deps: Dependencies, bot: RawBot) -> None:
        self._bot, self._files = bot, deps.files
        self._sessions, self._clock = deps.sessions, deps.clock
        self._uploads = asyncio.Semaphore(UPLOADS_AT_ONCE)
        self._moved: dict[str, str] = {}

    async def learn_moves(self) -> None:
        """Read which groups have become another chat."""
        async with reading(self._sessions) as session:
            self._moved = await chats.moved(session)

    async def call(self, chat: str, method: str, params: dict[str, Any]) -> None:
        """Make one call, with the bytes of the file that it names."""
        file = params.get(outbound.FILE)
        if file is None:
            await self._follow_through(chat, method, params)
            return
        async with self._uploads:
            content = await self._content(file)
            rest = {name: value for name, value in params.items() if name != outbound.FILE}
            await self._send_file(chat, method, rest, content)

    async def _content(self, file: OutgoingFile | HandOver) -> InputFile:
        if isinstance(file, HandOver):
            return await outbound.drawn(file, self._bot.username)
        return await outbound.upload(self._files, file)

    async def _send_file(
        self, chat: str, method: str, rest: dict[str, Any], content: InputFile
    ) -> None:
        """A picture that Telegram will not show, say a very long one, goes as a document."""
        try:
            await self._follow_through(chat, method, rest | {outbound.FIELDS[method]: content})
        except RefusedError:
            if method != outbound.PHOTO:
                raise
            method = outbound.DOCUMENT
            await self._follow_through(chat, method, rest | {outbound.FIELDS[method]: content})

    async def _follow_through(self, chat: str, method: str, params: dict[str, Any]) -> None:
        """Make one call, and follow a group that has moved."""
        try:
            await outbound.call(self._bot, method, self._addressed(chat, params))
        except outbound.GroupMovedError as error:
            await self._follow(chat, error.new)
            await outbound.call(self._bot, method, self._addressed(chat, params))

    def _addressed(self, chat: str, params: dict[str, Any]) -> dict[str, Any]:
        here = {"chat_id": outbound.chat_id(self._now_at(chat))}
        return params | here if "chat_id" in params else params

    def _now_at(self, chat: str) -> str:
        """Where a chat is now; a group may have moved more than once."""
        for _ in range(len(self._moved)):
            chat = self._moved.get(chat, chat)
        return chat

    async def _follow(self, chat: str, new: int) -> None:
        """Remember where a group is now, also for the next start."""
        log.warning("group moved, change STAFF_GROUP when convenient", extra={"new": new})
        was, now_at = self._now_at(chat), f"{PREFIX}{new}"
        self._moved[was] = now_at
        async with self._sessions.begin() as session:
            await chats.note_move(session, was, now_at, self._clock())
