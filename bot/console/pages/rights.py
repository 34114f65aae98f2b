"""What citizens ask for by their rights on data: the list with its clock, and answering one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import audit_log, corrections, privacy_requests, queues
from actions.casework.audit_log import Look
from actions.casework.chats import NOBODY
from actions.casework.corrections import Correction
from actions.casework.privacy_requests import AlreadyAnsweredError, Result
from actions.forms.context import Unreadable
from actions.forms.engine import NotAsked
from actions.storage.tables import Case, PrivacyRequest
from bot.console.context import Console, console_of, staff_of
from bot.console.presenters import called, lasted, unit_name
from bot.console.render import page, redirect
from bot.console.views.answers import answers_of
from bot.http import forms

LONGEST = 1000


class Act(StrEnum):
    """What an officer does with a request."""

    CORRECT = "betulkan"
    DONE = "selesai"
    REFUSE = "tolak"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list; `left` is how long there is, `late` that the time is over."""

    id: int
    code: str
    called: str
    unit: str
    asked_at: datetime
    due_at: datetime
    left: str
    late: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """What an officer has filled in."""

    act: str = ""
    key: str = ""
    value: str = ""
    note: str = ""


class CannotAnswerError(Exception):
    """The form lacks something; `fault` names a text below "konsol.salah."."""

    def __init__(self, fault: str, detail: str = "") -> None:
        super().__init__(fault)
        self.fault, self.detail = fault, detail


async def show_all(request: web.Request) -> web.StreamResponse:
    """What waits for this officer, due first."""
    console = console_of(request)
    async with console.reading() as session:
        found = await privacy_requests.waiting(session, staff_of(request))
    rows = [_row(console, asked, case) for asked, case in found]
    return await page(request, "rights.html", rows=rows)


def _row(console: Console, asked: PrivacyRequest, case: Case) -> Row:
    left = asked.due_at - console.clock()
    return Row(
        asked.id,
        case.code or "",
        called(console, case.slug),
        unit_name(console, case.unit),
        asked.asked_at,
        asked.due_at,
        lasted(console, abs(left)),
        late=left.total_seconds() < 0,
    )


async def _find(
    request: web.Request, session: AsyncSession, *, locked: bool = False
) -> tuple[PrivacyRequest, Case]:
    number = int(request.match_info["id"])
    found = await privacy_requests.find(session, staff_of(request), number, locked=locked)
    if found is None or found[1].chat == NOBODY:
        raise web.HTTPNotFound
    return found


async def show(request: web.Request) -> web.StreamResponse:
    """One request, in the citizen's words, with the answers as they stand."""
    return await _page(request, noted=True)


async def _page(
    request: web.Request,
    *,
    noted: bool = False,
    typed: Typed = Typed(),
    status: int = 200,
    fault: str = "",
    detail: str = "",
) -> web.StreamResponse:
    console, staff = console_of(request), staff_of(request)
    async with console.writing() as session:
        asked, case = await _find(request, session)
        if noted:
            audit_log.saw_case(session, staff, case, Look.NUMBERS, console.clock())
    return await page(
        request,
        "right.html",
        status=status,
        row=_row(console, asked, case),
        case_id=case.id,
        text=asked.text or "",
        answered=privacy_requests.in_words(console.reference, asked) if asked.done_at else "",
        answers=answers_of(console, case, revealed=True),
        fields=corrections.correctable(case),
        longest=LONGEST,
        typed=typed,
        fault=fault,
        detail=detail,
    )


async def answer(request: web.Request) -> web.StreamResponse:
    """Correct and tell, only tell, or refuse; what was typed stays when it cannot be done."""
    sent = await forms.read_form(request)
    typed = Typed(
        act=forms.words(sent, "tindakan", longest=20),
        key=forms.words(sent, "isian", longest=60),
        value=forms.words(sent, "nilai", longest=LONGEST),
        note=forms.words(sent, "keterangan", longest=LONGEST),
    )
    try:
        await _answer(request, typed)
    except CannotAnswerError as error:
        return await _page(
            request, typed=typed, status=422, fault=error.fault, detail=error.detail
        )
    except AlreadyAnsweredError:
        return await _page(request, typed=typed, status=409, fault="hak_sudah_dijawab")
    console_of(request).wake()
    return redirect(request, "hak", notice="hak_dijawab")


async def _answer(request: web.Request, typed: Typed) -> None:
    console, staff, now = console_of(request), staff_of(request), console_of(request).clock()
    if typed.act not in set(Act):
        raise CannotAnswerError("hak_tindakan")
    if typed.act != Act.CORRECT and not typed.note:
        raise CannotAnswerError("hak_keterangan")
    async with console.writing() as session:
        _, case = await _find(request, session)
        await queues.hold(session, case)
        asked, _ = await _find(request, session, locked=True)
        if asked.done_at is not None:
            raise AlreadyAnsweredError(asked.id)
        if typed.act == Act.CORRECT:
            await _correct(request, session, case, typed)
        await privacy_requests.settle(
            session,
            console.reference,
            asked,
            staff,
            result=Result.REFUSED if typed.act == Act.REFUSE else Result.DONE,
            outcome=typed.note,
            now=now,
        )


async def _correct(request: web.Request, session: AsyncSession, case: Case, typed: Typed) -> None:
    console, texts = console_of(request), console_of(request).reference.texts
    if typed.key not in {field.key for field in corrections.correctable(case)}:
        raise CannotAnswerError("hak_isian")
    new, now = Correction(typed.key, typed.value), console.clock()
    try:
        await corrections.correct(session, console.reference, case, staff_of(request), new, now)
    except Unreadable as error:
        told = texts.plain(f"salah.{error.key}", 0, **error.params)
        raise CannotAnswerError("hak_nilai", told) from None
    except NotAsked:
        raise CannotAnswerError("hak_isian") from None
