"""The cases behind a figure of a report, newest first, a page at a time by key."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, TextClause, and_, literal, null, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from actions.casework import rights
from actions.casework.figure_counting import ANSWERS, BROKEN, DUE, KEPT, day_of, oldest
from actions.casework.figures import Scope
from actions.casework.overdue import past
from actions.catalogue.reference import ReferenceData
from actions.domain.figures import AGES, FigureKind
from actions.domain.period import Period
from actions.domain.status import Actor
from actions.domain.work import EventKind, PromiseOutcome
from actions.storage.case_indexes import ANSWER_DUE, OPEN, REOPENED, RUNNING
from actions.storage.tables import Case, CaseEvent, Escalation, Promise, Staff, Survey

PAGE = 25
LONGEST_CURSOR = 60


class BadCursorError(ValueError):
    """What says where a page begins was not made here."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A figure: its kind and part (None for all parts), of a period and scope."""

    kind: FigureKind
    part: str | None
    period: Period
    scope: Scope


@dataclass(frozen=True, slots=True)
class Found:
    """A case behind a figure, the moment or day that counted, and the promise it is about."""

    case: Case
    at: datetime | date
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some cases, and the key where the next page begins; empty where there is none."""

    rows: list[Found]
    next: str = ""


@dataclass(frozen=True, slots=True)
class _Span:
    """A period on the office's clock, and today."""

    start: datetime
    end: datetime
    period: Period
    today: date
    reference: ReferenceData

    def holds(self, moment: Any) -> ColumnElement[bool]:
        return and_(moment >= self.start, moment < self.end)


@dataclass(frozen=True, slots=True)
class _List:
    """A query for a case, when it counted, and a promised day; ordered by the time and an id.

    `index` is the end of the name of the index that it walks along: SQLite would rather take one
    for what is equal, and sort a year. Without, cases are looked up one by one.
    """

    query: Select[*tuple[Any, ...]]
    at: Any
    id: Any
    index: str = ""


async def page(
    session: AsyncSession,
    reference: ReferenceData,
    staff: Staff,
    wanted: Wanted,
    now: datetime,
    *,
    after: str = "",
    size: int = PAGE,
) -> Page:
    """The cases behind a figure that an account may see; raises BadCursorError."""
    span = _span(reference, wanted.period, now)
    found = LISTS[wanted.kind](span, wanted.part)
    query = found.query.where(rights.visible(staff), *_within(wanted.scope))
    query = query.with_hint(Case, _way(found.index, staff, wanted.scope), "sqlite")
    if after:
        at, last = _read(after, date_only=isinstance(found.at.type, Date))
        key = tuple_(literal(at, found.at.type), literal(last))
        query = query.where(tuple_(found.at, found.id) < key)
    newest = query.add_columns(found.id).order_by(found.at.desc(), found.id.desc())
    rows = (await session.execute(newest.limit(size + 1))).all()
    shown = [Found(case, at, due) for case, at, due, _ in rows[:size]]
    more = len(rows) > size
    return Page(shown, f"{rows[size - 1][1].isoformat()}~{rows[size - 1][3]}" if more else "")


def _span(reference: ReferenceData, period: Period, now: datetime) -> _Span:
    start = day_of(reference, period.start).start
    end = day_of(reference, period.end).end
    return _Span(start, end, period, reference.today(now), reference)


def _way(index: str, staff: Staff, scope: Scope) -> str:
    """How SQLite is to look cases up."""
    if not index:
        return "NOT INDEXED"
    unit = rights.unit_of(staff) or scope.unit
    return f"INDEXED BY ix_cases_{'unit_' if unit else ''}{index}"


def _within(scope: Scope) -> Sequence[ColumnElement[bool]]:
    found = [Case.unit == scope.unit] if scope.unit is not None else []
    return [*found, Case.slug == scope.slug] if scope.slug is not None else found


