"""Moving a case on."""

from functools import partial

from aiohttp import web

from actions.casework import cases, lateness, proof, queues
from actions.casework.cases import By
from actions.casework.chats import is_reachable
from actions.casework.linked import may_join
from actions.domain.codes import read_code
from actions.domain.messages import FileKind, StoredFile
from actions.domain.status import Actor, Detail, Status
from bot.console import uploads
from bot.console.context import console_of
from bot.console.pages.case import Fault, case_page
from bot.console.pages.case_words import wants_reply, with_reply
from bot.console.pages.case_work import FormError, Work, typed_in, work
from bot.console.uploads import BadFileError
from bot.http import forms


def form_of(target: str) -> str:
    """The id of the form of one step."""
    return f"langkah-{target}" if target in set(Status) else "langkah"


async def change(request: web.Request) -> web.StreamResponse:
    """Move the case; whatever stands in the way, nothing that was typed is lost."""
    sent = await forms.read_form(request)
    typed = typed_in(sent, form_of(forms.words(sent, "pilihan", longest=40)))
    if wants_reply(sent):
        return await case_page(request, typed=await with_reply(request, sent, typed))
    try:
        photo = await uploads.stored(console_of(request), sent, "bukti", FileKind.PHOTO)
    except BadFileError:
        return await case_page(request, typed=typed, fault=Fault(422, "bukti_rusak"))
    return await work(request, partial(_move, photo=photo), form=typed.form)


async def _move(told: Work, *, photo: StoredFile | None) -> str:
    target = next((status for status in Status if status == told.choice), None)
    if target is None:
        raise FormError("pilih_status")
    await queues.hold(told.session, told.case)
    note = await _checked(told, target)
    if photo is not None:
        proof.attach(told.session, told.case, photo, told.now)
        await told.session.flush()
    cause = forms.words(told.sent, "sebab", longest=40)
    lateness.take_cause(told.console.reference, told.case, target, cause, told.now)
    await cases.move(
        told.session,
        told.console.reference,
        told.case,
        target,
        by=By(Actor.OFFICER, told.staff.id),
        now=told.now,
        reason=note or None,
        seen_version=told.version,
    )
    return "status_diubah" if is_reachable(told.case.chat) else "status_diubah_saja"


async def _checked(told: Work, target: Status) -> str:
    """The note; where the code of another case belongs, that code as it is written."""
    if target.needs is not Detail.ORIGINAL or not told.text:
        return told.text
    code = read_code(told.text, *told.console.reference.catalogue.office.code_prefixes)
    original = await queues.case_by_code(told.session, told.staff, code) if code else None
    if original is None or not may_join(told.case, original):
        raise FormError("kode_induk")
    return original.code or ""
