"""The counter: an officer finds who came or called, or writes down what they want."""

import asyncio
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import attachments, audit_log, cases, counter, queues
from actions.casework.audit_log import Look
from actions.casework.form_context import form_context
from actions.casework.returned import form_of_case
from actions.catalogue import Item
from actions.dialogue.handlers.form.build import form_of
from actions.domain.messages import FileFault, StoredFile
from actions.domain.work import Channel
from actions.forms import engine
from actions.forms.engine import Found
from actions.forms.form import UPLOADS, Form, Json
from actions.storage.files import paper_kind
from actions.storage.tables import Case
from bot.console import sheets
from bot.console.context import Console, console_of, staff_of
from bot.console.pages.search import LONGEST, NEWEST, lines_of, look
from bot.console.presenters import called, unit_name
from bot.console.render import page, redirect
from bot.console.sheets import Reader, Sheet
from bot.http import forms

NUMBERS = ("nik", "kk", "telepon")


async def show(request: web.Request) -> web.StreamResponse:
    """Who is it? And what was begun and not handed in."""
    return await _start(request)


async def find(request: web.Request) -> web.StreamResponse:
    """What somebody has handed in before, and the way to write down something new."""
    words = forms.words(await forms.read_form(request), "kata", longest=LONGEST)
    if not words:
        return await _start(request, status=422, fault="kata_kosong")
    return await _start(request, words=words)


async def _start(
    request: web.Request, *, status: int = 200, words: str = "", fault: str = ""
) -> web.StreamResponse:
    console = console_of(request)
    async with console.reading() as session:
        begun = await counter.drafts(session, staff_of(request))
    lines = lines_of(request, await look(request, words)) if words else []
    return await page(
        request,
        "counter.html",
        status=status,
        words=words,
        lines=lines,
        others=[line for line in lines if line.name and not line.row.secret],
        drafts=[_named(console, draft) for draft in begun],
        groups=_groups(request) if words else [],
        ways=counter.WAYS,
        fault=fault,
        notice_of_data=console.reference.catalogue.office.privacy_notice,
    )


def _named(console: Console, draft: Case) -> dict[str, Any]:
    return {"id": draft.id, "called": called(console, draft.slug), "at": draft.updated_at}


def _groups(request: web.Request) -> list[tuple[str, list[tuple[str, str]]]]:
    """All services and complaints by unit, those of the officer's own unit first."""
    console, own = console_of(request), staff_of(request).unit
    catalogue = console.reference.catalogue
    groups: dict[str, list[tuple[str, str]]] = {}
    for slug, item in (*catalogue.services.items(), *catalogue.complaints.items()):
        groups.setdefault(item.unit, []).append((slug, item.called))
    named = [(unit, unit_name(console, unit), sorted(items)) for unit, items in groups.items()]
    named.sort(key=lambda group: (group[0] != own, group[1].casefold()))
    return [(name, sorted(items, key=lambda one: one[1].casefold())) for _, name, items in named]


async def begin(request: web.Request) -> web.StreamResponse:
    """Open the form of a service or complaint, with what was said so far."""
    console, sent = console_of(request), await forms.read_form(request)
    words = forms.words(sent, "kata", longest=LONGEST)
    slug, way = forms.words(sent, "layanan", longest=60), forms.words(sent, "cara", longest=12)
    item = console.reference.catalogue.find(slug)
    if item is None or way not in counter.WAYS:
        return await _start(request, status=422, words=words, fault="pilih_layanan")
    form = form_of(slug, item, console.reference.texts)
    before = forms.number(forms.words(sent, "dari", longest=15), 0, most=NEWEST)
    async with console.writing() as session:
        known = await _known(request, session, before, form) if before else {}
        case = await counter.begin(
            session,
            staff=staff_of(request),
            way=Channel(way),
            slug=slug,
            item=item,
            form=form,
            answers=_told(console, form, words) | known,
            now=console.clock(),
        )
    return redirect(request, "loket_isi", id=str(case.id))


