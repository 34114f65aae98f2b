"""What an officer was told about cases, newest first."""

from aiohttp import web

from actions.casework import lost_alerts, staff_alerts
from bot.console.context import console_of, staff_of
from bot.console.render import page, redirect
from bot.http import forms

HIGHEST = 10**15


async def show(request: web.Request) -> web.StreamResponse:
    """One page of alerts."""
    console, staff = console_of(request), staff_of(request)
    before = forms.number(request.query.get("sebelum", ""), 0, most=HIGHEST) or None
    async with console.reading() as session:
        rows = await staff_alerts.page(session, console.reference, staff, before=before)
        lost = await lost_alerts.newest(session, console.reference, staff, console.clock())
    older = rows[-1].id if len(rows) == staff_alerts.PAGE else None
    return await page(request, "alerts.html", rows=rows, older=older, lost_ones=lost)


async def see_all(request: web.Request) -> web.StreamResponse:
    """They have been seen."""
    console = console_of(request)
    async with console.writing() as session:
        await staff_alerts.see_all(session, staff_of(request), console.clock())
    return redirect(request, "pemberitahuan")
