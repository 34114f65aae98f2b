"""What is late: since when, what citizens and officers are told of it, and why it was so.

Lateness counts working days from the date that was promised before the case was late. Once a
promised date is over, its citizen is told so, once, with a new date.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework import promises
from actions.casework.chats import NOBODY
from actions.casework.news import tell
from actions.catalogue.reference import ReferenceData
from actions.domain import status as rules
from actions.domain.messages import Button, Reply
from actions.domain.status import Status, status_of
from actions.forms.show import show_day
from actions.storage.case_indexes import RUNNING
from actions.storage.tables import Case

AT_ONCE = 20
"""A case takes some milliseconds, and on SQLite nobody else writes meanwhile."""


def is_late(case: Case, today: date) -> bool:
    """Whether the clock of a case runs past its date; `queues.is_late` asks the database."""
    runs = case.paused_on is None and status_of(case.status) in rules.RUNNING
    return runs and case.due_on is not None and case.due_on < today


def days_late(reference: ReferenceData, case: Case, today: date) -> int:
    """Working days that the clock has run past the promised date; 0 while it stands still.

    On a day off 0 may be late already: what was due on the last working day.
    """
    if case.due_on is None or not is_late(case, today):
        return 0
    return reference.working_days(case.due_on, today)


def words_of(reference: ReferenceData, case: Case, today: date) -> str:
    """What a citizen is told of the date: when it is expected, or that it is late and sorry.

    Never a date that is over.
    """
    expected = promises.said(case)
    if expected is None:
        return ""
    text = reference.texts.plain
    if not is_late(case, today):
        return text("terlambat.janji", tanggal=show_day(expected)) if expected >= today else ""
    late = _how_late(reference, case, today)
    if expected < today:
        return text("terlambat.lewat", lama=late)
    return text("terlambat.lewat_baru", lama=late, tanggal=show_day(expected))


def _how_late(reference: ReferenceData, case: Case, today: date) -> str:
    """By how many working days, which a day off leaves out, and from which date."""
    promised = show_day(case.due_on) if case.due_on else ""
    days = days_late(reference, case, today)
    if days:
        return reference.texts.plain("terlambat.lama", hari=days, tanggal=promised)
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
        await tell(session, reference, case, [_sorry(reference, case, today)], now)
    return len(late)


async def _over(session: AsyncSession, today: date, closed: Sequence[str]) -> Sequence[Case]:
    """The oldest of open units whose clock runs although the date that holds is over."""
    over = and_(Case.due_on < today, or_(Case.next_on.is_(None), Case.next_on < today))
    known = (Case.chat != NOBODY, Case.unit.not_in(closed))
    promised = (Case.promised_on.is_not(None), Case.submitted_at.is_not(None))
    oldest = select(Case).where(RUNNING, over, *known, *promised).order_by(Case.due_on, Case.id)
    return (await session.scalars(oldest.limit(AT_ONCE).with_for_update(skip_locked=True))).all()


def _sorry(reference: ReferenceData, case: Case, today: date) -> Reply:
    key = "terlambat.maaf"
    text = reference.texts.html(
        key,
        kode=case.code,
        hal=reference.catalogue.called(case.slug),
        lama=_how_late(reference, case, today),
        tanggal=show_day(promises.said(case) or today),
        unit=reference.catalogue.called(case.unit),
    )
    ask = Button(reference.texts.plain("tombol.petugas"), "human")
    return Reply(key, text, ((ask,),))


class CauseMissingError(Exception):
    """A late case is to be closed, and nobody has said why it was late, or not in our words."""


def asks_cause(reference: ReferenceData, case: Case, target: Status, today: date) -> bool:
    """Whether an officer who moves a case so has to say why it was late."""
    done = rules.stops_clock(target) or target is Status.AWAITING_REPLY
    return done and is_late(case, today) and bool(reference.catalogue.office.late_causes)


def take_cause(
    reference: ReferenceData, case: Case, target: Status, cause: str | None, today: date
) -> None:
    """Keep why a case was late, before an officer moves it; raises CauseMissingError.

    `cause` is a key of `office.late_causes`; where none is asked for, it is not looked at.
    """
    if not asks_cause(reference, case, target, today):
        return
    if cause not in reference.catalogue.office.late_causes:
        raise CauseMissingError(case.code)
    case.late_cause = cause
