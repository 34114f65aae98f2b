"""Which rule says how many working days a case has: one that was valid on the day it was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Clock:
    """A rule from a day on, up to and with another; what is not set is for all.

    `pauses` says whether the clock stands still while the citizen is waited for.
    """

    id: int
    working_days: int
    pauses: bool
    valid_from: date
    valid_to: date | None = None
    unit: str | None = None
    kind: str | None = None
    slug: str | None = None
    legal_basis: str = ""

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
    clocks: Sequence[Clock], day: date, *, unit: str, kind: str, slug: str
) -> Clock | None:
    """The narrowest rule for a case that is sent on a day, of two as narrow the younger one."""
    fitting = [c for c in clocks if c.is_valid(day) and c.fits(unit=unit, kind=kind, slug=slug)]
    return max(fitting, key=lambda clock: clock.narrowness, default=None)
