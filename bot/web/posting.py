"""Takes what a page sends: stored before it is acknowledged, as from any channel."""

import asyncio
import contextlib
import math
from datetime import datetime, timedelta

from aiohttp import web

from actions.casework import login_limits, web_chats, web_lines
from actions.casework.inbox import Received
from actions.domain.text import LONGEST
from actions.storage.engine import reading
from actions.storage.tables import WebSession
from bot.http import forms
from bot.http.client import address_of
from bot.inbox_worker import NotStoredError
from bot.web import door, views
from bot.web.intake import NotTakenError, content_of, file_of, nonce_of
from bot.web.render import fragment, wants_fragments
from bot.web.room import PATH, Room, Visitor
from bot.web.showing import chat_page

ANSWERED_WITHIN = 8.0
"""Seconds that a page without script waits for its answer; after that it asks again itself."""
LOOKS_EVERY = 0.1
SECOND = timedelta(seconds=1)


async def send(room: Room, request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """Store it, and answer: a script with nothing, which listens; else with the page."""
    sent = await forms.read_form(request)
    try:
        login = await _store(room, request, visitor, sent)
    except NotTakenError as error:
        return await _not_taken(room, request, visitor, error)
    response = await _answer(room, request, login.chat, sent)
    if visitor.login is None:
        cookie = door.OPEN if login.shared else door.KEPT_OPEN
        cookie.keep(request, response, visitor.token)
    return response


async def _store(
    room: Room, request: web.Request, visitor: Visitor, sent: forms.Sent
) -> WebSession:
    raw = forms.uploads(sent).get("berkas", b"")
    payload = await content_of(room, visitor, sent, raw)
    now = room.deps.clock()
    login = visitor.login or await _begin(room, request, visitor, sent, now)
    if raw:
        payload |= await file_of(room, raw)
    whole = not wants_fragments(request)
    payload |= {"nonce": nonce_of(sent), "at": now.isoformat(), "whole": whole}
    number = room.numbers.next(int(now.timestamp() * 1_000_000))
    try:
        await room.worker.receive([Received(number, login.chat, payload)])
    except NotStoredError:
        raise NotTakenError("simpan", 503) from None
    return login


async def _begin(
    room: Room, request: web.Request, visitor: Visitor, sent: forms.Sent, now: datetime
) -> WebSession:
    """Open a chat for a browser that has none, unless too many come from its address."""
    lanes = login_limits.by_new_chat(address_of(request))
    async with room.deps.sessions.begin() as session:
        if wait := await login_limits.pause(session, lanes, now):
            raise NotTakenError("ramai", 429, detik=math.ceil(wait / SECOND))
        await login_limits.count_failure(session, lanes, now)
        shared = bool(forms.words(sent, "bersama", longest=9))
        return await web_chats.begin(session, visitor.token, now, shared=shared)


async def _answer(
    room: Room, request: web.Request, chat: str, sent: forms.Sent
) -> web.StreamResponse:
    if not wants_fragments(request):
        await _settled(room, chat)
        return web.Response(status=303, headers={"Location": f"{PATH}#akhir"})
    since = forms.words(sent, "sejak", longest=16)
    if not since:
        return web.Response(status=204)
    await _settled(room, chat)
    async with reading(room.deps.sessions) as session:
        rows = await web_lines.after(session, chat, forms.number(since, 0, most=10**15))
    lines = [views.line(room, row) for row in rows]
    return web.Response(text=fragment(room, lines), content_type="text/html")


async def _settled(room: Room, chat: str) -> None:
    """Wait until the answer can be shown, or has taken too long."""
    with contextlib.suppress(TimeoutError), room.listeners.listening(chat) as shown:
        async with asyncio.timeout(ANSWERED_WITHIN):
            while not await _is_settled(room, chat):
                shown.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(shown.wait(), LOOKS_EVERY)


async def _is_settled(room: Room, chat: str) -> bool:
    async with reading(room.deps.sessions) as session:
        return await web_lines.is_settled(session, chat)


async def _not_taken(
    room: Room, request: web.Request, visitor: Visitor, error: NotTakenError
) -> web.Response:
    """Say why, and give back what was typed."""
    said = room.word(f"salah.{error.key}", **error.params)
    if wants_fragments(request):
        return web.Response(status=error.status, text=said)
    typed = forms.words(await forms.read_form(request), "teks", longest=LONGEST)
    return await chat_page(room, request, visitor, status=error.status, said=said, typed=typed)