def _read(cursor: str, *, date_only: bool) -> tuple[datetime | date, int]:
    at, _, number = cursor.partition("~")
    if len(cursor) > LONGEST_CURSOR or not (number.isascii() and number.isdigit()):
        raise BadCursorError(cursor)
    try:
        moment = date.fromisoformat(at) if date_only else datetime.fromisoformat(at)
    except ValueError as error:
        raise BadCursorError(cursor) from error
    if isinstance(moment, datetime) and moment.tzinfo is None:
        raise BadCursorError(cursor)
    return moment, int(number)


def _is(column: Any, part: str | None) -> Sequence[ColumnElement[bool]]:
    """A column that equals the part; "" is what has none, None is anything."""
    if part is None:
        return ()
    return (column == part if part else column.is_(None),)


def _cases(
    span: _Span, moment: Any, index: str, *which: ColumnElement[bool] | TextClause
) -> _List:
    found = select(Case, moment, Case.due_on).where(span.holds(moment), *which)
    return _List(found, moment, Case.id, index)


def _came(span: _Span, *which: ColumnElement[bool]) -> _List:
    return _cases(span, Case.submitted_at, "submitted", *which)


def _open(*which: ColumnElement[bool]) -> _List:
    """Cases that are open now, whenever they came."""
    found = select(Case, Case.submitted_at, Case.due_on).where(OPEN, *which)
    return _List(found, Case.submitted_at, Case.id, "open")


def _promises(span: _Span, outcome: ColumnElement[bool], *which: ColumnElement[bool]) -> _List:
    days = Promise.settled_on.between(span.period.start, span.period.end)
    found = select(Case, Promise.settled_on, Promise.due_on)
    joined = found.join(Promise, Promise.case_id == Case.id)
    return _List(joined.where(outcome, days, *which), Promise.settled_on, Promise.id)


def _outcome(part: str | None) -> ColumnElement[bool]:
    """Promises of one outcome, or all that were due."""
    return Promise.outcome == part if part else Promise.outcome != PromiseOutcome.VOID


def _broken(span: _Span, *which: ColumnElement[bool]) -> _List:
    return _promises(span, _outcome(PromiseOutcome.BROKEN), *which)


def _answered(span: _Span) -> _List:
    """Cases whose promise was met or broken with an answer, on the day of that answer."""
    days = Case.met_on.between(span.period.start, span.period.end)
    settled = select(Promise.id).where(
        Promise.case_id == Case.id, Promise.settled_on == Case.met_on, _outcome(None)
    )
    settled = settled.with_hint(Promise, "INDEXED BY ix_promises_case_id", "sqlite")
    found = select(Case, Case.met_on, Case.due_on).where(days, settled.exists())
    return _List(found, Case.met_on, Case.id, "met")


def _events(span: _Span, *which: ColumnElement[bool] | TextClause) -> _List:
    found = select(Case, CaseEvent.at, null()).join(CaseEvent, CaseEvent.case_id == Case.id)
    return _List(found.where(span.holds(CaseEvent.at), *which), CaseEvent.at, CaseEvent.id)


def _first_answers(span: _Span) -> _List:
    """The first thing that an officer did with a case."""
    before = aliased(CaseEvent)
    by_officer = CaseEvent.actor == Actor.OFFICER
    earlier = select(before.id).where(
        before.case_id == CaseEvent.case_id,
        before.actor == Actor.OFFICER,
        before.id < CaseEvent.id,
    )
    return _events(span, by_officer, ~earlier.exists())


def _limited_answers(span: _Span, part: str | None) -> _List:
    """Cases whose first answer had a limit, given in time or later."""
    in_time = Case.first_answer_at < Case.answer_due_at
    which: dict[str, ColumnElement[bool]] = {KEPT: in_time, BROKEN: ~in_time}
    found = [which[part]] if part in which else []
    return _cases(span, Case.first_answer_at, "first_answer", ANSWER_DUE, *found)


