"""Finding a case by its code."""

from aiohttp import web

from actions.casework import queues
from actions.domain.codes import read_code
from bot.console import forms
from bot.console.context import console_of, staff_of
from bot.console.render import redirect

LONGEST_CODE = 40


async def find(request: web.Request) -> web.StreamResponse:
    """Go to the case with the code that was typed; the code stays out of the address."""
    console = console_of(request)
    typed = forms.words(await forms.read_form(request), "kode", longest=LONGEST_CODE)
    code = read_code(typed, console.reference.catalogue.office.code_prefix)
    if code is not None:
        async with console.reading() as session:
            found = await queues.case_by_code(session, staff_of(request), code)
        if found is not None:
            return redirect(request, "permohonan_satu", id=str(found.id))
    return redirect(request, "meja", notice="kode")
