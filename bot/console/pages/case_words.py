"""Writing to the citizen of a case, and to everybody of a family of cases."""

from dataclasses import replace
from functools import partial

from aiohttp import web

from actions.casework import (
    attachments,
    cases,
    escalations,
    first_answer,
    linked,
    places_sent,
    queues,
    templates,
)
from actions.casework.chats import is_reachable
from actions.casework.escalations import AlreadyClaimedError, Reason
from actions.domain.messages import StoredFile
from bot.console import uploads
from bot.console.context import console_of, staff_of
from bot.console.pages.case import LONGEST_MESSAGE, Fault, Typed, case_page, own_case
from bot.console.pages.case_work import FormError, UnreachableError, Work, typed_in, work
from bot.console.pages.escalations import NothingSaidError, say
from bot.console.uploads import BadFileError
from bot.console.views.steps import values_of
from bot.http import forms

USE, WHICH, FILE, READY_FILE = "pakai", "templat", "berkas", "lampiran"
FORM, FORM_FOR_ALL = "tulis", "tulis-semua"


def wants_reply(sent: forms.Sent) -> bool:
    """Whether a ready reply is to be put into the field, which a script does by itself."""
    return bool(forms.words(sent, USE, longest=1))


async def with_reply(request: web.Request, sent: forms.Sent, typed: Typed) -> Typed:
    """What was typed, with the chosen reply behind it."""
    console, chosen = console_of(request), forms.words(sent, WHICH, longest=15)
    async with console.reading() as session:
        case = await own_case(request, session)
        found = await templates.chosen(session, case.unit, chosen)
        text = templates.fill(found.text, values_of(console, case)) if found else ""
    joined = "\n".join(part for part in (typed.text, text) if part)
    return replace(typed, text=joined[:LONGEST_MESSAGE])


async def write(request: web.Request) -> web.StreamResponse:
    """Write to the citizen: opens an escalation, or goes on with the open one."""
    sent = await forms.read_form(request)
    if wants_reply(sent):
        typed = await with_reply(request, sent, typed_in(sent, FORM))
        return await case_page(request, typed=typed)
    try:
        file = await uploads.stored(console_of(request), sent, FILE)
        file = file or await _ready_file(request, sent)
    except BadFileError:
        typed, fault = typed_in(sent, FORM), Fault(422, "berkas_rusak")
        return await case_page(request, typed=typed, fault=fault)
    return await work(request, partial(_write, file=file), form=FORM)


async def _ready_file(request: web.Request, sent: forms.Sent) -> StoredFile | None:
    """The file of a ready reply that was chosen to go along."""
    console, chosen = console_of(request), forms.words(sent, READY_FILE, longest=15)
    if not chosen:
        return None
    async with console.reading() as session:
        case = await own_case(request, session)
        found = await templates.chosen(session, case.unit, chosen)
    if found is None or found.file is None:
        raise BadFileError(READY_FILE)
    return await uploads.kept(console, found.file, found.file_mime or "")


async def _write(told: Work, *, file: StoredFile | None) -> str:
    reference = told.console.reference
    if not is_reachable(told.case.chat):
        raise UnreachableError
    await queues.hold(told.session, told.case)
    escalation = await escalations.open_escalation(
        told.session,
        reference,
        chat=told.case.chat,
        reason=Reason.OFFICER,
        now=told.now,
        unit=told.case.unit,
        case_id=told.case.id,
    )
    seen = await queues.escalation(told.session, reference, told.staff, escalation.id)
    if seen is None:
        raise AlreadyClaimedError(escalation.id)
    try:
        place = places_sent.read(reference.catalogue.sites, told.choice)
        await say(told.request, told.session, escalation, told.text, file=file, place=place)
    except NothingSaidError:
        raise FormError("pesan_kosong") from None
    except places_sent.UnknownPlaceError:
        raise FormError("tempat_tak_dikenal") from None
    if file is not None:
        cases.attach(told.session, told.case, attachments.OFFICERS, file, told.now)
    told.case.answered_at = None
    first_answer.given(told.case, told.now)
    return "antre"


async def write_all(request: web.Request) -> web.StreamResponse:
    """One answer to everybody whose case belongs to this one."""

    async def act(told: Work) -> str:
        if not told.text:
            raise FormError("pesan_kosong")
        await linked.answer_all(
            told.session,
            told.console.reference,
            told.case,
            told.text,
            by=staff_of(request),
            now=told.now,
        )
        return "terkirim_semua"

    return await work(request, act, form=FORM_FOR_ALL)
