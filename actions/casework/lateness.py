"""What is late: since when, what citizens and officers are told of it, and why it was so.

Lateness counts from the date that was promised before the case was late, in what its clock counts
in. Once a promised date is over, its citizen is told so, once, with a new date.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import promises
from actions.casework.chats import NOBODY
from actions.casework.news import tell
from actions.casework.overdue import past
from actions.catalogue.reference import ReferenceData
from actions.domain import status as rules
from actions.domain.messages import Button, Reply
from actions.domain.status import Status, status_of
from actions.domain.terms import Term, term_of
from actions.forms.show import show_day
from actions.storage.case_indexes import RUNNING
from actions.storage.tables import Case

AT_ONCE = 20
"""A case takes some milliseconds, and on SQLite nobody else writes meanwhile."""


def is_late(reference: ReferenceData, case: Case, now: datetime) -> bool:
    """Whether the clock of a case runs past its date; `overdue.past` asks the database."""
    runs = case.paused_on is None and status_of(case.status) in rules.RUNNING
    due = promises.end(reference, case)
    return runs and due is not None and due < now


def late_by(reference: ReferenceData, case: Case, now: datetime) -> Term | None:
    """What the clock has run past the promised date; None while it stands still, or is in time.

    On a day off it may be late by nothing already: what was due on the last working day.
    """
    due = promises.end(reference, case)
    if due is None or not is_late(reference, case, now):
        return None
    measure = reference.measure(case.clock_rule_id)
    passed = reference.calendar(case.unit).passed(due, reference.local(now), measure)
    return term_of(passed, measure)


def words_of(reference: ReferenceData, case: Case, now: datetime) -> str:
    """What a citizen is told of the date: when it is expected, or that it is late and sorry.

    Never a date that is over.
    """
    expected = promises.said(case)
    if expected is None:
        return ""
    text, today, shown = reference.texts.plain, reference.today(now), promises.in_words
    if not is_late(reference, case, now):
        over = promises.is_over(reference, case, now)
        return "" if over else text("terlambat.janji", tanggal=shown(reference, case))
    late = _how_late(reference, case, now)
    if expected < today or case.next_on is None:
        return text("terlambat.lewat", lama=late)
    return text("terlambat.lewat_baru", lama=late, tanggal=show_day(expected))


def _how_late(reference: ReferenceData, case: Case, now: datetime) -> str:
    """By how much, unless by nothing that counts, and from which date."""
    promised, late = promises.first_in_words(reference, case), late_by(reference, case, now)
    if late and late.length:
        lasts = reference.in_words(late)
        return reference.texts.plain("terlambat.lama", waktu=lasts, tanggal=promised)
    return reference.texts.plain("terlambat.baru_saja", tanggal=promised)


async def say_sorry(session: AsyncSession, reference: ReferenceData, now: datetime) -> int:
    """Tell those whose date has passed, once for each date, when it is expected instead."""
    today = reference.today(now)
    closed = [
        unit for unit in reference.catalogue.office.units if not reference.is_open(unit, now)
    ]
    late = await _over(session, today, closed)
    for case in late:
        await promises.renew_if_over(session, reference, case, now)
        await tell(session, reference, case, [_sorry(reference, case, now)], now)
    return len(late)


async def _over(session: AsyncSession, today: date, closed: Sequence[str]) -> Sequence[Case]:
    """The oldest of open units whose clock runs although the date that holds is over."""
    over = and_(past(today), or_(Case.next_on.is_(None), Case.next_on < today))
    known = (Case.chat != NOBODY, Case.unit.not_in(closed))
    promised = (Case.promised_on.is_not(None), Case.submitted_at.is_not(None))
    oldest = select(Case).where(RUNNING, over, *known, *promised).order_by(Case.due_on, Case.id)
    return (await session.scalars(oldest.limit(AT_ONCE).with_for_update(skip_locked=True))).all()


def _sorry(reference: ReferenceData, case: Case, now: datetime) -> Reply:
    key = "terlambat.maaf"
    text = reference.texts.html(
        key,
        kode=case.code,
        hal=reference.catalogue.called(case.slug),
        lama=_how_late(reference, case, now),
        tanggal=promises.in_words(reference, case),
        unit=reference.catalogue.called(case.unit),
    )
    ask = Button(reference.texts.plain("tombol.petugas"), "human")
    return Reply(key, text, ((ask,),))


class CauseMissingError(Exception):
    """A late case is to be closed, and nobody has said why it was late, or not in our words."""


def asks_cause(reference: ReferenceData, case: Case, target: Status, now: datetime) -> bool:
    """Whether an officer who moves a case so has to say why it was late."""
    done = rules.stops_clock(target) or target is Status.AWAITING_REPLY
    return done and is_late(reference, case, now) and bool(reference.catalogue.office.late_causes)


def take_cause(
    reference: ReferenceData, case: Case, target: Status, cause: str | None, now: datetime
) -> None:
    """Keep why a case was late, before an officer moves it; raises CauseMissingError.

    `cause` is a key of `office.late_causes`; where none is asked for, it is not looked at.
    """
    if not asks_cause(reference, case, target, now):
        return
    if cause not in reference.catalogue.office.late_causes:
        raise CauseMissingError(case.code)
    case.late_cause = cause
