"""The security log: only admins read it."""

from aiohttp import web

from actions.casework import security_log
from actions.casework import staff as accounts
from actions.casework.security_log import PAGE, SecurityKind, Wanted
from bot.console.context import console_of
from bot.console.render import page
from bot.http import forms


async def show(request: web.Request) -> web.StreamResponse:
    """What happened with accounts, newest first."""
    console, wanted = console_of(request), _wanted(request)
    async with console.reading() as session:
        total = await security_log.how_many(session, wanted)
        pages = max(-(-total // PAGE), 1)
        number = min(forms.number(request.query.get("hal", ""), 1, least=1), pages)
        lines = await security_log.lines(session, wanted, page=number)
        everybody = await accounts.everybody(session)
    return await page(
        request,
        "security.html",
        lines=lines,
        kept=console.reference.retention.security,
        wanted=wanted,
        accounts=everybody,
        kinds=list(SecurityKind),
        total=total,
        page_number=number,
        pages=pages,
        before=_address(request, wanted, number - 1) if number > 1 else None,
        after=_address(request, wanted, number + 1) if number < pages else None,
    )


def _wanted(request: web.Request) -> Wanted:
    account, kind = request.query.get("akun", ""), request.query.get("jenis")
    return Wanted(
        account=forms.number(account, 0) or None,
        kind=SecurityKind(kind) if kind in set(SecurityKind) else None,
    )


def _address(request: web.Request, wanted: Wanted, number: int) -> str:
    query = {"hal": str(number)}
    if wanted.account:
        query["akun"] = str(wanted.account)
    if wanted.kind:
        query["jenis"] = wanted.kind
    return str(request.app.router["keamanan"].url_for().with_query(query))
