"""Puts the console together."""

from collections.abc import Callable, Iterable
from pathlib import Path

from aiohttp import web
from markdown_it import MarkdownIt

from actions.catalogue.reading import Problem, ProblemsError
from bot.console.auth import make_auth
from bot.console.changes import Changes
from bot.console.context import CHANGES, CONSOLE, OTHERS, STATIC, Console
from bot.console.errors import quote_nobody, show_errors
from bot.console.headers import add_headers
from bot.console.render import HERE, set_up
from bot.console.routes import ROUTES
from bot.dependencies import Dependencies
from bot.http.security import refuse_odd_bytes, tell_no_versions
from bot.http.site import SITE, Site
from bot.nlu.workshop import Workshop
from bot.settings import LOOPBACK, Network

GUIDE = Path("data/guide.md")
LARGEST_BODY = 256 * 1024


class UnknownRouteError(Exception):
    """A route that is neither in the table nor handed to `make_console` as one of `others`."""


def make_console(
    deps: Dependencies,
    wake: Callable[[], None],
    *,
    secure_cookies: bool,
    proxies: tuple[Network, ...] = LOOPBACK,
    guide: Path = GUIDE,
    others: Iterable[web.RouteDef] = (),
    bot_name: Callable[[], str] = str,
    workshop: Workshop | None = None,
) -> web.Application:
    """The console as an application.

    `wake` is called after each commit that queued messages; `secure_cookies` says that
    officers come by https, always; otherwise `proxies` may say so. `others` are routes for
    machines on the same server that bring their own secret: sessions, forms and headers are
    none of their business.
    """
    tell_no_versions()
    quote_nobody()
    guards = [refuse_odd_bytes, show_errors, make_auth(ROUTES)]
    app = web.Application(middlewares=guards, client_max_size=LARGEST_BODY)
    app.on_response_prepare.append(add_headers)
    app[SITE] = Site(secure_cookies, proxies)
    app[CONSOLE] = Console(deps, wake, read_guide(guide), bot_name, workshop=workshop)
    app[CHANGES] = Changes(deps.office)
    app.on_shutdown.append(_end_streams)
    set_up(app)
    _add_routes(app)
    app[OTHERS] = frozenset(
        route.resource
        for entry in others
        for route in entry.register(app.router)
        if route.resource is not None
    )
    app.on_startup.append(refuse_unknown_routes)
    return app


async def _end_streams(app: web.Application) -> None:
    """Pages that listen would hold up the stop."""
    await app[CHANGES].close()


def _add_routes(app: web.Application) -> None:
    resources: dict[str, web.Resource] = {}
    for route in ROUTES:
        if route.name not in resources:
            resources[route.name] = app.router.add_resource(route.path, name=route.name)
        resources[route.name].add_route(route.method, route.page)
    app.router.add_static("/static", HERE / "static", name=STATIC)


async def refuse_unknown_routes(app: web.Application) -> None:
    """Fail at the start when somebody added a route that the table does not know."""
    known = {route.name for route in ROUTES} | {STATIC}
    for route in app.router.routes():
        ours = route.resource not in app[OTHERS]
        if ours and getattr(route.resource, "name", None) not in known:
            raise UnknownRouteError(repr(route))


def read_guide(path: Path) -> str:
    """The officers' guide as HTML; raises ProblemsError when there is none."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ProblemsError([Problem(path, 1, "berkas_tidak_ada")]) from None
    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))
