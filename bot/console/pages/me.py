"""One's own account: password, second factor, and the browsers that are logged in."""

from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from actions.casework import (
    absence,
    alert_choices,
    logging_in,
    queues,
    staff_sessions,
    telegram_link,
)
from actions.casework.absence import BadAbsenceError
from actions.domain.alerts import AlertEvent
from actions.storage.tables import Staff
from bot.console.client import origin_of
from bot.console.context import VISITOR, console_of
from bot.console.pages.absence import stand_ins, take
from bot.console.render import page, redirect
from bot.http import forms

LONGEST_HASH = 64


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One browser that is logged in; `here` is the one that asks."""

    key: str
    browser: str
    address: str
    since: datetime
    seen: datetime
    here: bool


async def show(request: web.Request) -> web.StreamResponse:
    """Where one is logged in, and the ways to what else is one's own."""
    return await _page(request)


async def _page(request: web.Request, *, code: str = "", fault: str = "") -> web.StreamResponse:
    console, visitor = console_of(request), request[VISITOR]
    async with console.reading() as session:
        found = await staff_sessions.of_account(session, visitor.staff, console.clock())
        wanted = await alert_choices.wanted(session, [visitor.staff])
        others = await stand_ins(session, visitor.staff)
        blocked = await queues.is_blocked(session, f"tg:{visitor.staff.telegram_id}")
    rows = [
        SessionRow(
            one.token_hash,
            one.browser or console.word("saya.tak_dikenal"),
            one.address or "–",
            one.created_at,
            one.seen_at,
            one.token_hash == visitor.login.token_hash,
        )
        for one in found
    ]
    name = console.bot_name()
    return await page(
        request,
        "me.html",
        status=422 if fault else 200,
        fault=fault,
        absence=absence.of(console.reference, visitor.staff, console.clock()),
        stand_ins=others,
        rows=rows,
        factor_since=visitor.factor_since,
        code=code,
        events=list(AlertEvent),
        wanted=wanted[visitor.staff.id],
        blocked=blocked,
        bot=name,
        link=f"https://t.me/{name}?start={code}" if name and code else "",
        minutes=telegram_link.VALID.seconds // 60,
    )


async def new_code(request: web.Request) -> web.StreamResponse:
    """Show a code that links one's Telegram, this once."""
    console = console_of(request)
    async with console.writing() as session:
        code = await telegram_link.new_code(session, request[VISITOR].staff, console.clock())
    return await _page(request, code=code)


async def choose_alerts(request: web.Request) -> web.StreamResponse:
    """Keep what one wants to hear of on Telegram."""
    sent = await forms.read_form(request)
    events = [event for event in AlertEvent if sent.get(event) == "ya"]
    async with console_of(request).writing() as session:
        await alert_choices.choose(session, request[VISITOR].staff, events)
    return redirect(request, "saya", notice="kabar_disimpan")


async def unlink(request: web.Request) -> web.StreamResponse:
    """Take the link to one's Telegram."""
    console = console_of(request)
    async with console.writing() as session:
        staff = await session.get_one(Staff, request[VISITOR].staff.id, with_for_update=True)
        await telegram_link.unlink(session, console.reference, staff, origin_of(request))
    console.wake()
    return redirect(request, "saya", notice="telegram_diputus")


async def plan_absence(request: web.Request) -> web.StreamResponse:
    """Keep when one is away."""
    console, sent = console_of(request), await forms.read_form(request)
    try:
        async with console.writing() as session:
            staff = await session.get_one(Staff, request[VISITOR].staff.id, with_for_update=True)
            await take(session, console, staff, sent, origin_of(request))
    except BadAbsenceError:
        return await _page(request, fault="absen")
    return redirect(request, "saya", notice="absen_disimpan")


async def end_session(request: web.Request) -> web.StreamResponse:
    """Log out one browser."""
    sent, staff = await forms.read_form(request), request[VISITOR].staff
    key = forms.words(sent, "sesi", longest=LONGEST_HASH)
    async with console_of(request).writing() as session:
        await logging_in.end_one(session, staff, key, origin_of(request))
    return redirect(request, "saya", notice="sesi_diakhiri")


async def end_others(request: web.Request) -> web.StreamResponse:
    """Log out everywhere but here."""
    visitor = request[VISITOR]
    async with console_of(request).writing() as session:
        origin = origin_of(request)
        await logging_in.end_others(session, visitor.staff, visitor.token, origin)
    return redirect(request, "saya", notice="sesi_diakhiri")
