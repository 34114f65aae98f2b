"""Gathers everything that the page of a case shows."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import (
    audit_log,
    case_clock,
    cases,
    escalations,
    helpers,
    landmarks,
    linked,
    neighbours,
    ownership,
    places_sent,
    publishing,
    queues,
    requirements,
    templates,
    thread,
    transfers,
)
from actions.casework.accusation import is_about
from actions.casework.chats import NOBODY, is_reachable
from actions.casework.escalations import State
from actions.casework.returned import RETURNED
from actions.casework.thread import Place
from actions.domain.status import is_open, status_of
from actions.domain.work import EventKind, TransferKind
from actions.storage.tables import Case, CaseEvent, Staff, Transfer
from bot.console.context import Console
from bot.console.masking import DOTS, mask
from bot.console.presenters import called, colleague, row_of, unit_name, unit_names
from bot.console.views.answers import Answer, Show, answers_of, plainly
from bot.console.views.clocks import answer_of, basis_of, clock_of
from bot.console.views.lines import Known, Line, cases_in, lines_of, people_in
from bot.console.views.papers import checklist_of
from bot.console.views.steps import Step, replies_of, steps_of

LATELY = timedelta(minutes=15)
"""Who opened a case within this time may have it open still."""


async def gather(
    session: AsyncSession,
    console: Console,
    staff: Staff,
    case: Case,
    *,
    revealed: bool,
    before: Place | None = None,
) -> dict[str, Any]:
    """The context of the templates of a case."""
    events = list(await cases.history(session, case))
    works = case.chat != NOBODY and await queues.works_on(session, staff, case)
    answers = answers_of(console, case, revealed=revealed)
    show = plainly if revealed else mask
    lines = await _lines(session, console, staff, case, events, show, before)
    return {
        "case": case,
        "works": works,
        "erased": case.chat == NOBODY,
        "revealed": revealed,
        "row": row_of(console, case),
        "now": console.clock(),
        "answers": answers,
        "landmark": _landmark(console, case) if works else None,
        "landmarks": places_sent.choices(console.reference.catalogue.sites) if works else [],
        "public": _public(console, case) if works else None,
        **lines,
        "is_older": before is not None,
        "hints": hints_of(console, case),
        "hides": any(DOTS in text for text in _texts(answers, lines["lines"])),
        **await _head(session, console, staff, case, events),
        **await _papers(session, console, case),
        **await _units(session, console, staff, case),
        **await _family(session, console, staff, case),
        **await _talk(session, staff, case),
        **(await _steps(session, console, case) if works else _no_steps()),
    }


def _landmark(console: Console, case: Case) -> dict[str, str] | None:
    """What may be learnt of the place of this case; no name that has a number to be hidden."""
    suggestion = landmarks.suggested(case, console.reference)
    if suggestion is None:
        return None
    name = suggestion.name if mask(suggestion.name) == suggestion.name else ""
    return {"name": name, "village": suggestion.village}


def _public(console: Console, case: Case) -> dict[str, Any] | None:
    """What anybody sees or would see of it, once its citizen allows that."""
    allowed = publishing.may_ever(console.reference, case)
    if case.public_allowed_at is None or not allowed:
        return None
    seen = case.public_at is not None
    told = publishing.shown(case) if seen else publishing.preview(case)
    return {
        "seen": seen,
        "since": case.public_at,
        "waits": publishing.waits(console.reference, case),
        "called": called(console, told.slug),
        "village": told.village,
        "landmark": told.landmark,
        "status": console.reference.texts.plain(f"status.arti.{status_of(told.status).meaning}"),
    }


def hints_of(console: Console, case: Case) -> list[str]:
    """What is to be minded with a case: no name, neutral words, a unit that may not see."""
    units = console.reference.catalogue.office.units
    about = [unit.short for key, unit in units.items() if is_about(case, key)]
    return [
        *([console.word("perkara.tanpa_nama")] if case.anonymous else []),
        *([console.word("umumkan.menunggu")] if publishing.waits(console.reference, case) else []),
        *([console.word("perkara.kata_netral")] if case.discreet else []),
        *([console.word("perkara.tentang_unit", unit=", ".join(about))] if about else []),
    ]


def _texts(answers: Iterable[Answer], lines: Iterable[Line]) -> Iterator[str]:
    for answer in answers:
        yield answer.text
        yield answer.written
    for line in lines:
        yield line.text


async def lines_for(
    session: AsyncSession, console: Console, staff: Staff, case: Case, before: Place | None
) -> dict[str, Any]:
    """The thread alone, with its numbers hidden."""
    events = list(await cases.history(session, case))
    return await _lines(session, console, staff, case, events, mask, before)


async def _lines(
    session: AsyncSession,
    console: Console,
    staff: Staff,
    case: Case,
    events: Sequence[CaseEvent],
    show: Show,
    before: Place | None,
) -> dict[str, Any]:
    found = await thread.of_case(session, staff, case, events, console.clock(), before=before)
    known = Known(
        await queues.names(session, people_in(found.entries)),
        await neighbours.by_ids(session, staff, cases_in(found.entries)),
    )
    lines = lines_of(console, case, found.entries, known, show)
    return {"lines": lines, "older": str(found.first) if found.first else ""}


async def _head(
    session: AsyncSession, console: Console, staff: Staff, case: Case, events: Sequence[CaseEvent]
) -> dict[str, Any]:
    now, reference = console.clock(), console.reference
    names = await queues.names(session, [case.owner_id])
    moves = [
        (event.at, status_of(event.to_status))
        for event in events
        if event.kind == EventKind.MOVED and event.to_status
    ]
    is_supervisor = queues.is_supervisor(staff)
    return {
        "owner": names.get(case.owner_id or 0, ""),
        "is_owner": case.owner_id == staff.id,
        "may_let_go": case.owner_id is not None and (case.owner_id == staff.id or is_supervisor),
        "is_open": is_open(status_of(case.status)),
        "clock": clock_of(console, case_clock.read(reference, case, moves, now)),
        "answer": answer_of(console, case),
        "basis": basis_of(console, case),
        "helper": await helpers.of_case(session, case),
        "others_here": await audit_log.others_lately(session, case.id, staff, now - LATELY),
        "seen": await audit_log.of_case(session, case.id) if is_supervisor else [],
    }


async def _papers(session: AsyncSession, console: Console, case: Case) -> dict[str, Any]:
    files = await cases.attachments(session, case)
    ticked = await requirements.ticked(session, case)
    checklist, others = checklist_of(console, case, files, ticked)
    return {"checklist": checklist, "files": others}


async def _units(
    session: AsyncSession, console: Console, staff: Staff, case: Case
) -> dict[str, Any]:
    waiting = await transfers.open_of(session, case)
    senders = await queues.names(session, [one.sent_by for one in waiting])
    return {"transfers": [_transfer(console, staff, one, senders) for one in waiting]}


def _transfer(
    console: Console, staff: Staff, transfer: Transfer, names: dict[int, str]
) -> dict[str, Any]:
    """What waits for a unit; `is_mine` for whoever belongs to that one, or to none."""
    return {
        "id": transfer.id,
        "asks": transfer.kind == TransferKind.ASKING,
        "from_unit": unit_name(console, transfer.from_unit),
        "to_unit": unit_name(console, transfer.to_unit),
        "note": mask(transfer.note),
        "sender": names.get(transfer.sent_by, ""),
        "at": transfer.at,
        "is_mine": staff.unit in {None, transfer.to_unit},
    }


async def _family(
    session: AsyncSession, console: Console, staff: Staff, case: Case
) -> dict[str, Any]:
    children = {child.id for child in await linked.children_of(session, case)}
    family = await neighbours.by_ids(session, staff, children | {case.parent_id or 0})
    parent = family.pop(case.parent_id or 0, None)
    groups = {
        "children": family.values(),
        "same_person": await neighbours.of_same_chat(session, staff, case),
        "nearby": await neighbours.alike_nearby(session, staff, case),
    }
    rows = {name: [row_of(console, one) for one in some] for name, some in groups.items()}
    return {"parent": row_of(console, parent) if parent else None, **rows}


async def _talk(session: AsyncSession, staff: Staff, case: Case) -> dict[str, Any]:
    """Whether somebody talks with the citizen now, so that the bot is silent."""
    erased = case.chat == NOBODY
    talk = None if erased else await escalations.open_of_chat(session, case.chat)
    by = talk.claimed_by if talk is not None and talk.status == State.CLAIMED else None
    names = await queues.names(session, [by])
    return {
        "talk": talk,
        "talks": by == staff.id,
        "other_talks": names.get(by or 0, "") if by != staff.id else "",
        "reachable": is_reachable(case.chat),
        "blocked": await queues.is_blocked(session, case.chat),
    }


async def _steps(session: AsyncSession, console: Console, case: Case) -> dict[str, Any]:
    """What can be done with the case, for whoever works on it."""
    ready = await templates.for_unit(session, case.unit)
    likely, others = steps_of(console, case, ready)
    return {
        "likely": likely,
        "others": others,
        "replies": replies_of(console, case, ready),
        "colleague_names": [
            (one.id, colleague(console, one)) for one in await ownership.colleagues(session, case)
        ],
        "returns_to": _returning(likely, others),
        "units": {key: name for key, name in unit_names(console).items() if key != case.unit},
        "items": _items(console, case),
    }


def _returning(*steps: Iterable[Step]) -> str:
    """The status in which a case goes back to its citizen; empty where it cannot."""
    return next((one.status for some in steps for one in some if one.status in RETURNED), "")


def _no_steps() -> dict[str, Any]:
    empty: dict[str, Any] = {"units": {}, "items": {}, "returns_to": ""}
    return empty | dict.fromkeys(("likely", "others", "replies", "colleague_names"), ())


def _items(console: Console, case: Case) -> dict[str, str]:
    """The other services and complaints, of which a part of this case may be one."""
    catalogue = console.reference.catalogue
    slugs = [slug for slug in (*catalogue.services, *catalogue.complaints) if slug != case.slug]
    names = {slug: called(console, slug) for slug in slugs}
    return dict(sorted(names.items(), key=lambda entry: entry[1].casefold()))
