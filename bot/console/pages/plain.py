"""Pages without much behind them: the start and the guide."""

from aiohttp import web

from bot.console.context import console_of
from bot.console.render import page, redirect


async def home(request: web.Request) -> web.StreamResponse:
    """Go to the desk."""
    return redirect(request, "meja")


async def guide(request: web.Request) -> web.StreamResponse:
    """The guide for officers."""
    return await page(request, "guide.html", guide=console_of(request).guide)
