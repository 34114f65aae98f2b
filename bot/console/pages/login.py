"""Logging in and out, and an officer's own password."""

import secrets

from aiohttp import web
from yarl import URL

from actions.casework import staff as accounts
from actions.casework.passwords import SHORTEST, PasswordHash, WeakPasswordError
from actions.casework.staff import Login
from actions.storage.tables import Staff
from bot.console import cookies, forms
from bot.console.auth import recognise
from bot.console.client import origin_of
from bot.console.context import VISITOR, console_of, staff_of
from bot.console.errors import error_page
from bot.console.password_queue import BusyError
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
    proof = cookies.LOGIN_PROOF.read(request) or secrets.token_urlsafe(32)
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
    cookies.LOGIN_PROOF.keep(request, response, proof)
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
    cookies.SESSION.keep(request, response, login.token)
    return response


async def _log_in(request: web.Request, username: str, password: str) -> Login | None:
    console, old = console_of(request), cookies.SESSION.read(request)
    async with console.reading() as session:
        account = await accounts.known(session, username)
    right = await console.passwords.matches(account.password_hash, password)
    async with console.writing() as session:
        if old:
            await accounts.log_out(session, old)
        return await accounts.log_in(session, account, origin_of(request), right=right)


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
        visitor = request[VISITOR]
        await accounts.leave(session, visitor.staff, visitor.token, origin_of(request))
    response = redirect(request, "masuk", notice="keluar")
    cookies.SESSION.drop(request, response)
    return response


async def show_password(request: web.Request, fault: str = "") -> web.StreamResponse:
    """The form for a new password of one's own."""
    status = 422 if fault else 200
    return await page(request, "password.html", status=status, fault=fault, least=SHORTEST)


async def change_password(request: web.Request) -> web.StreamResponse:
    """Set a new password for whoever knows the old one; other sessions end."""
    sent, own = await forms.read_form(request), staff_of(request)
    new = forms.secret(sent, "baru")
    if new != forms.secret(sent, "ulang"):
        return await show_password(request, "sandi_tidak_sama")
    try:
        hashed = await console_of(request).hash(new, own.username, own.name)
        login = await _changed(request, forms.secret(sent, "lama"), hashed)
    except WeakPasswordError as error:
        return await show_password(request, f"lemah.{error.weakness}")
    except BusyError:
        return await show_password(request, "sandi_sibuk")
    if login is None:
        return await show_password(request, "sandi_lama_salah")
    response = redirect(request, "permohonan", notice="sandi_diganti")
    cookies.SESSION.keep(request, response, login.token)
    return response


async def _changed(request: web.Request, old: str, new: PasswordHash) -> Login | None:
    """Wrong old passwords count as failed logins, so that a stolen session cannot guess."""
    console, origin = console_of(request), origin_of(request)
    async with console.reading() as session:
        account = await accounts.known(session, staff_of(request).username)
    right = await console.passwords.matches(account.password_hash, old)
    async with console.writing() as session:
        if await accounts.log_in(session, account, origin, right=right) is None:
            return None
        staff = await session.get_one(Staff, staff_of(request).id)
        await accounts.set_password(session, staff, new, origin)
        return await accounts.open_session(session, staff, origin.at)