def _by_staff(span: _Span, part: str | None, *which: ColumnElement[bool]) -> _List:
    number = int(part) if part and part.isascii() and part.isdigit() else 0
    moved = (CaseEvent.kind == EventKind.MOVED, CaseEvent.staff_id == number)
    return _events(span, *moved, *which)


def _done_by(span: _Span, part: str | None, outcomes: Sequence[str]) -> _List:
    """What somebody answered for, whose promise was settled with that."""
    settled = select(Promise.id).where(
        Promise.case_id == Case.id,
        Promise.settled_on == Case.met_on,
        Promise.outcome.in_(outcomes),
    )
    return _by_staff(span, part, CaseEvent.to_status.in_(ANSWERS), settled.exists())


def _of_age(span: _Span, part: str | None) -> _List:
    """Open cases of an age group; what is older than all groups is ""."""
    if part is None:
        return _open()
    upper = int(part) if part in {str(most) for most in AGES} else None
    younger = [most for most in AGES if upper is None or most < upper]
    since = partial(oldest, span.reference, span.today)
    bounds = [] if upper is None else [Case.submitted_at >= since(upper)]
    bounds += [Case.submitted_at < since(younger[-1])] if younger else []
    return _open(*bounds)


def _overdue(span: _Span) -> _List:
    """Cases whose clock has run past the promise, the newest of these first."""
    found = select(Case, Case.due_on, Case.due_on.label("promised"))
    late = found.where(RUNNING, past(span.today))
    return _List(late, Case.due_on, Case.id, "running")


def _escalated(span: _Span, part: str | None) -> _List:
    at = Escalation.opened_at
    found = select(Case, at, null()).join(Escalation, Escalation.case_id == Case.id)
    return _List(found.where(span.holds(at), *_is(Escalation.reason, part)), at, Escalation.id)


def _invited(span: _Span) -> _List:
    at = Survey.invited_at
    found = select(Case, at, null()).join(Survey, Survey.case_id == Case.id)
    return _List(found.where(span.holds(at)), at, Survey.id)


LISTS: Mapping[FigureKind, Callable[[_Span, str | None], _List]] = {
    FigureKind.CAME: lambda span, _: _came(span),
    FigureKind.CAME_BY_VILLAGE: lambda span, part: _came(span, *_is(Case.village, part)),
    FigureKind.CAME_BY_CHANNEL: lambda span, part: _came(span, *_is(Case.channel, part)),
    FigureKind.ENDED: lambda span, _: _cases(span, Case.closed_at, "closed"),
    FigureKind.PROMISE: lambda span, part: _promises(span, _outcome(part)),
    FigureKind.LATE_BY_VILLAGE: lambda span, part: _broken(span, *_is(Case.village, part)),
    FigureKind.LATE_BY_CAUSE: lambda span, part: _broken(span, *_is(Case.late_cause, part)),
    FigureKind.DAYS: lambda span, _: _answered(span),
    FigureKind.FIRST_ANSWER: lambda span, _: _first_answers(span),
    FigureKind.ANSWER_DUE: _limited_answers,
    FigureKind.REOPENED: lambda span, _: _events(span, REOPENED),
    FigureKind.STEP: _by_staff,
    FigureKind.DONE_BY: lambda span, part: _done_by(span, part, DUE),
    FigureKind.LATE_BY: lambda span, part: _done_by(span, part, (PromiseOutcome.BROKEN,)),
    FigureKind.ESCALATED: _escalated,
    FigureKind.INVITED: lambda span, _: _invited(span),
    FigureKind.OPEN_BY_AGE: _of_age,
    FigureKind.OPEN_BY_VILLAGE: lambda _, part: _open(*_is(Case.village, part)),
    FigureKind.OVERDUE: lambda span, _: _overdue(span),
}
"""For each figure that has cases: the list of them. Talks and scores of surveys have none."""

OF_STAFF = frozenset({FigureKind.STEP, FigureKind.DONE_BY, FigureKind.LATE_BY})
"""Figures of single officers, which only the head of their unit may open."""
