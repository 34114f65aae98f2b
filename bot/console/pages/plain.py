"""Pages without much behind them: the start, the guide, and whether the service is well."""

from aiohttp import web
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.console.context import console_of
from bot.console.render import page, redirect


async def home(request: web.Request) -> web.StreamResponse:
    """Go to the list of cases."""
    return redirect(request, "permohonan")


async def guide(request: web.Request) -> web.StreamResponse:
    """The guide for officers."""
    return await page(request, "guide.html", guide=console_of(request).guide)


async def health(request: web.Request) -> web.StreamResponse:
    """Whether the database answers, for the machine that watches over the service."""
    try:
        async with console_of(request).reading() as session:
            await session.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError):
        return web.json_response({"database": False}, status=503)
    return web.json_response({"database": True})
