"""An officer's own password."""

from __future__ import annotations

from aiohttp import web

from actions.casework import staff as accounts
from actions.casework.staff import MIN_PASSWORD, Login
from actions.storage.tables import Staff
from bot.console import cookies, forms
from bot.console.context import console_of, staff_of
from bot.console.passwords import BusyError
from bot.console.render import page, redirect


async def show(request: web.Request) -> web.StreamResponse:
    """The form."""
    return await _form(request)


async def _form(request: web.Request, fault: str = "") -> web.StreamResponse:
    status = 422 if fault else 200
    return await page(request, "password.html", status=status, fault=fault, least=MIN_PASSWORD)


async def change(request: web.Request) -> web.StreamResponse:
    """Set a new password for whoever knows the old one; other sessions end."""
    sent = await forms.read_form(request)
    new = forms.secret(sent, "baru")
    if len(new) < MIN_PASSWORD:
        return await _form(request, "pendek")
    if new != forms.secret(sent, "ulang"):
        return await _form(request, "tidak_sama")
    try:
        login = await _change(request, forms.secret(sent, "lama"), new)
    except BusyError:
        return await _form(request, "sibuk")
    if login is None:
        return await _form(request, "lama_salah")
    response = redirect(request, "permohonan", notice="sandi_diganti")
    cookies.keep_session(request, response, login.token)
    return response


async def _change(request: web.Request, old: str, new: str) -> Login | None:
    """Wrong old passwords count as failed logins, so that a stolen session cannot guess."""
    console, now = console_of(request), console_of(request).clock()
    async with console.reading() as session:
        account = await accounts.known(session, staff_of(request).username)
    right = await console.passwords.matches(account, old)
    async with console.writing() as session:
        if await accounts.log_in(session, account, now, right=right) is None:
            return None
        staff = await session.get_one(Staff, staff_of(request).id)
        await accounts.set_password(session, staff, new)
        return await accounts.open_session(session, staff, now)
