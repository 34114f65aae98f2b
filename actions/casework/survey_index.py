"""What citizens said of the service in a period: the survey's index, and who answered."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from actions.casework.figures import Scope, Total, totals
from actions.domain.figures import FigureKind
from actions.domain.period import Period
from actions.domain.survey import Element, Index, Sums, index_of

KINDS = (
    FigureKind.INVITED,
    FigureKind.RESPONDED,
    FigureKind.SCORE,
    FigureKind.ELEMENT_SUM,
    FigureKind.ELEMENT_ANSWERS,
)


@dataclass
class Answers:
    """What was answered of one unit or service, or in all.

    `invited` are the served: each is asked once. `scores` are single scores from 1 to 4.
    """

    invited: int = 0
    responded: int = 0
    scores: Counter[int] = field(default_factory=Counter)
    sums: Counter[Element] = field(default_factory=Counter)
    counts: Counter[Element] = field(default_factory=Counter)

    @property
    def index(self) -> Index:
        """The index of these answers."""
        return index_of(Sums(self.sums, self.counts, self.responded), self.invited)

    def add(self, total: Total) -> None:
        """Count a sum in."""
        match total.kind:
            case FigureKind.INVITED:
                self.invited += total.count
            case FigureKind.RESPONDED:
                self.responded += total.count
            case FigureKind.SCORE:
                self.scores[int(total.part)] += total.count
            case FigureKind.ELEMENT_SUM:
                self.sums[Element(total.part)] += total.count
            case _:
                self.counts[Element(total.part)] += total.count


async def answers(
    session: AsyncSession, period: Period, scope: Scope, *, by: str | None = None
) -> dict[str, Answers]:
    """What was answered by "unit" or "slug", or all of it under ""."""
    found: defaultdict[str, Answers] = defaultdict(Answers)
    for total in await totals(session, KINDS, period, scope, by=by):
        found[total.key].add(total)
    return dict(found)


async def together(session: AsyncSession, period: Period, scope: Scope) -> Answers:
    """All answers of a period."""
    return (await answers(session, period, scope)).get("", Answers())


async def trend(
    session: AsyncSession, period: Period, scope: Scope, length: int
) -> list[tuple[Period, Answers]]:
    """The answers of a period and of those before it, oldest first."""
    periods = [period]
    while len(periods) < length:
        periods.insert(0, periods[0].before)
    return [(each, await together(session, each, scope)) for each in periods]
