"""Logging in and out."""

from __future__ import annotations

from aiohttp import web
from yarl import URL

from actions.casework import staff as accounts
from actions.casework.staff import Login
from bot.console import cookies, forms
from bot.console.auth import recognise
from bot.console.context import VISITOR, console_of
from bot.console.errors import error_page
from bot.console.passwords import BusyError
from bot.console.render import page, redirect

LONGEST_NAME = 60


async def show(request: web.Request) -> web.StreamResponse:
    """The login form, or straight on for whoever is logged in."""
    if await recognise(request) is not None:
        return redirect(request, "permohonan")
    return await _form(request)


async def _form(
    request: web.Request, *, status: int = 200, failed: bool = False, username: str = ""
) -> web.StreamResponse:
    async with console_of(request).reading() as session:
        nobody = not await accounts.everybody(session)
    proof = cookies.login_proof(request) or cookies.fresh_proof()
    response = await page(
        request,
        "login.html",
        status=status,
        failed=failed,
        nobody=nobody,
        proof=proof,
        username=username,
        onward=_onward(request.query.get("lanjut", "")),
    )
    cookies.keep_login_proof(request, response, proof)
    return response


async def enter(request: web.Request) -> web.StreamResponse:
    """Check name and password; one and the same answer for whatever is wrong with them."""
    sent = await forms.read_form(request)
    username = forms.words(sent, "nama", longest=LONGEST_NAME)
    try:
        login = await _log_in(request, username, forms.secret(sent, "sandi"))
    except BusyError:
        return await error_page(request, 503)
    if login is None:
        return await _form(request, status=403, failed=True, username=username)
    onward = _onward(request.query.get("lanjut", ""))
    response = web.Response(status=303, headers={"Location": onward or _home(request)})
    cookies.keep_session(request, response, login.token)
    return response


async def _log_in(request: web.Request, username: str, password: str) -> Login | None:
    console, old = console_of(request), cookies.session_token(request)
    async with console.reading() as session:
        account = await accounts.known(session, username)
    right = await console.passwords.matches(account, password)
    async with console.writing() as session:
        if old:
            await accounts.log_out(session, old)
        return await accounts.log_in(session, account, console.clock(), right=right)


def _home(request: web.Request) -> str:
    return str(request.app.router["permohonan"].url_for())


def _onward(address: str) -> str:
    """The page that was asked for before the login, if it is one of this site; else empty."""
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        return ""
    try:
        url = URL(address)
    except ValueError:
        return ""
    return "" if url.host or not address.isprintable() else url.path


async def leave(request: web.Request) -> web.StreamResponse:
    """End the session, here and in the database."""
    async with console_of(request).writing() as session:
        await accounts.log_out(session, request[VISITOR].token)
    response = redirect(request, "masuk", notice="keluar")
    cookies.drop_session(request, response)
    return response
