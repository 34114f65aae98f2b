"""What officers do with a case, a form each: what cannot be done loses nothing that was typed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError

from actions.casework import queues
from actions.casework.cases import ReasonMissingError
from actions.casework.escalations import AlreadyClaimedError
from actions.casework.lateness import CauseMissingError
from actions.casework.linked import CannotLinkError
from actions.casework.ownership import CannotHaveError
from actions.casework.proof import ProofMissingError
from actions.casework.queues import OutdatedError
from actions.casework.splitting import CannotSplitError
from actions.casework.transfers import AnsweredError, CannotTransferError
from actions.domain.status import ForbiddenMoveError
from actions.storage.tables import Case, Staff
from bot.console.context import Console, console_of, staff_of
from bot.console.pages.case import (
    LONGEST_MESSAGE,
    Fault,
    Typed,
    case_page,
    find_case,
    own_case,
)
from bot.console.render import page, redirect
from bot.console.way_on import DESK, go_on
from bot.http import forms

LONGEST_CHOICE = 60


class UnreachableError(Exception):
    """The citizen came to the counter or called, and no chat is known."""


class FormError(Exception):
    """A form lacks something; `key` names a text below "konsol.salah."."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Work:
    """What a form works with: the open session, the case, and what was sent."""

    request: web.Request
    session: AsyncSession
    case: Case
    sent: forms.Sent

    @property
    def console(self) -> Console:
        """The parts of this console."""
        return console_of(self.request)

    @property
    def staff(self) -> Staff:
        """Who works."""
        return staff_of(self.request)

    @property
    def now(self) -> datetime:
        """The time."""
        return self.console.clock()

    @property
    def text(self) -> str:
        """What was written."""
        return text_in(self.sent)

    @property
    def choice(self) -> str:
        """What was chosen."""
        return forms.words(self.sent, "pilihan", longest=LONGEST_CHOICE)

    @property
    def number(self) -> int:
        """What was chosen, where that is an id."""
        return forms.number(self.choice, 0, most=10**15)

    @property
    def version(self) -> int:
        """The version of the case that the officer looked at."""
        return forms.number(forms.words(self.sent, "versi", longest=10), 0)


Act = Callable[[Work], Awaitable[str]]
"""Does something, and says by which notice it is told."""


def text_in(sent: forms.Sent) -> str:
    """What was written into a form; a longer one than the page allows is cut there."""
    return forms.words(sent, "isi", longest=LONGEST_MESSAGE)


async def work(
    request: web.Request, act: Act, *, form: str = "", asked: bool = False
) -> web.StreamResponse:
    """Do it in one transaction, and go on; `asked` is for another unit's answers too."""
    console, sent = console_of(request), await forms.read_form(request)
    try:
        async with console.writing() as session:
            case = await (find_case if asked else own_case)(request, session)
            notice = await act(Work(request, session, case, sent))
            await session.flush()
            stays = await queues.works_on(session, staff_of(request), case)
    except web.HTTPNotFound:
        return await _gone(request, text_in(sent))
    except tuple(_FAULTS) as error:
        return await _once_more(request, typed_in(sent, form), fault_of(error))
    console.wake()
    if not stays:
        return redirect(request, DESK, notice=notice)
    return await go_on(request, sent, case, notice=notice)


async def _once_more(request: web.Request, typed: Typed, fault: Fault) -> web.StreamResponse:
    try:
        return await case_page(request, typed=typed, fault=fault)
    except web.HTTPNotFound:
        return await _gone(request, typed.text)


async def _gone(request: web.Request, text: str) -> web.StreamResponse:
    """What was written to a case that has gone elsewhere, or never was; the same for both."""
    if not text:
        raise web.HTTPNotFound
    return await page(request, "case_gone.html", status=404, typed=text)


def typed_in(sent: forms.Sent, form: str) -> Typed:
    """What is shown once more."""
    choice = forms.words(sent, "pilihan", longest=LONGEST_CHOICE)
    version = forms.number(forms.words(sent, "versi", longest=10), 0)
    return Typed(form, text_in(sent), choice, version)


_FAULTS: dict[type[Exception], Fault] = {
    ReasonMissingError: Fault(422, "rincian_kosong"),
    ProofMissingError: Fault(422, "bukti_kosong"),
    CauseMissingError: Fault(422, "sebab_kosong"),
    OutdatedError: Fault(409, "sudah_diubah"),
    StaleDataError: Fault(409, "sudah_diubah"),
    ForbiddenMoveError: Fault(409, "sudah_diubah"),
    AnsweredError: Fault(409, "unit_sudah_menjawab"),
    AlreadyClaimedError: Fault(409, "sudah_diambil"),
    CannotLinkError: Fault(422, "tidak_bisa_digabung"),
    CannotSplitError: Fault(422, "tidak_bisa_dipecah"),
    CannotHaveError: Fault(409, "milik"),
    CannotTransferError: Fault(422, "kirim"),
    UnreachableError: Fault(409, "tanpa_telegram"),
    FormError: Fault(422, ""),
}


def fault_of(error: Exception) -> Fault:
    """What the page says of it."""
    fault = next(told for kind, told in _FAULTS.items() if isinstance(error, kind))
    if isinstance(error, FormError):
        return Fault(fault.status, error.key)
    if isinstance(error, CannotHaveError | CannotTransferError):
        return Fault(fault.status, f"{fault.key}.{error.why}")
    return fault
