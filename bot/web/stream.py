"""The stream of new lines to an open page."""

import asyncio
import contextlib
from datetime import timedelta

from aiohttp import web
from aiohttp_sse import EventSourceResponse, sse_response

from actions.casework import web_chats, web_lines
from actions.storage.engine import reading
from actions.storage.tables import WebSession
from bot.http import forms
from bot.http.security import HEADERS
from bot.web import views
from bot.web.render import fragment
from bot.web.room import Room, Visitor

LINES, ERASED, OVER = "baris", "hapus", "selesai"
LASTS = timedelta(minutes=10)
"""After that the browser comes again, and is asked anew who it is."""
SHARED_LOOK = 30.0
"""How often the page on a shared computer asks whether its time is over."""
PING = 25
QUIET = {"X-Content-Type-Options": HEADERS["X-Content-Type-Options"]}
"""What a stream needs of the headers: it is no page."""


async def stream(room: Room, request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Send each line when it is there; a browser without a chat is told not to ask again."""
    if visitor.login is None:
        return web.Response(status=204)
    told = request.headers.get("Last-Event-ID") or request.query.get("sejak", "")
    feed = Feed(room, visitor.token, visitor.login, forms.number(told, 0, most=10**15))
    async with sse_response(request, headers=QUIET, ping_interval=PING) as response:
        # Its end, or that of a page that was closed meanwhile.
        with contextlib.suppress(TimeoutError, ConnectionResetError):
            async with asyncio.timeout(LASTS.total_seconds()):
                await feed.run(response)
    await feed.note_seen()
    return response


class Feed:
    """What one page has got so far."""

    def __init__(self, room: Room, token: str, login: WebSession, last: int) -> None:
        self._room, self._token, self._login = room, token, login
        self._last = self._begun_at = last
        self._first = 0

    async def run(self, response: EventSourceResponse) -> None:
        """Send until the session or the server ends."""
        chat, listeners = self._login.chat, self._room.listeners
        with listeners.listening(chat) as event:
            while response.is_connected() and not listeners.is_over:
                event.clear()
                if not await self._send(response):
                    return
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(SHARED_LOOK if self._login.shared else None):
                        await event.wait()

    async def _send(self, response: EventSourceResponse) -> bool:
        """Send what is new; false when this browser has the chat no more."""
        chat, now = self._login.chat, self._room.deps.clock()
        async with reading(self._room.deps.sessions) as session:
            rows = await web_lines.after(session, chat, self._last)
            first = await web_lines.oldest_id(session, chat)
            alive = await web_chats.of_token(session, self._token, now)
        if alive is None or alive.chat != chat:
            await response.send("", event=OVER)
            return False
        if self._first and first > self._first:
            await response.send(str(first), event=ERASED)
        self._first = first
        for row in rows:
            text = fragment(self._room, [views.line(self._room, row)])
            await response.send(text, event=LINES, id=str(row.id))
            self._last = row.id
        return True

    async def note_seen(self) -> None:
        """What was sent is not news at the next visit."""
        if self._last > self._begun_at:
            room = self._room
            async with room.deps.sessions.begin() as session:
                await web_chats.saw(session, self._login.chat, self._last, room.deps.clock())
