"""Which rule says how long a case may take: one that was valid on the day it was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from actions.domain.terms import Measure, Term


class Stage(StrEnum):
    """What is to be reached in time: an officer's first answer, or what was asked for."""

    ANSWER = "jawaban"
    DONE = "selesai"


@dataclass(frozen=True, slots=True)
class Clock:
    """A rule from a day on, up to and with another; what is not set is for all.

    `pauses` says whether the clock stands still while the citizen is waited for.
    """

    id: int
    length: int
    pauses: bool
    valid_from: date
    valid_to: date | None = None
    unit: str | None = None
    kind: str | None = None
    slug: str | None = None
    legal_basis: str = ""
    measure: Measure = Measure.WORKING_DAYS
    stage: Stage = Stage.DONE

    @property
    def term(self) -> Term:
        """How long it gives."""
        return Term(self.length, self.measure)

    def is_valid(self, day: date) -> bool:
        """Whether it counts for what is sent on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def fits(self, *, unit: str, kind: str, slug: str) -> bool:
        """Whether it is about such a case."""
        wanted = ((self.unit, unit), (self.kind, kind), (self.slug, slug))
        return all(own is None or own == other for own, other in wanted)

    @property
    def narrowness(self) -> tuple[bool, bool, bool, date, int]:
        """The rule of a service goes before that of a unit, and that before one of a kind."""
        named = (self.slug is not None, self.unit is not None, self.kind is not None)
        return (*named, self.valid_from, self.id)


def clock_for(
    clocks: Sequence[Clock],
    day: date,
    *,
    unit: str,
    kind: str,
    slug: str,
    stage: Stage = Stage.DONE,
) -> Clock | None:
    """The narrowest rule for a stage of a case sent on a day, of two as narrow the younger."""
    fitting = [
        clock
        for clock in clocks
        if clock.stage is stage
        and clock.is_valid(day)
        and clock.fits(unit=unit, kind=kind, slug=slug)
    ]
    return max(fitting, key=lambda clock: clock.narrowness, default=None)
