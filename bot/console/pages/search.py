"""Finding a case by what somebody says: code, name, number, village or service.

What is looked for is sent as a form and never stands in an address.
"""

from dataclasses import dataclass

from aiohttp import web

from actions.casework import audit_log, search
from actions.casework.audit_log import Look
from actions.casework.search import By, Found, Match
from bot.console.context import Console, console_of, staff_of
from bot.console.desk_rows import name_of
from bot.console.presenters import Row, row_of
from bot.console.render import page, redirect
from bot.http import forms

LONGEST = 120
NEWEST = 10**15


@dataclass(frozen=True, slots=True)
class Line:
    """A case that was found, with what tells it from the others."""

    row: Row
    name: str
    village: str
    by: By


async def show(request: web.Request) -> web.StreamResponse:
    """An empty search, with what can be looked for."""
    return await page(request, "search.html", searched="", lines=None, before=None)


async def find(request: web.Request) -> web.StreamResponse:
    """What was found; a code leads straight to its case."""
    sent = await forms.read_form(request)
    words = forms.words(sent, "kata", longest=LONGEST)
    found = await look(request, words, before=_before(sent))
    if len(found.matches) == 1 and found.matches[0].by is By.CODE:
        return redirect(request, "permohonan_satu", id=str(found.matches[0].case.id))
    lines = lines_of(request, found)
    return await page(request, "search.html", searched=words, lines=lines, before=found.before)


def _before(sent: forms.Sent) -> int | None:
    return forms.number(forms.words(sent, "sebelum", longest=15), 0, most=NEWEST) or None


async def look(request: web.Request, words: str, *, before: int | None = None) -> Found:
    """Search, and write to the audit log whose names are shown."""
    console, staff, now = console_of(request), staff_of(request), console_of(request).clock()
    async with console.reading() as session:
        found = await search.find(session, console.reference, staff, words, now, before=before)
    named = [match.case for match in found.matches if _is_named(console, match)]
    if named:
        async with console.writing() as session:
            for case in named:
                audit_log.saw_case(session, staff, case, Look.FOUND, now)
    return found


def _is_named(console: Console, match: Match) -> bool:
    """Whether its line says whose case it is. What a code finds is noted when it is opened."""
    return match.by is not By.CODE and not match.case.secret and name_of(console, match.case) != ""


def lines_of(request: web.Request, found: Found) -> list[Line]:
    """What was found, with labels."""
    console = console_of(request)
    return [
        Line(
            row_of(console, match.case),
            name_of(console, match.case),
            match.case.village or "",
            match.by,
        )
        for match in found.matches
    ]
