"""One's own second factor: setting it up, replacing it, new recovery codes, removing it."""

from aiohttp import web

from actions.casework import second_factor, staff_sessions
from bot.console.client import origin_of
from bot.console.context import VISITOR, console_of
from bot.console.pages.login import home_of, onward_of, with_onward
from bot.console.qr import qr_of
from bot.console.render import Fault, page, redirect
from bot.http import forms

WRONG = Fault(422, "kode_verifikasi")
NEEDED = Fault(422, "verifikasi_wajib")


async def show(request: web.Request, fault: Fault | None = None) -> web.StreamResponse:
    """What there is: nothing, one that is being set up, or one that is in use."""
    visitor, status = request[VISITOR], fault.status if fault else 200
    onward, required = onward_of(request), visitor.staff.role in second_factor.REQUIRED
    if visitor.login.new_secret:
        shown = _for_app(request, visitor.staff.username, visitor.login.new_secret)
        return await page(
            request, "factor_new.html", status=status, fault=fault, onward=onward, **shown
        )
    async with console_of(request).reading() as session:
        left = await second_factor.codes_left(session, visitor.staff)
    return await page(
        request,
        "factor.html",
        status=status,
        fault=fault,
        onward=onward,
        required=required,
        since=visitor.factor_since,
        left=left,
        lacking=required and visitor.factor_since is None,
    )


def _for_app(request: web.Request, username: str, secret: str) -> dict[str, object]:
    """The same secret as a picture, a link for the telephone itself, and to be typed."""
    office = console_of(request).reference.catalogue.office
    address = second_factor.address_for_app(
        secret, account=username, issuer=f"Balai {office.called}"
    )
    groups = [secret[i : i + 4] for i in range(0, len(secret), 4)]
    return {"picture": qr_of(address), "address": address, "key": " ".join(groups)}


async def begin(request: web.Request) -> web.StreamResponse:
    """Make a new secret, which only this session sees."""
    secret = second_factor.new_secret()
    async with console_of(request).writing() as session:
        await staff_sessions.begin_set_up(session, request[VISITOR].token, secret)
    return web.Response(status=303, headers={"Location": with_onward(request, "verifikasi")})


async def save(request: web.Request) -> web.StreamResponse:
    """Take the new second factor of whoever shows that the app has it."""
    visitor, sent = request[VISITOR], await forms.read_form(request)
    secret, code = visitor.login.new_secret, forms.code(sent)
    if not secret:
        return redirect(request, "verifikasi")
    async with console_of(request).writing() as session:
        codes = await second_factor.set_up(
            session, visitor.staff, secret, code, origin_of(request)
        )
        if codes is not None:
            await staff_sessions.begin_set_up(session, visitor.token, None)
            await staff_sessions.end_all(session, visitor.staff, but=visitor.token)
    if codes is None:
        return await show(request, WRONG)
    return await _show_codes(request, codes)


async def make_codes(request: web.Request) -> web.StreamResponse:
    """Fresh recovery codes; the old ones are void."""
    visitor = request[VISITOR]
    if visitor.factor_since is None:
        return redirect(request, "verifikasi")
    async with console_of(request).writing() as session:
        codes = await second_factor.new_codes(session, visitor.staff, origin_of(request))
    return await _show_codes(request, codes)


async def _show_codes(request: web.Request, codes: list[str]) -> web.StreamResponse:
    """The only page that ever shows them."""
    onward = onward_of(request) or home_of(request)
    return await page(request, "recovery.html", codes=codes, onward=onward)


async def remove(request: web.Request) -> web.StreamResponse:
    """Do without, where that is allowed."""
    visitor = request[VISITOR]
    if visitor.staff.role in second_factor.REQUIRED:
        return await show(request, NEEDED)
    async with console_of(request).writing() as session:
        await second_factor.remove(session, visitor.staff, origin_of(request))
    return redirect(request, "verifikasi", notice="verifikasi_dihapus")
