"""Friendly pages for what goes wrong. Nothing of the error itself is shown or logged."""

import logging

import aiohttp_jinja2
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.log import server_logger
from aiohttp.typedefs import Handler

from actions.storage.faults import took_too_long
from bot.console.context import console_of, is_ours
from bot.console.render import NOBODY, layout_for, page
from bot.dependencies import describe_error

log = logging.getLogger(__name__)
FAILED, TOO_LONG = 500, 503
OF_THE_CLIENT = (HttpProcessingError, web.RequestPayloadError, ConnectionError)
"""What a web server makes of a request that is no HTTP, or that breaks off."""


class NamesOnly(logging.Filter):
    """Keeps what was sent out of the web server's own log lines.

    It would quote a request that it cannot read, with cookies and words, at the level of an error.
    What a client does wrong is worth no line at all: anybody can send as much of it as they like.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Name the error and its place, or drop the line."""
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return True
        record.exc_info, record.failure = None, describe_error(error)
        return not isinstance(error, OF_THE_CLIENT)


def quote_nobody() -> None:
    """Let the web server's log lines say what went wrong, and not what was sent."""
    server_logger.addFilter(_NAMES_ONLY)


_NAMES_ONLY = NamesOnly()


@web.middleware
async def show_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn refusals and failures into pages; the edge of the console."""
    if not is_ours(request):
        return await handler(request)
    try:
        return await handler(request)
    except web.HTTPException as refusal:
        if refusal.status < 400:  # noqa: PLR2004
            raise
        return await error_page(request, refusal.status)
    except Exception as error:  # noqa: BLE001  (one page failed; the others go on)
        return _failed(request, error)


def _failed(request: web.Request, error: Exception) -> web.Response:
    """The page for what is our fault. It asks the database for nothing: that may have failed."""
    resource = request.match_info.route.resource
    where = {"page": resource.name if resource else None, "failure": describe_error(error)}
    if took_too_long(error):
        log.warning("a console page took too long", extra=where)
        status, kind = TOO_LONG, "lama"
    else:
        log.error("a console page failed", extra=where)
        status, kind = FAILED, str(FAILED)
    context = {**NOBODY, "layout": layout_for(request), "kind": kind}
    return aiohttp_jinja2.render_template("error.html", request, context, status=status)


async def error_page(request: web.Request, status: int, kind: str | None = None) -> web.Response:
    """The page for a refusal, in the words of its kind or else of its status."""
    kind = kind or str(status)
    known = f"konsol.galat.{kind}.judul" in console_of(request).reference.texts
    return await page(request, "error.html", status=status, kind=kind if known else "lain")
