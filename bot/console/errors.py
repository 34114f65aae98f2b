"""Friendly pages for what goes wrong. Nothing of the error itself is shown or logged."""

import logging

import aiohttp_jinja2
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.console.context import console_of, is_ours
from bot.console.render import NOBODY, page
from bot.dependencies import describe_error

log = logging.getLogger(__name__)
FAILED = 500


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
        resource = request.match_info.route.resource
        where = {"page": resource.name if resource else None, "failure": describe_error(error)}
        log.error("a console page failed", extra=where)
        # This page asks the database for nothing, which may be what failed.
        context = {**NOBODY, "kind": str(FAILED)}
        return aiohttp_jinja2.render_template("error.html", request, context, status=FAILED)


async def error_page(request: web.Request, status: int, kind: str | None = None) -> web.Response:
    """The page for a refusal, in the words of its kind or else of its status."""
    kind = kind or str(status)
    known = f"konsol.galat.{kind}.judul" in console_of(request).reference.texts
    return await page(request, "error.html", status=status, kind=kind if known else "lain")
