"""Files that came with a line of the chat, and the static ones."""

import asyncio
import logging
from pathlib import PurePath

from aiohttp import web

from actions.casework import web_lines
from actions.domain.messages import HandOver
from actions.storage.engine import reading
from actions.storage.file_sealing import DamagedFileError
from actions.storage.files import MIME
from actions.storage.vault import WrongKeyError
from bot.dependencies import describe_error
from bot.hand_over_picture import draw
from bot.http.security import KEPT, PRIVATE
from bot.web import render
from bot.web.room import Room, Visitor

log = logging.getLogger(__name__)

INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""What a file may do where it is opened: nothing."""
SEEN = {".jpg", ".html"}
"""Anything else is handed over as a file: browsers show no PDF in a sandbox."""
UNKNOWN = "application/octet-stream"


async def send(room: Room, request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """The file of a line of the chat that is open here."""
    if visitor.chat is None:
        raise web.HTTPNotFound
    number = int(request.match_info["id"])
    async with reading(room.deps.sessions) as session:
        line = await web_lines.of_chat(session, visitor.chat, number)
    reply = web_lines.reply_of(line) if line else None
    if reply is not None and reply.hand_over is not None:
        return await _receipt(reply.hand_over)
    name = web_lines.file_of(line) if line else None
    if name is None:
        raise web.HTTPNotFound
    suffix = PurePath(name).suffix
    way = "inline" if suffix in SEEN else "attachment"
    headers = {
        "Content-Type": MIME.get(suffix, UNKNOWN),
        "Content-Disposition": f'{way}; filename="balai-{number}{suffix}"',
        "Content-Security-Policy": INERT,
    }
    return web.Response(body=await _content(room, name), headers=headers)


async def _receipt(receipt: HandOver) -> web.Response:
    """The receipt for whom a case is, without a QR code: nothing here opens a chat by itself."""
    body = await asyncio.to_thread(draw, receipt, "")
    headers = {"Content-Security-Policy": INERT, "Cache-Control": PRIVATE}
    return web.Response(body=body, content_type="image/png", headers=headers)


async def _content(room: Room, name: str) -> bytes:
    try:
        return await asyncio.to_thread(lambda: b"".join(room.deps.files.content(name)))
    except FileNotFoundError:
        raise web.HTTPNotFound from None
    except (DamagedFileError, WrongKeyError) as error:
        log.error("a file cannot be opened", extra={"failure": describe_error(error)})
        raise web.HTTPNotFound from None


async def static(room: Room, request: web.Request, visitor: Visitor) -> web.StreamResponse:
    """A sheet, a script or the icon; kept for ever under the address that the page names."""
    name = request.match_info["nama"]
    try:
        body = render.content(name)
    except FileNotFoundError:
        raise web.HTTPNotFound from None
    named = render.asset(name).endswith(f"?{request.query_string}")
    response = web.Response(
        body=body,
        content_type=render.TYPES[PurePath(name).suffix],
        charset="utf-8",
        headers={"Cache-Control": KEPT if named else PRIVATE},
    )
    response.enable_compression()
    return response
