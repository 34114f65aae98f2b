"""After something was done with a case: back to it, or on to the next one of its tray."""

from aiohttp import web
from yarl import URL

from actions.casework import desk
from actions.storage.tables import Case
from bot.console.context import console_of, staff_of
from bot.console.render import redirect
from bot.console.tray_address import origin_of, read_origin
from bot.http import forms

DESK, CASE = "meja", "permohonan_satu"
FROM, ON = "dari", "berikut"
LONGEST = 300


def origin_in(request: web.Request, sent: forms.Sent | None = None) -> str:
    """From which tray a case was opened, as its form or address says; empty for none."""
    told = forms.words(sent, FROM, longest=LONGEST) if sent else request.query.get(FROM, "")
    return origin_of(read_origin(told[:LONGEST], console_of(request))) if told else ""


async def go_on(
    request: web.Request, sent: forms.Sent, case: Case, *, notice: str
) -> web.StreamResponse:
    """Back to the case, or where the form says so to the next one, or to the empty tray."""
    origin = origin_in(request, sent)
    going = case if not forms.words(sent, ON, longest=1) else await next_of(request, case, origin)
    if going is None:
        return back_to_tray(request, origin, notice=notice)
    query = {FROM: origin} if origin else None
    return redirect(request, CASE, notice=notice, query=query, id=str(going.id))


def back_to_tray(request: web.Request, origin: str, *, notice: str) -> web.StreamResponse:
    """To the tray that an origin names."""
    query = dict(URL.build(query_string=origin).query)
    return redirect(request, DESK, notice=notice, query=query)


async def next_of(request: web.Request, case: Case, origin: str) -> Case | None:
    """The case that comes behind this one in the tray that it was opened from."""
    console, wanted = console_of(request), read_origin(origin, console_of(request))
    today = console.reference.today(console.clock())
    async with console.reading() as session:
        return await desk.next_case(session, staff_of(request), wanted, today, case)
