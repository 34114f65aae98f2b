"""Asking somebody who is logged in to show again who they are, before what is dangerous."""

from aiohttp import web

from actions.casework import logging_in, login_limits
from actions.casework.passwords import PasswordHash
from actions.casework.security_log import SecurityKind
from bot.console.client import origin_of
from bot.console.context import VISITOR, console_of
from bot.console.pages.login import home_of, onward_of
from bot.console.password_queue import BusyError
from bot.console.render import Fault, page, too_early
from bot.http import forms

WRONG = {
    SecurityKind.WRONG_PASSWORD: Fault(422, "sandi_lama_salah"),
    SecurityKind.WRONG_CODE: Fault(422, "kode_verifikasi"),
}


async def prove(request: web.Request, password: str, *, code: str | None = None) -> Fault | None:
    """Compare the password, and the code if there is one, and note it; else what was wrong.

    A stolen session cannot guess: its wrong tries are counted and slowed as those of a login.
    """
    console, visitor = console_of(request), request[VISITOR]
    lanes = login_limits.by_session(visitor.login.token_hash)
    async with console.reading() as session:
        wait = await login_limits.pause(session, lanes, console.clock())
    if wait:
        return too_early(request, wait, status=422)
    stored, who = PasswordHash(visitor.staff.password_hash), str(visitor.staff.id)
    try:
        right = await console.passwords.matches(stored, password, who=who, known=True)
    except BusyError:
        return Fault(422, "sandi_sibuk")
    async with console.writing() as session:
        proof = logging_in.Proof(visitor.staff, visitor.token, tuple(lanes), code)
        wrong = await logging_in.prove(session, proof, origin_of(request), right=right)
    return None if wrong is None else WRONG[wrong]


async def show(request: web.Request, fault: Fault | None = None) -> web.StreamResponse:
    """The form for password and code."""
    return await page(
        request,
        "proof.html",
        status=fault.status if fault else 200,
        fault=fault,
        onward=onward_of(request),
        with_code=request[VISITOR].factor_since is not None,
    )


async def enter(request: web.Request) -> web.StreamResponse:
    """Go on to the page that wanted the proof."""
    sent, with_code = await forms.read_form(request), request[VISITOR].factor_since is not None
    code = forms.code(sent) if with_code else None
    fault = await prove(request, forms.secret(sent, "sandi"), code=code)
    if fault is not None:
        return await show(request, fault)
    onward = onward_of(request) or home_of(request)
    return web.Response(status=303, headers={"Location": onward})
