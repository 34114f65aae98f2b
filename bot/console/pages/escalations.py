"""Escalations: who waits for a human, and the conversation with one of them."""

from functools import partial
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError

from actions.casework import alerts, audit_log, escalations, places_sent, queues, transcript
from actions.casework.audit_log import Look
from actions.casework.desk import Tray, Wanted
from actions.casework.escalations import AlreadyClaimedError, Reason, State
from actions.casework.places_sent import PlaceSent, UnknownPlaceError
from actions.domain.messages import StoredFile
from actions.storage.tables import Escalation
from bot.console import uploads
from bot.console.context import Console, console_of, staff_of
from bot.console.pages import desk
from bot.console.presenters import called, guesses_of, topic_of, unit_name, wait_of
from bot.console.render import fragment, page, redirect
from bot.console.uploads import BadFileError
from bot.console.way_on import go_on
from bot.http import forms

LONGEST, LONGEST_PLACE = 3000, 60
TAKEN = (AlreadyClaimedError, StaleDataError)


class NothingSaidError(Exception):
    """The message to the citizen is empty."""


async def show_all(request: web.Request) -> web.StreamResponse:
    """Who waits, who is being answered, and on request those that are over."""
    console, staff = console_of(request), staff_of(request)
    closed = request.query.get("selesai") == "1"
    async with console.reading() as session:
        found = await queues.escalations(session, console.reference, staff, closed=closed)
        names = await queues.names(session, [one.claimed_by for one in found])
        waiting = [one for one in found if one.status == State.WAITING]
        unheard = await alerts.unheard(session, waiting, console.clock())
        counts = await desk.count_trays(session, request, Wanted(Tray.NEW))
    rows = [_labelled(console, escalation) for escalation in found]
    return await page(
        request,
        "escalations.html",
        rows=rows,
        names=names,
        closed=closed,
        unheard_ids=unheard,
        trays=desk.links_of(request, None, counts),
    )


def _labelled(console: Console, escalation: Escalation) -> dict[str, Any]:
    """What every page shows of an escalation."""
    texts = console.reference.texts
    return {
        "escalation": escalation,
        "unit": unit_name(console, escalation.unit),
        "topic": topic_of(console, escalation),
        "wait": wait_of(console, escalation, console.clock()),
        "reason": texts.plain(f"petugas.sebab.{Reason(escalation.reason)}"),
        "is_waiting": escalation.status == State.WAITING,
        "is_closed": escalation.status == State.CLOSED,
    }


async def _find(request: web.Request, session: AsyncSession) -> Escalation:
    number = int(request.match_info["id"])
    found = await queues.escalation(
        session, console_of(request).reference, staff_of(request), number
    )
    if found is None:
        raise web.HTTPNotFound
    return found


async def show(request: web.Request) -> web.StreamResponse:
    """One escalation, with its numbers hidden."""
    return await _page(request, look=Look.ESCALATION)


async def reveal(request: web.Request) -> web.StreamResponse:
    """The same with NIK, KK and phones in full."""
    return await _page(request, look=Look.NUMBERS)


async def _page(
    request: web.Request,
    *,
    look: Look | None = None,
    status: int = 200,
    message: str = "",
    place: str = "",
    fault: str = "",
) -> web.StreamResponse:
    console, staff, now = console_of(request), staff_of(request), console_of(request).clock()
    async with console.writing() as session:
        escalation = await _find(request, session)
        if look is not None:
            audit_log.saw_escalation(session, staff, escalation, now, look=look)
        before = await transcript.before_escalation(session, staff, escalation, now)
        since = await _since(request, session, escalation)
        case_id = escalation.case_id
        case = await queues.case(session, staff, case_id) if case_id else None
        blocked = await queues.is_blocked(session, escalation.chat)
    return await page(
        request,
        "escalation.html",
        status=status,
        **_labelled(console, escalation),
        **since,
        before=before,
        case=case,
        subject=called(console, case.slug) if case else "",
        blocked=blocked,
        message=message,
        place=place,
        landmarks=places_sent.choices(console.reference.catalogue.sites),
        fault=fault,
        revealed=look is Look.NUMBERS,
        mine=escalation.claimed_by == staff.id,
        may_close=_may_close(request, escalation),
        guesses=guesses_of(console, escalation),
        longest=LONGEST,
    )


