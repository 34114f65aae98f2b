"""The stream that tells open pages to ask again."""

import asyncio
import contextlib
from datetime import timedelta

from aiohttp import web
from aiohttp_sse import sse_response

from bot.console.context import CHANGES

EVENT = "berubah"
LASTS = timedelta(minutes=10)
"""After that the browser comes again, and is asked anew who it is."""


async def stream(request: web.Request) -> web.StreamResponse:
    """Say that something changed, whenever it did."""
    changes = request.app[CHANGES]
    async with sse_response(request) as response, changes.listening():
        # Its end, or that of a page that was closed meanwhile.
        with contextlib.suppress(TimeoutError, ConnectionResetError):
            async with asyncio.timeout(LASTS.total_seconds()):
                while response.is_connected() and not changes.is_over:
                    await changes.wait()
                    await response.send("", event=EVENT)
    return response
