"""An officer's own password."""

from aiohttp import web

from actions.casework import staff as accounts
from actions.casework.passwords import SHORTEST, PasswordHash, WeakPasswordError
from actions.storage.tables import Staff
from bot.console.client import origin_of
from bot.console.context import VISITOR, console_of, make_hash, staff_of
from bot.console.pages.proof import prove
from bot.console.password_queue import BusyError
from bot.console.render import Fault, page, redirect
from bot.http import forms


async def show(request: web.Request, fault: Fault | None = None) -> web.StreamResponse:
    """The form for a new password of one's own."""
    status = fault.status if fault else 200
    return await page(request, "password.html", status=status, fault=fault, least=SHORTEST)


async def change(request: web.Request) -> web.StreamResponse:
    """Set a new password for whoever knows the old one; other sessions end."""
    sent, own = await forms.read_form(request), staff_of(request)
    new = forms.secret(sent, "baru")
    if new != forms.secret(sent, "ulang"):
        return await show(request, Fault(422, "sandi_tidak_sama"))
    try:
        hashed = await make_hash(request, new, own.username, own.name)
    except WeakPasswordError as error:
        return await show(request, Fault(422, f"lemah.{error.weakness}"))
    except BusyError:
        return await show(request, Fault(422, "sandi_sibuk"))
    fault = await prove(request, forms.secret(sent, "lama"))
    if fault is not None:
        return await show(request, fault)
    await _set(request, hashed)
    return redirect(request, "meja", notice="sandi_diganti")


async def _set(request: web.Request, new: PasswordHash) -> None:
    visitor = request[VISITOR]
    async with console_of(request).writing() as session:
        staff = await session.get_one(Staff, visitor.staff.id, with_for_update=True)
        await accounts.set_password(session, staff, new, origin_of(request), but=visitor.token)
