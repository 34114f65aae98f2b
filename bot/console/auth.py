"""Lets in whoever may come in: sessions, roles, and forms of our own making.

What the table of routes does not have, nobody may open.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from actions.casework import staff_sessions
from actions.casework.security_log import SecurityKind, note
from actions.casework.staff import Role
from actions.casework.staff_sessions import FRESH
from bot.console import cookies
from bot.console.client import origin_of
from bot.console.context import STATIC, VISITOR, Stage, Visitor, console_of, is_ours
from bot.console.errors import error_page
from bot.console.render import page
from bot.http import forms
from bot.http.security import CSRF_FIELD, is_same, is_same_origin

NOTED_EVERY = timedelta(minutes=1)
TYPED = ("isi", "keterangan")
LONGEST = 4000

Page = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Access(StrEnum):
    """Who may open an address."""

    PUBLIC = "public"
    STAFF = "staff"
    HEAD = "head"
    ADMIN = "admin"


ROLES: dict[Access, frozenset[Role]] = {
    Access.PUBLIC: frozenset(),
    Access.STAFF: frozenset(Role),
    Access.HEAD: frozenset({Role.SUPERVISOR, Role.ADMIN}),
    Access.ADMIN: frozenset({Role.ADMIN}),
}


@dataclass(frozen=True, slots=True)
class Route:
    """One address: its method, path, name for links, page, and who may open it.

    A route that `polls` is asked by a script again and again, which does not count as use.
    A `fresh` one wants somebody who has shown within the last minutes who they are, one that
    `uploads` takes files too.
    `stages` are those in which it is open; nearly all are for whoever is wholly in.
    """

    method: str
    path: str
    name: str
    page: Page
    access: Access
    polls: bool = False
    fresh: bool = False
    uploads: bool = False
    stages: frozenset[Stage] = frozenset({Stage.IN})


def make_auth(routes: Iterable[Route]) -> Middleware:
    """Check every request for the console against the table of routes."""
    table = {(route.method, route.name): route for route in routes}

    @web.middleware
    async def auth(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not is_ours(request):
            return await handler(request)
        resource = request.match_info.route.resource
        if resource is None:
            await recognise(request)
        elif resource.name != STATIC:
            refusal = await _refusal(request, table[request.method, resource.name or ""])
            if refusal is not None:
                return refusal
        return await handler(request)

    return auth


async def _refusal(request: web.Request, route: Route) -> web.StreamResponse | None:
    posted = request.method == "POST"
    if posted and not is_same_origin(request):
        await recognise(request, noted=False)
        return await _deny(request, "asal")
    if route.access is Access.PUBLIC:
        proven = not posted or await _has_proof(request, cookies.LOGIN_PROOF.read(request))
        return None if proven else await error_page(request, 403, "formulir_lama")
    visitor = await recognise(request, noted=not route.polls)
    if visitor is None:
        return await _ask_to_log_in(request, route)
    if visitor.staff.role not in ROLES[route.access]:
        return await _deny(request)
    if posted and route.uploads:
        await forms.read_form_with_files(request)
    if posted and not await _has_proof(request, visitor.csrf):
        return await _deny(request, "formulir_lama")
    if visitor.stage not in route.stages:
        return _lead_on(request, visitor.stage)
    if route.fresh and console_of(request).clock() - visitor.login.proved_at >= FRESH:
        return _ask_for_proof(request)
    return None


def _ask_for_proof(request: web.Request) -> web.StreamResponse:
    """Send to where the password is asked for again, and from there to the page of the form."""
    resource, path = request.match_info.route.resource, request.path
    has_page = resource is not None and any(route.method == "GET" for route in resource)
    page_path = path if has_page else path.rpartition("/")[0]
    address = request.app.router["pastikan"].url_for().with_query(lanjut=page_path)
    response = web.Response(status=303, headers={"Location": str(address)})
    if request.method == "POST":
        cookies.NOTICE.keep(request, response, "belum_tersimpan")
    return response


def _lead_on(request: web.Request, stage: Stage) -> web.StreamResponse:
    """Send to where coming in goes on, and from there to what was asked for."""
    address = request.app.router[stage].url_for()
    if stage is not Stage.IN and request.method == "GET":
        address = address.with_query(lanjut=request.path_qs)
    return web.Response(status=303, headers={"Location": str(address)})


async def _deny(request: web.Request, kind: str | None = None) -> web.StreamResponse:
    """Refuse; that somebody who is logged in was refused, the administrator may want to know."""
    visitor = request.get(VISITOR)
    if visitor is not None:
        async with console_of(request).writing() as session:
            note(session, SecurityKind.DENIED, origin_of(request), visitor.staff.id)
    return await error_page(request, 403, kind)


async def recognise(request: web.Request, *, noted: bool = True) -> Visitor | None:
    """Find the session of the cookie; `noted` counts the request as use of it."""
    token, console = cookies.SESSION.read(request), console_of(request)
    if not token:
        return None
    now = console.clock()
    async with console.reading() as session:
        found = await staff_sessions.of_token(session, token, now)
    if found is None:
        return None
    if noted and now - found.login.seen_at >= NOTED_EVERY:
        async with console.writing() as session:
            await staff_sessions.touch(session, token, now)
    visitor = request[VISITOR] = Visitor(found.staff, found.login, found.factor_since, token)
    return visitor


async def _has_proof(request: web.Request, expected: str | None) -> bool:
    sent = await forms.read_form(request)
    return is_same(forms.secret(sent, CSRF_FIELD), expected)


async def _ask_to_log_in(request: web.Request, route: Route) -> web.StreamResponse:
    """Send to the login page; what was typed into a form is shown once more, to be copied."""
    if route.polls:
        return web.Response(status=401)
    if request.method != "POST":
        login = request.app.router["masuk"].url_for().with_query(lanjut=request.path_qs)
        return web.Response(status=303, headers={"Location": str(login)})
    sent = await forms.read_form(request)
    typed = [text for name in TYPED if (text := forms.words(sent, name, longest=LONGEST))]
    return await page(request, "expired.html", status=401, typed="\n\n".join(typed))
