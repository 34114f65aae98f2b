"""A citizen's file, for whoever may see its case. Never opened inside the site."""

import re
from pathlib import Path

from aiohttp import web

from actions.casework import audit_log, queues
from actions.casework.audit_log import Look
from actions.storage.tables import Attachment, Case
from bot.console.context import Console, console_of, staff_of
from bot.console.pages.case import find_case

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
    response = web.FileResponse(_path(console, file))
    response.headers["Content-Type"] = file.mime if file.mime in ENDINGS else UNKNOWN
    response.headers["Content-Disposition"] = f'attachment; filename="{_name(case, file)}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _path(console: Console, file: Attachment) -> Path:
    """Where the bytes lie; raises 404 when they are gone, or were never stored by us."""
    try:
        path = console.deps.files.path(file.name)
    except ValueError:
        raise web.HTTPNotFound from None
    if not path.is_file():
        raise web.HTTPNotFound
    return path


def _name(case: Case, file: Attachment) -> str:
    """A name that says what it is: the case's code and the question's key."""
    stem = re.sub(r"[^\w-]", "", f"{case.code}-{file.field}-{file.id}", flags=re.ASCII)
    return stem + ENDINGS.get(file.mime, "")
