"""Handovers: who waits for a human, and the talk with one of them."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError

from actions.casework import audit_log, escalations, queues, transcript
from actions.casework.escalations import AlreadyClaimedError, Reason, State
from actions.storage.tables import Escalation
from bot.console import forms
from bot.console.context import console_of, staff_of
from bot.console.escalation_presenters import guesses_of, topic_of, wait_of
from bot.console.pages.case import Typed, case_page, find_case
from bot.console.presenters import called, unit_name
from bot.console.render import fragment, page, redirect

LONGEST = 3000


class NothingSaidError(Exception):
    """The message to the citizen is empty."""


async def show_all(request: web.Request) -> web.StreamResponse:
    """Who waits, who is being answered, and on request those that are over."""
    console, staff = console_of(request), staff_of(request)
    closed, now = request.query.get("selesai") == "1", console.clock()
    async with console.reading() as session:
        found = await queues.talks(session, console.reference, staff, closed=closed)
        who = await queues.names(session, [talk.claimed_by for talk in found])
    rows = [
        (talk, unit_name(console, talk.unit), topic_of(console, talk), wait_of(console, talk, now))
        for talk in found
    ]
    return await page(
        request,
        "talks.html",
        rows=rows,
        names=who,
        closed=closed,
        State=State,
        reason=_reason(request),
    )


def _reason(request: web.Request) -> dict[str, str]:
    texts = console_of(request).reference.texts
    return {reason: texts.plain(f"petugas.sebab.{reason}") for reason in Reason}


async def _find(request: web.Request, session: AsyncSession) -> Escalation:
    number = int(request.match_info["id"])
    found = await queues.talk(session, console_of(request).reference, staff_of(request), number)
    if found is None:
        raise web.HTTPNotFound
    return found


async def show(request: web.Request) -> web.StreamResponse:
    """One handover."""
    return await _talk_page(request, noted=True)


async def _talk_page(
    request: web.Request,
    *,
    noted: bool = False,
    status: int = 200,
    message: str = "",
    fault: str = "",
) -> web.StreamResponse:
    console, staff, now = console_of(request), staff_of(request), console_of(request).clock()
    async with console.writing() as session:
        talk = await _find(request, session)
        if noted:
            audit_log.saw_talk(session, staff, talk, now)
        before = await transcript.before_talk(session, staff, talk, now)
        since = await transcript.of_talk(session, staff, talk, now)
        who = await queues.names(session, [talk.claimed_by] + [line.staff_id for line in since])
        case = await queues.case(session, staff, talk.case_id) if talk.case_id else None
        blocked = await queues.is_blocked(session, talk.chat)
    return await page(
        request,
        "talk.html",
        status=status,
        talk=talk,
        before=before,
        lines=since,
        names=who,
        case=case,
        subject=called(console, case.slug) if case else "",
        blocked=blocked,
        message=message,
        fault=fault,
        mine=talk.claimed_by == staff.id,
        State=State,
        may_close=_may_close(request, talk),
        reason=_reason(request),
        unit=unit_name(console, talk.unit),
        topic=topic_of(console, talk),
        guesses=guesses_of(console, talk),
        wait=wait_of(console, talk, now),
        longest=LONGEST,
    )


def _may_close(request: web.Request, talk: Escalation) -> bool:
    """Whoever answers may close; nobody answers: anyone; supervisors always."""
    staff = staff_of(request)
    if talk.status == State.CLOSED:
        return False
    return queues.is_supervisor(staff) or talk.claimed_by in {None, staff.id}


async def show_lines(request: web.Request) -> web.StreamResponse:
    """The lines since the handover alone; a script asks for them every few seconds."""
    console, staff = console_of(request), staff_of(request)
    async with console.reading() as session:
        talk = await _find(request, session)
        since = await transcript.of_talk(session, staff, talk, console.clock())
        who = await queues.names(session, [line.staff_id for line in since])
    return fragment(request, "lines.html", lines=since, names=who)


async def claim(request: web.Request) -> web.StreamResponse:
    """Take a waiting handover."""
    console, staff = console_of(request), staff_of(request)
    try:
        async with console.writing() as session:
            talk = await _find(request, session)
            await queues.hold(session, talk)
            await escalations.claim(session, console.reference, talk, staff, console.clock())
    except (AlreadyClaimedError, StaleDataError):
        return await _talk_page(request, status=409, fault="sudah_diambil")
    return _done(request, "diambil")


async def answer(request: web.Request) -> web.StreamResponse:
    """Write to the citizen; whoever writes first has taken the handover."""
    message = forms.words(await forms.read_form(request), "isi", longest=LONGEST)
    try:
        async with console_of(request).writing() as session:
            talk = await _find(request, session)
            await _say(request, session, talk, message)
    except NothingSaidError:
        return await _talk_page(request, status=422, fault="pesan_kosong")
    except (AlreadyClaimedError, StaleDataError):
        return await _talk_page(request, status=409, message=message, fault="sudah_diambil")
    return _done(request, "terkirim")


async def _say(
    request: web.Request, session: AsyncSession, talk: Escalation, message: str
) -> None:
    console, staff, now = console_of(request), staff_of(request), console_of(request).clock()
    if not message:
        raise NothingSaidError
    await queues.hold(session, talk)
    said = await transcript.was_just_said(
        session, console.reference, staff, chat=talk.chat, text=message, now=now
    )
    if not said:
        await escalations.say(session, console.reference, talk, staff, message, now)


async def close(request: web.Request) -> web.StreamResponse:
    """Give the chat back to the bot."""
    console = console_of(request)
    try:
        async with console.writing() as session:
            talk = await _find(request, session)
            await queues.hold(session, talk)
            if not _may_close(request, talk):
                raise AlreadyClaimedError(talk.id)
            now = console.clock()
            await escalations.close(session, console.reference, talk, now, key="petugas.selesai")
    except (AlreadyClaimedError, StaleDataError):
        return await _talk_page(request, status=409, fault="sudah_diambil")
    return _done(request, "ditutup")


def _done(request: web.Request, notice: str) -> web.StreamResponse:
    console_of(request).wake()
    return redirect(request, "percakapan_satu", notice=notice, id=request.match_info["id"])


async def write(request: web.Request) -> web.StreamResponse:
    """Write to the citizen of a case: opens a handover, or goes on with the open one."""
    message = forms.words(await forms.read_form(request), "isi", longest=LONGEST)
    typed = Typed(message=message)
    try:
        talk_id = await _write(request, message)
    except NothingSaidError:
        return await case_page(request, status=422, typed=typed, fault="pesan_kosong")
    except (AlreadyClaimedError, StaleDataError):
        return await case_page(request, status=409, typed=typed, fault="sudah_diambil")
    console_of(request).wake()
    return redirect(request, "percakapan_satu", notice="terkirim", id=str(talk_id))


async def _write(request: web.Request, message: str) -> int:
    console, staff = console_of(request), staff_of(request)
    async with console.writing() as session:
        case = await find_case(request, session)
        await queues.hold(session, case)
        talk = await escalations.open_escalation(
            session,
            console.reference,
            chat=case.chat,
            reason=Reason.OFFICER,
            now=console.clock(),
            unit=case.unit,
            case_id=case.id,
        )
        if await queues.talk(session, console.reference, staff, talk.id) is None:
            raise AlreadyClaimedError(talk.id)
        await _say(request, session, talk, message)
        return talk.id