async def _known(
    request: web.Request, session: AsyncSession, before: int, form: Form
) -> dict[str, Json]:
    """What an earlier case says of the person; that it was opened for it is noted."""
    console, staff = console_of(request), staff_of(request)
    case = await queues.case(session, staff, before)
    if case is None or case.secret:
        return {}
    audit_log.saw_case(session, staff, case, Look.NUMBERS, console.clock())
    return counter.known_of(case, form)


def _told(console: Console, form: Form, words: str) -> dict[str, Json]:
    """What was searched for, as the answer to the question that it answers."""
    context = form_context(console.reference, console.clock())
    for kind in (*NUMBERS, "nama"):
        filled = engine.prefill(form, {}, [Found(kind, words)], context)
        if filled:
            return filled
    return {}


async def fill_in(request: web.Request) -> web.StreamResponse:
    """The questions; once all are answered, what was answered, to be handed in."""
    async with console_of(request).reading() as session:
        case = await _draft(request, session)
    complete = engine.next_field(form_of_case(case), case.answers) is None
    if complete and "ubah" not in request.query:
        return await _summary(request, case)
    return await _sheet(request, case, Sheet(dict(case.answers)))


async def _draft(request: web.Request, session: AsyncSession) -> Case:
    found = await counter.draft(session, staff_of(request), int(request.match_info["id"]))
    if found is None:
        raise web.HTTPNotFound
    return found


async def _summary(request: web.Request, case: Case) -> web.StreamResponse:
    form, item = form_of_case(case), _item(request, case)
    shown = [
        (one, sheets.in_full(one, case.answers[one.key]))
        for one, _ in engine.summary(form, case.answers)
    ]
    return await page(request, "counter_summary.html", case=case, item=item, answers=shown)


def _item(request: web.Request, case: Case) -> Item:
    """Raises 404 where it is offered no more since the draft was begun."""
    item = console_of(request).reference.catalogue.find(case.slug)
    if item is None:
        raise web.HTTPNotFound
    return item


async def _sheet(request: web.Request, case: Case, sheet: Sheet) -> web.StreamResponse:
    asked = sheets.questions(console_of(request), form_of_case(case), sheet)
    return await page(
        request,
        "counter_form.html",
        status=422 if sheet.faults else 200,
        case=case,
        item=_item(request, case),
        asked=asked,
        faulty=next((one for one in asked if one.fault), None),
    )


async def save(request: web.Request) -> web.StreamResponse:
    """Keep what can be read, and say beside each field what cannot."""
    console, sent = console_of(request), await forms.read_form(request)
    async with console.reading() as session:
        form = form_of_case(await _draft(request, session))
    files = await _stored(console, form, forms.uploads(sent))
    context = form_context(console.reference, console.clock())
    async with console.writing() as session:
        case = await _draft(request, session)
        await queues.hold(session, case)
        sheet = Reader(console, form, sent, files, context).fill(case.answers)
        await _attach(session, case, sheet, files, console)
        cases.save_answers(case, sheet.answers, console.clock())
    if sheet.faults:
        return await _sheet(request, case, sheet)
    return redirect(request, "loket_isi", id=str(case.id))


async def _stored(
    console: Console, form: Form, raw: dict[str, bytes]
) -> dict[str, StoredFile | FileFault]:
    """The files, checked and scrubbed as those of citizens are."""
    wanted = [one.key for one in form.fields if one.kind in UPLOADS and raw.get(one.key)]
    jobs = (console.deps.files.store(raw[key], paper_kind(raw[key])) for key in wanted)
    return dict(zip(wanted, await asyncio.gather(*jobs), strict=True))


async def _attach(
    session: AsyncSession,
    case: Case,
    sheet: Sheet,
    files: dict[str, StoredFile | FileFault],
    console: Console,
) -> None:
    """Keep the files that answer a question, in the place of those that did before."""
    for key, file in files.items():
        if isinstance(file, StoredFile) and key not in sheet.faults and sheet.answers.get(key):
            await attachments.make_way(session, case, key)
            cases.attach(session, case, key, file, console.clock())


async def give_up(request: web.Request) -> web.StreamResponse:
    """Forget a draft."""
    console = console_of(request)
    async with console.writing() as session:
        case = await _draft(request, session)
        await queues.hold(session, case)
        await counter.give_up(session, console.reference, case, console.clock())
    return redirect(request, "loket", notice="loket_batal")
