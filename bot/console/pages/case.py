"""One case: finding it, and the whole page with everything that is known of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import audit_log, queues
from actions.casework.audit_log import Look
from actions.casework.chats import NOBODY
from actions.casework.thread import BadPlaceError, Place, read_place
from actions.storage.tables import Case
from bot.console.case_context import gather, lines_for
from bot.console.context import console_of, staff_of
from bot.console.render import fragment, page
from bot.console.views.steps import Step
from bot.console.way_on import origin_in
from bot.http import forms

LONGEST_NOTE, LONGEST_MESSAGE = 1000, 3000
CHOOSING = frozenset({"pecah", "serahkan"})
"""Forms in which the choice is what may be wrong."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What an officer has filled in, kept when it cannot be taken as it is.

    `form` is the id of the form, `choice` what was chosen in it.
    """

    form: str = ""
    text: str = ""
    choice: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """What was wrong with a form: the answer's status, and a key below "konsol.salah."."""

    status: int
    key: str


NOTHING = Typed()


async def show(request: web.Request) -> web.StreamResponse:
    """The case, with its numbers hidden."""
    return await case_page(request, look=Look.CASE)


async def reveal(request: web.Request) -> web.StreamResponse:
    """The case once more with NIK, KK and phones in full."""
    return await case_page(request, look=Look.NUMBERS)


async def show_sheet(request: web.Request) -> web.StreamResponse:
    """A sheet for the file cabinet, with its numbers hidden."""
    return await case_page(request, look=Look.CASE, template="case_sheet.html")


async def reveal_sheet(request: web.Request) -> web.StreamResponse:
    """The same sheet with NIK, KK and phones in full."""
    return await case_page(request, look=Look.NUMBERS, template="case_sheet.html")


async def show_lines(request: web.Request) -> web.StreamResponse:
    """The thread alone; a script asks for it every few seconds."""
    console, staff = console_of(request), staff_of(request)
    async with console.reading() as session:
        case = await find_case(request, session)
        lines = await lines_for(session, console, staff, case, _before(request))
    return fragment(request, "case_lines.html", case=case, **lines)


def _before(request: web.Request) -> Place | None:
    """Before which line of the thread the address begins; 404 where that is no place."""
    text = request.query.get("sebelum", "")
    try:
        return read_place(text) if text else None
    except BadPlaceError:
        raise web.HTTPNotFound from None


async def find_case(request: web.Request, session: AsyncSession) -> Case:
    """The case of the address; raises 404 unless this officer may see it."""
    number = int(request.match_info["id"])
    found = await queues.case(session, staff_of(request), number)
    if found is None:
        raise web.HTTPNotFound
    return found


async def own_case(request: web.Request, session: AsyncSession) -> Case:
    """The same, for whoever may also work on it: being asked about it is not enough."""
    found = await find_case(request, session)
    if found.chat == NOBODY or not await queues.works_on(session, staff_of(request), found):
        raise web.HTTPNotFound
    return found


def _has_field(typed: Typed, anchor: str, known: dict[str, Any]) -> bool:
    """Whether the page still has the form that was filled in."""
    steps = {f"langkah-{step.status}" for step in (*known["likely"], *known["others"])}
    if typed.form.startswith("langkah"):
        return bool(anchor) and typed.form in steps
    return bool(anchor) and (known["works"] or typed.form.startswith("unit-"))


def _anchor(typed: Typed, steps: Iterable[Step]) -> str:
    """The id of the field that a fault is about; some steps have none."""
    once = {f"langkah-{step.status}" for step in steps if not step.takes_words}
    if not typed.form or typed.form in once:
        return ""
    return f"{typed.form}-{'pilihan' if typed.form in CHOOSING else 'isi'}"


async def _sent(request: web.Request) -> forms.Sent | None:
    return await forms.read_form(request) if request.method == "POST" else None


async def case_page(
    request: web.Request,
    *,
    look: Look | None = None,
    typed: Typed = NOTHING,
    fault: Fault | None = None,
    template: str = "case.html",
) -> web.StreamResponse:
    """The whole page; `look` is written to the audit log, `fault` says what was wrong."""
    console, staff = console_of(request), staff_of(request)
    revealed = look is Look.NUMBERS
    async with console.writing() as session:
        case = await find_case(request, session)
        if look is not None:
            audit_log.saw_case(session, staff, case, look, console.clock())
        known = await gather(
            session, console, staff, case, revealed=revealed, before=_before(request)
        )
    anchor = _anchor(typed, (*known["likely"], *known["others"]))
    own: dict[str, Any] = {
        "typed": typed,
        "fault": fault.key if fault else "",
        "anchor": anchor,
        "left_over": typed.text if not _has_field(typed, anchor, known) else "",
        "origin": origin_in(request, await _sent(request)),
        "longest": LONGEST_NOTE,
        "longest_message": LONGEST_MESSAGE,
    }
    return await page(request, template, status=fault.status if fault else 200, **own, **known)
