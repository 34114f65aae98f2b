"""One case: what was asked, what happened, and moving it on."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError

from actions.casework import audit_log, cases, queues, transcript
from actions.casework.audit_log import Look
from actions.casework.cases import By, ReasonMissingError
from actions.casework.chats import NOBODY
from actions.casework.queues import OutdatedError
from actions.domain.codes import read_code
from actions.domain.status import Actor, Detail, ForbiddenMoveError, Status
from actions.storage.tables import Case
from bot.console import forms, presenters
from bot.console.context import Console, console_of, staff_of
from bot.console.render import page, redirect

LONGEST_NOTE = 1000


@dataclass(frozen=True, slots=True)
class Typed:
    """What an officer has filled in, kept when it cannot be taken as it is."""

    target: str = ""
    note: str = ""
    message: str = ""
    version: int = 0


NOTHING = Typed()


class CannotMoveError(Exception):
    """The form lacks something; `fault` names a text below "konsol.salah."."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


async def show(request: web.Request) -> web.StreamResponse:
    """The case, with its numbers hidden."""
    return await case_page(request, look=Look.CASE)


async def reveal(request: web.Request) -> web.StreamResponse:
    """The case once more with NIK and KK in full."""
    return await case_page(request, look=Look.NUMBERS)


async def find_case(request: web.Request, session: AsyncSession) -> Case:
    """The case of the address; raises 404 unless this officer may see it."""
    number = int(request.match_info["id"])
    found = await queues.case(session, staff_of(request), number)
    if found is None:
        raise web.HTTPNotFound
    return found


async def case_page(
    request: web.Request,
    *,
    look: Look | None = None,
    status: int = 200,
    typed: Typed = NOTHING,
    fault: str = "",
) -> web.StreamResponse:
    """The whole page; `look` is written to the audit log, `fault` says what was wrong."""
    console, staff, now = console_of(request), staff_of(request), console_of(request).clock()
    async with console.writing() as session:
        case = await find_case(request, session)
        if look is not None:
            audit_log.saw_case(session, staff, case, look, now)
        events = list(await cases.history(session, case))
        messages = await transcript.of_case(session, staff, case, now)
        people = [e.staff_id for e in events] + [m.staff_id for m in messages]
        names = await queues.names(session, people)
        files = list(await cases.attachments(session, case))
        seen = await audit_log.of_case(session, case.id) if queues.is_supervisor(staff) else []
        blocked = await queues.is_blocked(session, case.chat)
    return await page(
        request,
        "case.html",
        status=status,
        typed=typed,
        fault=fault,
        blocked=blocked,
        erased=case.chat == NOBODY,
        row=presenters.row_of(console, case, console.reference.today(now)),
        messages=messages,
        names=names,
        seen=seen,
        files=presenters.files_of(case, files),
        steps=presenters.steps_of(console, events, names),
        longest=LONGEST_NOTE,
        **_form_of(console, case, revealed=look is Look.NUMBERS),
    )


def _form_of(console: Console, case: Case, *, revealed: bool) -> dict[str, Any]:
    """What was filled in, and where the case may go from here."""
    return {
        "version": case.version,
        "revealed": revealed,
        "answers": presenters.answers_of(console, case, revealed=revealed),
        "moves": presenters.moves_of(console, case),
    }


async def change(request: web.Request) -> web.StreamResponse:
    """Move the case; whatever stands in the way, nothing that was typed is lost."""
    sent = await forms.read_form(request)
    typed = Typed(
        target=forms.words(sent, "tujuan", longest=40),
        note=forms.words(sent, "keterangan", longest=LONGEST_NOTE),
        version=forms.number(forms.words(sent, "versi", longest=10), 0),
    )
    try:
        await _move(request, typed)
    except CannotMoveError as error:
        return await case_page(request, status=422, typed=typed, fault=error.fault)
    except ReasonMissingError:
        return await case_page(request, status=422, typed=typed, fault="rincian_kosong")
    except (OutdatedError, StaleDataError, ForbiddenMoveError):
        return await case_page(request, status=409, typed=typed, fault="sudah_diubah")
    console_of(request).wake()
    return redirect(
        request, "permohonan_satu", notice="status_diubah", id=request.match_info["id"]
    )


async def _move(request: web.Request, typed: Typed) -> None:
    console, staff = console_of(request), staff_of(request)
    if typed.target not in set(Status):
        raise CannotMoveError("pilih_status")
    target = next(status for status in Status if status == typed.target)
    async with console.writing() as session:
        case = await find_case(request, session)
        await queues.hold(session, case)
        note = await _checked(session, console, case, target, typed.note)
        await cases.move(
            session,
            console.reference,
            case,
            target,
            by=By(Actor.OFFICER, staff.id),
            now=console.clock(),
            reason=note or None,
            seen_version=typed.version,
        )


async def _checked(
    session: AsyncSession, console: Console, case: Case, target: Status, note: str
) -> str:
    """The note; where the code of another case belongs, that code as it is written."""
    if target.needs is not Detail.ORIGINAL or not note:
        return note
    code = read_code(note, console.reference.catalogue.office.code_prefix)
    original = await cases.by_code(session, code) if code else None
    if original is None or original.id == case.id or original.kind != case.kind:
        raise CannotMoveError("kode_induk")
    return original.code or ""
