"""Opening a secret case without the right to it: by its code, with a reason."""

from aiohttp import web

from actions.casework import break_glass
from actions.casework.break_glass import OPEN_FOR
from actions.domain.codes import read_code
from bot.console.context import VISITOR, console_of, staff_of
from bot.console.render import page, redirect
from bot.http import forms

LONGEST_CODE, SHORTEST, LONGEST = 40, 10, 500
MINUTES = OPEN_FOR.seconds // 60


async def show(
    request: web.Request, *, fault: str = "", code: str = "", reason: str = ""
) -> web.StreamResponse:
    """The form."""
    return await page(
        request,
        "secret.html",
        status=422 if fault else 200,
        fault=fault,
        code=code,
        reason=reason,
        minutes=MINUTES,
        shortest=SHORTEST,
        longest=LONGEST,
    )


async def open_case(request: web.Request) -> web.StreamResponse:
    """Open the case for a while in this session; the reason stands in its trail."""
    console, staff, sent = console_of(request), staff_of(request), await forms.read_form(request)
    typed = forms.words(sent, "kode", longest=LONGEST_CODE)
    reason = forms.words(sent, "alasan", longest=LONGEST)
    if len(reason) < SHORTEST:
        return await show(request, fault="alasan_pendek", code=typed, reason=reason)
    code = read_code(typed, *console.reference.catalogue.office.code_prefixes)
    async with console.writing() as session:
        case = await break_glass.find(session, staff, code) if code else None
        if case is not None:
            token = request[VISITOR].token
            await break_glass.open_case(session, staff, token, case, reason, console.clock())
    if case is None:
        return await show(request, fault="kode_rahasia", code=typed, reason=reason)
    return redirect(request, "permohonan_satu", notice="dibuka_paksa", id=str(case.id))
