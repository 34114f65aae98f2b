"""A citizen's file, for whoever may see its case. Never opened inside the site."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator

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

ENDINGS = {"image/jpeg": ".jpg", "application/pdf": ".pdf"}
UNKNOWN = "application/octet-stream"


async def send(request: web.Request) -> web.StreamResponse:
    """The file as a download, written to the audit log."""
    console, staff = console_of(request), staff_of(request)
    async with console.writing() as session:
        case = await find_case(request, session)
        file = await queues.attachment(session, case, int(request.match_info["berkas"]))
        if file is None:
            raise web.HTTPNotFound
        audit_log.saw_case(session, staff, case, Look.FILE, console.clock())
    response = web.StreamResponse()
    response.content_length = file.size
    response.headers["Content-Type"] = file.mime if file.mime in ENDINGS else UNKNOWN
    response.headers["Content-Disposition"] = f'attachment; filename="{_name(case, file)}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    pieces = _pieces(console, file)
    first = await _first(pieces)
    await response.prepare(request)
    await response.write(first)
    async for piece in pieces:
        await response.write(piece)
    return response


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
