"""Doing one thing with several cases of a tray: take them, hand them over, note something."""

from collections.abc import Sequence

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import notes, ownership, queues
from actions.casework.ownership import CannotHaveError, Outcome, Refusal
from actions.storage.tables import Staff
from bot.console.context import console_of, staff_of
from bot.console.way_on import back_to_tray, origin_in
from bot.http import forms

MOST = 50
LONGEST_NOTE = 1000
LONGEST_ID = 15


async def act(request: web.Request) -> web.StreamResponse:
    """Do what was chosen with the cases that were ticked, and say with how many it worked."""
    sent = await forms.read_form(request)
    ids = _ids(sent)
    if not ids:
        return _back(request, sent, "massal_kosong")
    action = forms.words(sent, "aksi", longest=20)
    if action == "ambil":
        return _back(request, sent, "massal_diambil", await _take(request, ids))
    if action == "serahkan":
        return await _hand_over(request, sent, ids)
    return await _note(request, sent, ids)


def _ids(sent: forms.Sent) -> list[int]:
    told = [value for value in sent.getall("pilih", []) if isinstance(value, str)]
    numbers = [v for v in told if v.isascii() and v.isdigit() and len(v) <= LONGEST_ID]
    return [int(number) for number in numbers[:MOST]]


async def _take(request: web.Request, ids: Sequence[int]) -> Outcome:
    console = console_of(request)
    async with console.writing() as session:
        return await ownership.take_all(session, ids, staff_of(request), console.clock())


async def _hand_over(
    request: web.Request, sent: forms.Sent, ids: Sequence[int]
) -> web.StreamResponse:
    console, staff = console_of(request), staff_of(request)
    note = forms.words(sent, "catatan", longest=LONGEST_NOTE)
    number = forms.number(forms.words(sent, "kepada", longest=LONGEST_ID), 0)
    async with console.writing() as session:
        to = await _peer(session, staff, number)
        if to is None:
            return _back(request, sent, "massal_kepada")
        outcome = await ownership.pass_on_all(
            session, ids, to, by=staff, now=console.clock(), note=note
        )
    return _back(request, sent, "massal_diserahkan", outcome)


async def _peer(session: AsyncSession, staff: Staff, number: int) -> Staff | None:
    peers = await ownership.peers(session, staff)
    return next((one for one in peers if one.id == number), None)


async def _note(request: web.Request, sent: forms.Sent, ids: Sequence[int]) -> web.StreamResponse:
    console, staff = console_of(request), staff_of(request)
    text = forms.words(sent, "catatan", longest=LONGEST_NOTE)
    if not text:
        return _back(request, sent, "massal_catatan")
    outcome = Outcome()
    async with console.writing() as session:
        for case_id in ids:
            case = await queues.case(session, staff, case_id)
            if case is None:
                outcome.refused[case_id] = CannotHaveError(Refusal.UNKNOWN)
                continue
            await notes.add(session, case, staff, text, console.clock())
            outcome.done.append(case_id)
    return _back(request, sent, "massal_dicatat", outcome)


def _back(
    request: web.Request, sent: forms.Sent, notice: str, outcome: Outcome | None = None
) -> web.StreamResponse:
    """To the tray, with what became of it."""
    if outcome is not None:
        notice = f"{notice}~{len(outcome.done)}~{len(outcome.refused)}"
    return back_to_tray(request, origin_in(request, sent), notice=notice)
