"""Reads the figures of reports: sums over a period, for units and a service, as things stand."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.domain.figures import FigureKind, Grain, Histogram, Standing, percent
from actions.domain.period import Period, whole_months
from actions.domain.work import PromiseOutcome
from actions.storage.tables import Figure


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report is about: one unit or all, one service or all."""

    unit: str | None = None
    slug: str | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """A sum: `key` is the unit, service or month that was asked for, "" for all together."""

    kind: FigureKind
    key: Any
    part: str
    count: int


async def totals(
    session: AsyncSession,
    kinds: Iterable[FigureKind],
    period: Period,
    scope: Scope,
    *,
    by: str | None = None,
) -> list[Total]:
    """Sums of a period by kind and part, and by "unit", "slug" or "start" where wanted."""
    return await _sums(session, _during(period, list(kinds)), scope, by)


async def standing(
    session: AsyncSession, kinds: Iterable[FigureKind], scope: Scope, *, by: str | None = None
) -> list[Total]:
    """As `totals`, of how things stood when that was noted last."""
    now = and_(Figure.grain == Grain.NOW, Figure.kind.in_(list(kinds)))
    return await _sums(session, now, scope, by)


def _during(period: Period, kinds: Sequence[FigureKind]) -> ColumnElement[bool]:
    """The rows of a period: months where these are whole, days at its edges."""
    whole, edges = whole_months(period)
    parts = [(Grain.DAY, edge) for edge in edges]
    parts += [(Grain.MONTH, whole)] if whole else []
    return or_(
        *(
            and_(
                Figure.grain == grain,
                Figure.kind.in_(kinds),
                Figure.start.between(some.start, some.end),
            )
            for grain, some in parts
        )
    )


async def _sums(
    session: AsyncSession, which: ColumnElement[bool], scope: Scope, by: str | None
) -> list[Total]:
    key: list[Any] = [getattr(Figure, by)] if by else []
    found = select(Figure.kind, Figure.part, func.sum(Figure.count), *key).where(which)
    if scope.unit is not None:
        found = found.where(Figure.unit == scope.unit)
    if scope.slug is not None:
        found = found.where(Figure.slug == scope.slug)
    rows = await session.execute(found.group_by(Figure.kind, Figure.part, *key))
    return [
        Total(FigureKind(kind), rest[0] if rest else "", part, int(count))
        for kind, part, count, *rest in rows
    ]


@dataclass
class Work:
    """What came, what became of it, and how long that took, of one unit, service or month."""

    came: int = 0
    ended: int = 0
    reopened: int = 0
    open: int = 0
    overdue: int = 0
    promises: Counter[str] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)
    first: Counter[int] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    ages: Counter[str] = field(default_factory=Counter)
    scores: Counter[int] = field(default_factory=Counter)

    @property
    def kept(self) -> int:
        """Promises that were kept."""
        return self.promises[PromiseOutcome.KEPT]

    @property
    def broken(self) -> int:
        """Promises that were broken."""
        return self.promises[PromiseOutcome.BROKEN]

    @property
    def on_time(self) -> int | None:
        """Kept promises of all that were due, in percent."""
        return percent(self.kept, self.kept + self.broken)

    @property
    def answered_in_time(self) -> int | None:
        """First answers within their limit of all that had one, in percent."""
        return percent(self.answers[PromiseOutcome.KEPT], self.answers.total())

    @property
    def took(self) -> Histogram:
        """Working days from sending to the answer."""
        return Histogram(self.days)

    @property
    def waited(self) -> Histogram:
        """Working days from sending until an officer did something for the first time."""
        return Histogram(self.first)

    @property
    def standing(self) -> Standing:
        """What decides how much care is needed."""
        return Standing(
            came=self.came,
            open=self.open,
            overdue=self.overdue,
            kept=self.kept,
            broken=self.broken,
            marks=sum(score * count for score, count in self.scores.items()),
            rated=self.scores.total(),
        )

    def add(self, total: Total) -> None:
        """Count a sum in."""
        name = _PLAIN.get(total.kind)
        if name is not None:
            setattr(self, name, getattr(self, name) + total.count)
            return
        name, key = _SPLIT[total.kind]
        part = int(total.part) if key is int else total.part
        getattr(self, name)[part] += total.count
        self.open += total.count if total.kind is FigureKind.OPEN_BY_AGE else 0


_PLAIN = {
    FigureKind.CAME: "came",
    FigureKind.ENDED: "ended",
    FigureKind.REOPENED: "reopened",
    FigureKind.OVERDUE: "overdue",
}
_SPLIT: dict[FigureKind, tuple[str, type]] = {
    FigureKind.PROMISE: ("promises", str),
    FigureKind.DAYS: ("days", int),
    FigureKind.FIRST_ANSWER: ("first", int),
    FigureKind.ANSWER_DUE: ("answers", str),
    FigureKind.OPEN_BY_AGE: ("ages", str),
    FigureKind.SCORE: ("scores", int),
}
STANDING = (FigureKind.OPEN_BY_AGE, FigureKind.OVERDUE)
FLOW = (FigureKind.CAME, FigureKind.ENDED, FigureKind.REOPENED, FigureKind.PROMISE)
"""What is few rows; how long things took is many."""
PACE = (FigureKind.DAYS, FigureKind.FIRST_ANSWER, FigureKind.ANSWER_DUE)


async def work(
    session: AsyncSession,
    period: Period,
    scope: Scope,
    *,
    by: str | None = None,
    kinds: Iterable[FigureKind] = (*FLOW, *PACE, *STANDING),
) -> dict[str, Work]:
    """The work of a period by "unit" or "slug", or all of it under "". What is open is of now."""
    found: defaultdict[str, Work] = defaultdict(Work)
    happened = [kind for kind in kinds if kind not in STANDING]
    for total in await totals(session, happened, period, scope, by=by):
        found[total.key].add(total)
    still = [kind for kind in kinds if kind in STANDING]
    for total in await standing(session, still, scope, by=by) if still else ():
        found[total.key].add(total)
    return dict(found)


def together(parts: Iterable[Work]) -> Work:
    """The work of several units or services as one."""
    whole = Work()
    for part in parts:
        for name in _PLAIN.values():
            setattr(whole, name, getattr(whole, name) + getattr(part, name))
        for name, _ in _SPLIT.values():
            getattr(whole, name).update(getattr(part, name))
        whole.open += part.open
    return whole


async def by_month(
    session: AsyncSession, months: Sequence[Period], scope: Scope
) -> dict[Period, Work]:
    """What came, ended and was kept in each of some months that follow each other."""
    span = Period(months[0].start, months[-1].end)
    kinds = (FigureKind.CAME, FigureKind.ENDED, FigureKind.PROMISE)
    found = {month.start: Work() for month in months}
    for total in await totals(session, kinds, span, scope, by="start"):
        found[total.key].add(total)
    return {month: found[month.start] for month in months}


async def split(
    session: AsyncSession, kind: FigureKind, period: Period, scope: Scope
) -> Counter[str]:
    """The counts of one kind by part."""
    counts = await totals(session, [kind], period, scope)
    return Counter({total.part: total.count for total in counts})


async def split_by_month(
    session: AsyncSession, kind: FigureKind, months: Sequence[Period], scope: Scope
) -> dict[Period, Counter[str]]:
    """The counts of one kind by part, in each of some months that follow each other."""
    span = Period(months[0].start, months[-1].end)
    found = {month.start: Counter[str]() for month in months}
    for total in await totals(session, [kind], span, scope, by="start"):
        found[total.key][total.part] += total.count
    return {month: found[month.start] for month in months}
