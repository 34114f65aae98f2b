"""Pages without much behind them: the start, the guide, and whether the service is well."""

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from actions.casework import quarantine
from bot.console.context import console_of
from bot.console.render import page, redirect


async def home(request: web.Request) -> web.StreamResponse:
    """Go to the list of cases."""
    return redirect(request, "permohonan")


async def guide(request: web.Request) -> web.StreamResponse:
    """The guide for officers."""
    return await page(request, "guide.html", guide=console_of(request).guide)


async def health(request: web.Request) -> web.StreamResponse:
    """Whether the database answers, for the machine that watches over the service.

    With how many updates are set aside, since somebody should look at them.
    """
    try:
        async with console_of(request).reading() as session:
            aside = await quarantine.count(session)
    except (SQLAlchemyError, OSError):
        return web.json_response({"database": False}, status=503)
    return web.json_response({"database": True, "quarantine": aside})
