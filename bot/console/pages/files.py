"""A citizen's file, for whoever may see its case. It is seen in the page and can do nothing."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from datetime import timedelta

from aiohttp import web

from actions.casework import audit_log, queues
from actions.casework.audit_log import Look
from actions.storage.file_sealing import DamagedFileError
from actions.storage.tables import Attachment, Case
from actions.storage.vault import WrongKeyError
from bot.console.context import Console, console_of, staff_of
from bot.console.pages.case import find_case
from bot.dependencies import describe_error

log = logging.getLogger(__name__)

UNKNOWN = "application/octet-stream"


PICTURE, DOCUMENT = "image/jpeg", "application/pdf"
ENDINGS = {PICTURE: ".jpg", DOCUMENT: ".pdf"}
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
    response = web.StreamResponse()
    response.content_length = file.size
    response.headers.update(_headers(case, file, kept=request.query.get("unduh") == "1"))
    pieces = _pieces(console, file)
    first = await _first(pieces)
    await response.prepare(request)
    await response.write(first)
    async for piece in pieces:
        await response.write(piece)
    return response


def _headers(case: Case, file: Attachment, *, kept: bool) -> dict[str, str]:
    """Only what we know how to show is shown; the rest is plain bytes to be kept."""
    kept = kept or file.mime not in ENDINGS
    framed = file.mime == DOCUMENT and not kept
    way = "attachment" if kept else "inline"
    headers = {
        "Content-Type": file.mime if file.mime in ENDINGS else UNKNOWN,
        "Content-Disposition": f'{way}; filename="{_name(case, file)}"',
        "Content-Security-Policy": SHOWN if framed else INERT,
    }
    return headers | ({"X-Frame-Options": "SAMEORIGIN"} if framed else {})


async def _pieces(console: Console, file: Attachment) -> AsyncIterator[bytes]:
    content = console.deps.files.content(file.name)
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


def _name(case: Case, file: Attachment) -> str:
    """A name that says what it is: the case's code and the question's key."""
    stem = re.sub(r"[^\w-]", "", f"{case.code}-{file.field}-{file.id}", flags=re.ASCII)
    return stem + ENDINGS.get(file.mime, "")
