"""When, from where and by whom something is done in the console."""

from aiohttp import web

from actions.casework.security_log import Origin
from bot.console.context import VISITOR, console_of
from bot.http.client import address_of


def origin_of(request: web.Request) -> Origin:
    """When, from where and by whom something is done."""
    visitor = request.get(VISITOR)
    by = visitor.staff.id if visitor else None
    return Origin(console_of(request).clock(), address_of(request), by)
