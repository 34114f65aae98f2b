"""The page of the chat."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import web_chats, web_lines
from actions.storage.engine import reading
from actions.storage.tables import WebChat, WebLine, WebSession
from bot.http import forms
from bot.web import door, views
from bot.web.render import page
from bot.web.room import Room, Visitor

AWAY = timedelta(minutes=1)
"""Whoever was gone for so long is told what is new."""
NEXT_LOOK = 4
"""Seconds after which a page without script looks again whether it is answered."""


async def show(room: Room, request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """The chat, or what one can do here."""
    response = await chat_page(room, request, visitor)
    if visitor.login is not None and not visitor.login.shared:
        door.KEPT_OPEN.keep(request, response, visitor.token)
    return response


async def nothing(room: Room, request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Addresses that lead nowhere."""
    raise web.HTTPNotFound


async def chat_page(
    room: Room,
    request: web.Request,
    visitor: Visitor,
    *,
    status: int = 200,
    said: str = "",
    typed: str = "",
) -> web.Response:
    """The page, with what is wrong and what was typed where something was not taken."""
    before = forms.number(request.query.get("sebelum", ""), 0, most=10**15) or None
    rows: Sequence[WebLine] = ()
    lines: list[views.Line] = []
    older, settled = False, True
    if visitor.login is not None:
        async with reading(room.deps.sessions) as session:
            rows, older = await web_lines.newest(session, visitor.login.chat, before)
            first_news = await _first_news(room, session, visitor.login, rows)
            unread = [] if before else await web_lines.waiting(session, visitor.login.chat)
            settled = await web_lines.is_settled(session, visitor.login.chat)
        lines = [views.line(room, row, news=row.id == first_news) for row in rows]
        lines += [views.waiting(room, payload) for payload in unread]
        await _note_seen(room, visitor.login, rows[-1].id if rows else 0)
    return page(
        room,
        "obrolan.html",
        status=status,
        csrf=visitor.csrf,
        nonce=secrets.token_urlsafe(12),
        lines=lines,
        last=rows[-1].id if rows else 0,
        older=rows[0].id if rows and older else 0,
        past=before is not None,
        shared=_is_shared(request, visitor),
        begun=visitor.login is not None,
        again_in=0 if settled else NEXT_LOOK,
        ended=request.query.get("keluar") == "1",
        said=said,
        typed=typed,
    )


def _is_shared(request: web.Request, visitor: Visitor) -> bool:
    """Whether others use this computer next: it was said, or its address says so."""
    if visitor.login is not None:
        return visitor.login.shared
    return request.query.get("bersama") == "1"


async def _first_news(
    room: Room, session: AsyncSession, login: WebSession, rows: Sequence[WebLine]
) -> int | None:
    """The first line of ours that came while nobody was there."""
    chat = await web_chats.of_chat(session, login.chat)
    if chat is None or room.deps.clock() - chat.seen_at < AWAY:
        return None
    return next((row.id for row in rows if _is_news(chat, row)), None)


def _is_news(chat: WebChat, row: WebLine) -> bool:
    return row.nonce is None and row.id > chat.seen_id


async def _note_seen(room: Room, login: WebSession, newest: int) -> None:
    now: datetime = room.deps.clock()
    async with room.deps.sessions.begin() as session:
        await web_chats.touch(session, login, now)
        await web_chats.saw(session, login.chat, newest, now)
