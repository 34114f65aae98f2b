"""Logging in and out."""

import secrets
from collections.abc import Callable

from aiohttp import web
from yarl import URL

from actions.casework import logging_in, staff_sessions
from actions.casework import staff as accounts
from actions.casework.logging_in import Candidate, Entered
from bot.console import cookies
from bot.console.auth import recognise
from bot.console.client import origin_of
from bot.console.context import VISITOR, Stage, console_of
from bot.console.errors import error_page
from bot.console.password_queue import BusyError
from bot.console.render import Fault, page, redirect, too_early
from bot.http import forms
from bot.http.client import address_of, browser_of

LONGEST_NAME = 60
WRONG = Fault(403, "masuk")


async def show(request: web.Request) -> web.StreamResponse:
    """The login form, or straight on for whoever is logged in."""
    visitor = await recognise(request)
    if visitor is not None:
        return redirect(request, visitor.stage)
    return await _form(request)


async def _form(
    request: web.Request, *, fault: Fault | None = None, username: str = ""
) -> web.StreamResponse:
    async with console_of(request).reading() as session:
        nobody = not await accounts.everybody(session)
    proof = cookies.LOGIN_PROOF.read(request) or secrets.token_urlsafe(32)
    response = await page(
        request,
        "login.html",
        status=fault.status if fault else 200,
        fault=fault,
        nobody=nobody,
        proof=proof,
        username=username,
        onward=onward_of(request),
    )
    cookies.LOGIN_PROOF.keep(request, response, proof)
    return response


async def enter(request: web.Request) -> web.StreamResponse:
    """Check name and password; one and the same answer for whatever is wrong with them."""
    sent, console, origin = await forms.read_form(request), console_of(request), origin_of(request)
    username = forms.words(sent, "nama", longest=LONGEST_NAME)
    async with console.reading() as session:
        candidate = await logging_in.look_up(session, username, device_token(request), origin)
    if candidate.wait:
        return await _form(request, fault=too_early(request, candidate.wait), username=username)
    try:
        right = await _is_right(request, candidate, forms.secret(sent, "sandi"))
    except BusyError:
        return await error_page(request, 503)
    entered = await _log_in(request, candidate, right=right)
    if entered is None:
        return await _form(request, fault=WRONG, username=username)
    return go_in(request, entered)


def device_token(request: web.Request) -> Callable[[int], str]:
    """By which token this browser is known to an account."""
    return lambda staff_id: cookies.device_of(staff_id).read(request)


async def _is_right(request: web.Request, candidate: Candidate, password: str) -> bool:
    known = candidate.device is not None
    who = candidate.device or address_of(request) or ""
    passwords = console_of(request).passwords
    return await passwords.matches(candidate.password_hash, password, who=who, known=known)


async def _log_in(request: web.Request, candidate: Candidate, *, right: bool) -> Entered | None:
    """Open a session in the place of the one that this browser may have."""
    old, browser = cookies.SESSION.read(request), browser_of(request)
    async with console_of(request).writing() as session:
        if old:
            await staff_sessions.end(session, old)
        return await logging_in.log_in(
            session, candidate, origin_of(request), right=right, browser=browser
        )


def go_in(request: web.Request, entered: Entered) -> web.StreamResponse:
    """Go on to the page that was asked for, or first to the code of the second factor."""
    if entered.device is None:
        address = with_onward(request, Stage.CODE)
    else:
        address = onward_of(request) or home_of(request)
    response = web.Response(status=303, headers={"Location": address})
    cookies.SESSION.keep(request, response, entered.session)
    if entered.device is not None:
        cookies.device_of(entered.staff_id).keep(request, response, entered.device)
    return response


def home_of(request: web.Request) -> str:
    """Where whoever asked for no page goes."""
    return str(request.app.router["meja"].url_for())


def with_onward(request: web.Request, route: str) -> str:
    """The address of a route that leads on to the page that was asked for."""
    address, onward = request.app.router[route].url_for(), onward_of(request)
    return str(address.with_query(lanjut=onward) if onward else address)


def onward_of(request: web.Request) -> str:
    """The page that was asked for before the login, if it is one of this site; else empty."""
    address = request.query.get("lanjut", "")
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        return ""
    try:
        url = URL(address)
    except ValueError:
        return ""
    return "" if url.host or not address.isprintable() else url.raw_path_qs


async def leave(request: web.Request) -> web.StreamResponse:
    """End the session, here and in the database."""
    visitor = request[VISITOR]
    async with console_of(request).writing() as session:
        await logging_in.log_out(session, visitor.staff, visitor.token, origin_of(request))
    response = redirect(request, "masuk", notice="keluar")
    cookies.SESSION.drop(request, response)
    return response
