"""A citizen's file, for whoever may see its case. It is seen in the page and can do nothing."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import PurePath

from aiohttp import web

from actions.casework import audit_log, line_files, queues
from actions.casework.audit_log import Look
from actions.storage.file_sealing import DamagedFileError
from actions.storage.files import MIME
from actions.storage.tables import Case
from actions.storage.vault import WrongKeyError
from bot.console.context import Console, console_of, staff_of
from bot.console.pages.case import find_case
from bot.dependencies import describe_error

log = logging.getLogger(__name__)

UNKNOWN = "application/octet-stream"


PICTURE, DOCUMENT, SOUND = "image/jpeg", "application/pdf", "audio/ogg"
ENDINGS = {PICTURE: ".jpg", DOCUMENT: ".pdf", SOUND: ".ogg"}
INERT = "default-src 'none'; sandbox"
"""What a file may do where it is opened: nothing."""
SHOWN = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""The same for a document in a frame of our page; browsers show none in a sandbox."""
MOMENT = timedelta(minutes=1)
"""Pictures of one look at the page are one line of the audit log."""


async def send(request: web.Request) -> web.StreamResponse:
    """The file, to be seen, or with `unduh=1` to be kept; written to the audit log."""
    console, staff = console_of(request), staff_of(request)
    async with console.writing() as session:
        case = await find_case(request, session)
        file = await queues.attachment(session, case, int(request.match_info["berkas"]))
        if file is None:
            raise web.HTTPNotFound
        now = console.clock()
        if not await audit_log.looked_since(session, case, staff, Look.FILE, now - MOMENT):
            audit_log.saw_case(session, staff, case, Look.FILE, now)
    stem = f"{case.code}-{file.field}-{file.id}"
    return await stream(request, file.name, file.mime, stem, size=file.size)


async def send_of_line(request: web.Request) -> web.StreamResponse:
    """The file that came with a line of a chat, for whoever may read that line."""
    console, staff, now = console_of(request), staff_of(request), console_of(request).clock()
    number = int(request.match_info["id"])
    async with console.writing() as session:
        found = await line_files.find(session, console.reference, staff, number, now)
        if found is None:
            raise web.HTTPNotFound
        if isinstance(found.by, Case):
            audit_log.saw_case(session, staff, found.by, Look.FILE, now)
        else:
            audit_log.saw_escalation(session, staff, found.by, now)
    mime = MIME.get(PurePath(found.name).suffix, UNKNOWN)
    return await stream(request, found.name, mime, f"percakapan-{number}")


async def stream(
    request: web.Request, name: str, mime: str, stem: str, *, size: int | None = None
) -> web.StreamResponse:
    """A stored file, piece by piece; of a voice a part, where the player asks for one."""
    headers = _headers(mime, stem, kept=request.query.get("unduh") == "1")
    pieces = _pieces(console_of(request), name)
    first = await _first(pieces)
    if mime == SOUND:
        whole = first + b"".join([piece async for piece in pieces])
        return _part(request, whole, headers)
    response = web.StreamResponse()
    response.content_length = size
    response.headers.update(headers)
    await response.prepare(request)
    await response.write(first)
    async for piece in pieces:
        await response.write(piece)
    return response


def _part(request: web.Request, whole: bytes, headers: dict[str, str]) -> web.Response:
    """The bytes that a player asks for: it reads the end first, and jumps (RFC 9110, 14.2).

    Who asks for several parts, or in words that nobody knows, gets the whole.
    """
    headers = headers | {"Accept-Ranges": "bytes"}
    try:
        asked = request.http_range
    except ValueError:
        asked = slice(None)
    if asked.start is None and asked.stop is None:
        return web.Response(body=whole, headers=headers)
    start, stop, _ = asked.indices(len(whole))
    if start >= stop:
        headers |= {"Content-Range": f"bytes */{len(whole)}"}
        return web.Response(status=416, headers=headers)
    headers |= {"Content-Range": f"bytes {start}-{stop - 1}/{len(whole)}"}
    return web.Response(status=206, body=whole[start:stop], headers=headers)


def _headers(mime: str, stem: str, *, kept: bool) -> dict[str, str]:
    """Only what we know how to show is shown; the rest is plain bytes to be kept."""
    kept = kept or mime not in ENDINGS
    framed = mime == DOCUMENT and not kept
    way = "attachment" if kept else "inline"
    headers = {
        "Content-Type": mime if mime in ENDINGS else UNKNOWN,
        "Content-Disposition": f'{way}; filename="{_name(stem, mime)}"',
        "Content-Security-Policy": SHOWN if framed else INERT,
    }
    return headers | ({"X-Frame-Options": "SAMEORIGIN"} if framed else {})


async def _pieces(console: Console, name: str) -> AsyncIterator[bytes]:
    content = console.deps.files.content(name)
    while piece := await asyncio.to_thread(next, content, b""):
        yield piece


async def _first(pieces: AsyncIterator[bytes]) -> bytes:
    """Raises 404 where the file is gone, cannot be opened, or was never stored by us."""
    try:
        return await anext(pieces, b"")
    except (FileNotFoundError, ValueError):
        raise web.HTTPNotFound from None
    except (DamagedFileError, WrongKeyError) as error:
        log.error("a file cannot be opened", extra={"failure": describe_error(error)})
        raise web.HTTPNotFound from None


def _name(stem: str, mime: str) -> str:
    """A name that says what it is: the case's code and the question's key, or which line."""
    return re.sub(r"[^\w-]", "", stem, flags=re.ASCII) + ENDINGS.get(mime, "")
