"""Handing in at the counter, and the receipt that its citizen takes along."""

from dataclasses import dataclass
from datetime import datetime

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import claims, counter, queues
from actions.casework.chats import NOBODY, is_reachable
from actions.casework.returned import form_of_case
from actions.catalogue import Service
from actions.domain.status import CaseKind
from actions.forms import engine
from actions.storage.tables import Case
from bot.console.context import console_of, staff_of
from bot.console.desk_rows import name_of
from bot.console.qr import qr_of
from bot.console.render import page, redirect
from bot.http import forms


@dataclass(frozen=True, slots=True)
class Claim:
    """A code that is shown just now, and until when it works."""

    code: str
    until: datetime


async def hand_in(request: web.Request) -> web.StreamResponse:
    """Hand a complete draft in; the one page that shows its claim code. Twice is once."""
    console, staff, now = console_of(request), staff_of(request), console_of(request).clock()
    number, sent = int(request.match_info["id"]), await forms.read_form(request)
    async with console.writing() as session:
        case = await counter.draft(session, staff, number)
        if case is None:
            return redirect(request, "loket_bukti", id=str(number))
        await queues.hold(session, case)
        if engine.next_field(form_of_case(case), case.answers) is not None:
            return redirect(request, "loket_isi", id=str(number))
        if case.kind == CaseKind.COMPLAINT:
            case.urgent = case.urgent or forms.words(sent, "mendesak", longest=2) == "ya"
        await counter.hand_in(
            session, console.reference, case, staff=staff, now=now, random=console.deps.random
        )
        code = await claims.make(session, case, now, console.deps.random)
    console.wake()
    return await _receipt(request, case, Claim(code, now + claims.VALID))


async def show(request: web.Request) -> web.StreamResponse:
    """The receipt once more, without its claim code, which nobody can read any more."""
    async with console_of(request).reading() as session:
        case = await _handed_in(request, session)
    return await _receipt(request, case, None)


async def new_code(request: web.Request) -> web.StreamResponse:
    """The receipt with a new claim code; the one before is void."""
    console, now = console_of(request), console_of(request).clock()
    async with console.writing() as session:
        case = await _handed_in(request, session)
        await queues.hold(session, case)
        if is_reachable(case.chat) or case.chat == NOBODY:
            return redirect(request, "loket_bukti", id=str(case.id))
        code = await claims.make(session, case, now, console.deps.random)
    return await _receipt(request, case, Claim(code, now + claims.VALID))


async def _handed_in(request: web.Request, session: AsyncSession) -> Case:
    """A case of the counter: one's own, or of those that one may see anyway."""
    number, staff = int(request.match_info["id"]), staff_of(request)
    case = await queues.case(session, staff, number)
    if case is None or case.channel not in counter.WAYS:
        case = await counter.handed_in(session, staff, number)
    if case is None:
        raise web.HTTPNotFound
    return case


async def _receipt(request: web.Request, case: Case, claim: Claim | None) -> web.StreamResponse:
    console, staff = console_of(request), staff_of(request)
    async with console.reading() as session:
        visible = await queues.case(session, staff, case.id) is not None
    item, bot = console.reference.catalogue.find(case.slug), console.bot_name()
    link = f"https://t.me/{bot}?start={claim.code}" if bot and claim else ""
    return await page(
        request,
        "receipt.html",
        case=case,
        item=item,
        person="" if case.secret else name_of(console, case),
        unit=console.reference.catalogue.unit(case.unit),
        brings=_to_bring(item, case) if isinstance(item, Service) else [],
        claim=claim,
        bot=bot,
        picture=qr_of(link) if link else "",
        claimed=is_reachable(case.chat),
        erased=case.chat == NOBODY,
        visible=visible,
    )


def _to_bring(item: Service, case: Case) -> list[str]:
    """The papers that are needed with these answers and were not sent."""
    return [
        one.text
        for one in item.requirements
        if engine.holds(one.when, case.answers) and not (one.key and case.answers.get(one.key))
    ]
