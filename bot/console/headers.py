"""The headers of whatever the console answers."""

from aiohttp import web

from bot.console.context import STATIC, is_ours
from bot.http.security import KEPT, PRIVATE, protect


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Put them on; what machines ask for is left alone."""
    if is_ours(request):
        protect(request, response, _keeping(request, response))


def _keeping(request: web.Request, response: web.StreamResponse) -> str:
    """Nothing is kept but the static files, whose address changes with their content."""
    resource = request.match_info.route.resource
    is_static = resource is not None and resource.name == STATIC
    found = response.status in {200, 304}
    return KEPT if is_static and found and "v" in request.query else PRIVATE
