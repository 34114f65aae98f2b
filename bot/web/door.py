"""What every page of the web chat goes through: whose browser, whose form, which headers."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta

from aiohttp import web
from aiohttp.typedefs import Handler

from actions.casework.web_chats import KEPT
from actions.storage.files import MAX_SIZE
from bot.dependencies import describe_error
from bot.http import forms
from bot.http.cookies import Cookie
from bot.http.security import CSRF_FIELD, is_same, is_same_origin, protect
from bot.web.render import page, wants_fragments
from bot.web.room import Room, Visitor

log = logging.getLogger(__name__)

HERE, STAYING = "balai_warga", int(KEPT / timedelta(seconds=1))
OPEN = Cookie(HERE)
"""Until the browser is closed: on a shared computer, and before the first message."""
KEPT_OPEN = Cookie(HERE, max_age=STAYING)
LARGEST = MAX_SIZE + 64 * 1024
"""A file with what its form brings besides."""
UPLOAD_WITHIN = 300.0
"""Seconds: at 32 kbit/s that is a megabyte."""
ALLOWED = "camera=(), geolocation=(self), microphone=()"
FAILED = 500

Act = Callable[[Room, web.Request, Visitor], Awaitable[web.StreamResponse]]


def guarded(room: Room, act: Act) -> Handler:
    """A handler for the server's table of routes."""

    async def handler(request: web.Request) -> web.StreamResponse:
        visitor = Visitor("", None)
        try:
            visitor = await room.visitor(OPEN.read(request), secrets.token_urlsafe(32))
            if request.method == "POST":
                await _check(room, request, visitor)
            response = await act(room, request, visitor)
        except web.HTTPException as refusal:
            response = _refused(room, request, refusal)
        except Exception as error:  # noqa: BLE001  (one page failed; the others go on)
            log.error("a page of the web chat failed", extra={"failure": describe_error(error)})
            response = fault(room, request, FAILED)
        if not response.prepared:
            dress(request, response)
            if visitor.is_new and OPEN.name not in _given(response):
                OPEN.keep(request, response, visitor.token)
        return response

    return handler


def dress(request: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on; places may be asked for here, by a button."""
    response.headers.setdefault("Permissions-Policy", ALLOWED)
    protect(request, response)


async def _check(room: Room, request: web.Request, visitor: Visitor) -> None:
    """Raises 403 for a form that is not ours, or not of this browser."""
    if not is_same_origin(request) or visitor.is_new:
        raise web.HTTPForbidden
    if request.content_type == forms.MULTIPART:
        await _read_upload(room, request)
    sent = await forms.read_form(request)
    if not is_same(forms.secret(sent, CSRF_FIELD), visitor.csrf):
        raise web.HTTPForbidden


async def _read_upload(room: Room, request: web.Request) -> None:
    """Few at a time, none larger than a file may be, and none that trickles for ever."""
    if request.content_length is None or request.content_length > LARGEST:
        raise web.HTTPRequestEntityTooLarge(LARGEST, request.content_length or 0)
    if room.uploads.locked():
        raise web.HTTPServiceUnavailable
    async with room.uploads:
        try:
            async with asyncio.timeout(UPLOAD_WITHIN):
                await forms.read_form_with_files(request, largest=LARGEST)
        except TimeoutError:
            raise web.HTTPRequestTimeout from None


def _refused(room: Room, request: web.Request, refusal: web.HTTPException) -> web.StreamResponse:
    return fault(room, request, refusal.status) if refusal.status >= 400 else refusal  # noqa: PLR2004


def fault(room: Room, request: web.Request, status: int) -> web.Response:
    """What went wrong, in words: a page, or the words alone for a script."""
    known = f"warga.galat.{status}" in room.reference.texts
    key = f"galat.{status}" if known else "galat.lain"
    if wants_fragments(request):
        return web.Response(status=status, text=room.word(key))
    return page(room, "galat.html", status=status, said=room.word(key))


def _given(response: web.StreamResponse) -> str:
    return " ".join(response.cookies)
