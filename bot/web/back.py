"""The code to come back, and the end on a computer that others use next."""

import math
import secrets
from datetime import timedelta

from aiohttp import web

from actions.casework import login_limits, web_chats
from actions.domain.codes import read_return_code
from actions.storage.engine import reading
from bot.http import forms
from bot.http.client import address_of
from bot.web import door
from bot.web.render import page
from bot.web.room import PATH, Room, Visitor

LONGEST_CODE = 60
SECOND = timedelta(seconds=1)


async def offer_code(room: Room, request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """What a code is for, and the button that makes one."""
    return await _about_code(room, visitor)


async def make_code(room: Room, request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Make a code and show it, this once."""
    if visitor.chat is None:
        return _home()
    async with room.deps.sessions.begin() as session:
        now = room.deps.clock()
        code = await web_chats.new_code(session, visitor.chat, now, room.deps.random)
    return await _about_code(room, visitor, code)


async def _about_code(room: Room, visitor: Visitor, code: str = "") -> web.Response:
    if visitor.chat is None:
        return _home()
    async with reading(room.deps.sessions) as session:
        chat = await web_chats.of_chat(session, visitor.chat)
    before = chat is not None and chat.code is not None
    return page(room, "kode.html", csrf=visitor.csrf, code=code, before=before)


async def ask_code(room: Room, request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """The form for whoever has a code."""
    return _ask(room, request, visitor)


def _ask(
    room: Room, request: web.Request, visitor: Visitor, *, status: int = 200, said: str = ""
) -> web.Response:
    shared = request.query.get("bersama") == "1"
    begun = visitor.chat is not None
    context = {"csrf": visitor.csrf, "said": said, "shared": shared, "begun": begun}
    return page(room, "kembali.html", status=status, **context)


async def come_back(room: Room, request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Open the chat of a code here. Every wrong one counts, so that none can be guessed."""
    sent, now = await forms.read_form(request), room.deps.clock()
    lanes = login_limits.by_return_code(address_of(request))
    code = read_return_code(forms.words(sent, "kode", longest=LONGEST_CODE))
    shared, token = bool(forms.words(sent, "bersama", longest=9)), secrets.token_urlsafe(32)
    async with room.deps.sessions.begin() as session:
        if wait := await login_limits.pause(session, lanes, now):
            said = room.word("salah.kode_tunggu", detik=math.ceil(wait / SECOND))
            return _ask(room, request, visitor, status=429, said=said)
        chat = await web_chats.chat_of_code(session, code, now) if code else None
        if chat is None:
            await login_limits.count_failure(session, lanes, now)
        else:
            await web_chats.leave(session, visitor.token, now)
            await web_chats.begin(session, token, now, shared=shared, chat=chat)
    if chat is None:
        key = "salah.kode" if code else "salah.kode_bentuk"
        return _ask(room, request, visitor, status=403, said=room.word(key))
    response = _home()
    (door.OPEN if shared else door.KEPT_OPEN).keep(request, response, token)
    return response


async def ask_to_leave(room: Room, request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Say what is lost without a code, before it is lost."""
    if visitor.chat is None:
        return _home()
    async with reading(room.deps.sessions) as session:
        chat = await web_chats.of_chat(session, visitor.chat)
    coded = chat is not None and chat.code is not None
    return page(room, "selesai.html", csrf=visitor.csrf, coded=coded)


async def leave(room: Room, request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Take the chat off this browser."""
    async with room.deps.sessions.begin() as session:
        chat = await web_chats.leave(session, visitor.token, room.deps.clock())
    if chat is not None:
        room.listeners.wake(chat)
    shared = visitor.login is not None and visitor.login.shared
    response = _home(f"?keluar=1{'&bersama=1' if shared else ''}")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    door.OPEN.drop(request, response)
    return response


def _home(query: str = "") -> web.Response:
    return web.Response(status=303, headers={"Location": f"{PATH}{query}"})