def _may_close(request: web.Request, escalation: Escalation) -> bool:
    """Whoever answers may close; nobody answers: anyone; supervisors always."""
    staff = staff_of(request)
    if escalation.status == State.CLOSED:
        return False
    return queues.is_supervisor(staff) or escalation.claimed_by in {None, staff.id}


async def _since(
    request: web.Request, session: AsyncSession, escalation: Escalation
) -> dict[str, Any]:
    """The transcript since the escalation began, and the names in it."""
    staff, now = staff_of(request), console_of(request).clock()
    messages = await transcript.of_escalation(session, staff, escalation, now)
    people = [escalation.claimed_by, *(message.staff_id for message in messages)]
    return {"messages": messages, "names": await queues.names(session, people)}


async def show_transcript(request: web.Request) -> web.StreamResponse:
    """The transcript alone; a script asks for it every few seconds."""
    async with console_of(request).reading() as session:
        since = await _since(request, session, await _find(request, session))
    return fragment(request, "transcript.html", revealed=False, **since)


async def claim(request: web.Request) -> web.StreamResponse:
    """Take a citizen who waits."""
    console, staff = console_of(request), staff_of(request)
    try:
        async with console.writing() as session:
            escalation = await _find(request, session)
            await queues.hold(session, escalation)
            await escalations.claim(session, console.reference, escalation, staff, console.clock())
    except TAKEN:
        return await _page(request, status=409, fault="sudah_diambil")
    return _done(request, "diambil")


async def answer(request: web.Request) -> web.StreamResponse:
    """Write to the citizen; whoever writes first has taken the escalation."""
    sent = await forms.read_form(request)
    message = forms.words(sent, "isi", longest=LONGEST)
    written = forms.words(sent, "pilihan", longest=LONGEST_PLACE)
    again = partial(_page, request, message=message, place=written)
    try:
        place = places_sent.read(console_of(request).reference.catalogue.sites, written)
        file = await uploads.stored(console_of(request), sent, "berkas")
        async with console_of(request).writing() as session:
            escalation = await _find(request, session)
            await say(request, session, escalation, message, file=file, place=place)
    except UnknownPlaceError:
        return await again(status=422, fault="tempat_tak_dikenal")
    except BadFileError:
        return await again(status=422, fault="berkas_rusak")
    except NothingSaidError:
        return await again(status=422, fault="pesan_kosong")
    except TAKEN:
        return await again(status=409, fault="sudah_diambil")
    return _done(request, "antre")


async def say(
    request: web.Request,
    session: AsyncSession,
    escalation: Escalation,
    message: str,
    *,
    file: StoredFile | None = None,
    place: PlaceSent | None = None,
) -> None:
    """Send what an officer wrote, once, a file, a place; NothingSaidError, AlreadyClaimedError."""
    console, staff, now = console_of(request), staff_of(request), console_of(request).clock()
    brings = file is not None or place is not None
    if not message and not brings:
        raise NothingSaidError
    await queues.hold(session, escalation)
    reference, chat = console.reference, escalation.chat
    said = await transcript.was_just_said(
        session, reference, staff, chat=chat, text=message, now=now
    )
    if not said or brings:
        await escalations.say(
            session, reference, escalation, staff, message, now, file=file, place=place
        )


async def close(request: web.Request) -> web.StreamResponse:
    """Give the chat back to the bot."""
    console, key = console_of(request), "petugas.selesai"
    try:
        async with console.writing() as session:
            escalation = await _find(request, session)
            await queues.hold(session, escalation)
            if not _may_close(request, escalation):
                raise AlreadyClaimedError(escalation.id)
            now = console.clock()
            await escalations.close(session, console.reference, escalation, now, key=key)
    except TAKEN:
        return await _page(request, status=409, fault="sudah_diambil")
    return await _after_close(request)


async def _after_close(request: web.Request) -> web.StreamResponse:
    """Back to the case where it was closed from its page."""
    sent = await forms.read_form(request)
    number = forms.number(forms.words(sent, "perkara", longest=15), 0, most=10**15)
    if not number:
        return _done(request, "ditutup")
    async with console_of(request).reading() as session:
        case = await queues.case(session, staff_of(request), number)
    if case is None:
        return _done(request, "ditutup")
    console_of(request).wake()
    return await go_on(request, sent, case, notice="ditutup")


def _done(request: web.Request, notice: str, number: str = "") -> web.StreamResponse:
    console_of(request).wake()
    number = number or request.match_info["id"]
    return redirect(request, "percakapan_satu", notice=notice, id=number)
