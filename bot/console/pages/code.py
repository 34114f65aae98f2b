"""The second step of logging in: a code of the authenticator app, or a recovery code."""

from aiohttp import web

from actions.casework import logging_in, staff_sessions
from actions.casework.logging_in import Candidate, Entered
from bot.console.client import origin_of
from bot.console.context import VISITOR, console_of
from bot.console.pages.login import device_token, go_in, onward_of
from bot.console.render import Fault, page, too_early
from bot.http import forms
from bot.http.client import browser_of

WRONG = Fault(403, "kode_verifikasi")


async def show(request: web.Request, fault: Fault | None = None) -> web.StreamResponse:
    """The form for the code."""
    status = fault.status if fault else 200
    onward = onward_of(request)
    return await page(request, "code.html", status=status, fault=fault, onward=onward)


async def enter(request: web.Request) -> web.StreamResponse:
    """Let in whoever has the code; the session gets a new token."""
    sent, staff, origin = (
        await forms.read_form(request),
        request[VISITOR].staff,
        origin_of(request),
    )
    async with console_of(request).reading() as session:
        tokens = device_token(request)
        candidate = await logging_in.look_up_again(session, staff, tokens, origin)
    if candidate.wait:
        return await show(request, too_early(request, candidate.wait))
    entered = await _entered(request, candidate, forms.code(sent))
    return await show(request, WRONG) if entered is None else go_in(request, entered)


async def _entered(request: web.Request, candidate: Candidate, code: str) -> Entered | None:
    origin, browser = origin_of(request), browser_of(request)
    async with console_of(request).writing() as session:
        entered = await logging_in.log_in_with_code(
            session, candidate, code, origin, browser=browser
        )
        if entered is not None:
            await staff_sessions.end(session, request[VISITOR].token)
        return entered
