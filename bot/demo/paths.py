"""Which way a case goes through its statuses, when and by whom, like those of a real office."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random

from actions.catalogue.models import Unit
from actions.catalogue.reference import ReferenceData
from actions.domain.calendar import Hours, add_working_days, add_working_minutes
from actions.domain.status import (
    TRANSITIONS,
    Actor,
    CaseKind,
    Status,
    first_status,
    pauses_clock,
    statuses,
)

PATHS = tuple((kind, status) for kind in CaseKind for status in statuses(kind))
"""Every end that a demo has at least once."""

STATUS = {status.value: status for status in Status}
Usual = Mapping[str, Mapping[str, Mapping[str, int]]]
"""How often a case of a kind goes from a status to which; what is not named stays there."""

PROMISE_SHARE, LEAST_DAYS = 0.24, 0.25
FILLING_IN = (3, 14)
DRAFT_KEPT, RETURNED_KEPT, ANSWER_KEPT = 14, 31, 11
WAKING = (7, 21)
MINUTES_A_DAY = 420
LONGEST = 24


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a case. Times are the office's own."""

    at: datetime
    origin: Status
    target: Status
    actor: Actor


@cache
def way_to(kind: CaseKind, end: Status) -> tuple[Status, ...]:
    """The shortest way from a draft to a status, through a submission where there is one."""
    first = first_status(kind)
    waiting = deque([(Status.DRAFT, first)] if end is not Status.DRAFT else [(Status.DRAFT,)])
    while waiting:
        way = waiting.popleft()
        if way[-1] is end:
            return way[1:]
        waiting.extend((*way, target) for target in TRANSITIONS[kind][way[-1]])
    raise AssertionError(f"no way leads to {end}")


class Office:
    """Moves cases at the pace of a unit, in its hours; whoever else moves them has other hours."""

    def __init__(self, reference: ReferenceData, usual: Usual, now: datetime) -> None:
        self._reference, self._usual, self._now = reference, usual, reference.local(now)
        units = reference.catalogue.office.units
        self._hours = {key: _hours(reference, unit, units) for key, unit in units.items()}

    def walk(
        self, kind: CaseKind, unit: str, promised: int, start: datetime, random: Random
    ) -> Iterator[Move]:
        """The moves that happened before now of a case that was begun at `start`."""
        pace = max(promised * PROMISE_SHARE, LEAST_DAYS) * random.choice((0.5, 0.8, 1, 1, 1.6))
        at, status = start, Status.DRAFT
        for _ in range(LONGEST):
            ways = self._usual[kind].get(status)
            if not ways:
                return
            (key,) = random.choices(tuple(ways), tuple(ways.values()))
            target = STATUS[key]
            move = self._move(kind, unit, status, target, at, pace, random)
            if move.at >= self._now:
                return
            yield move
            at, status = move.at, target

    def walk_to(
        self, kind: CaseKind, unit: str, end: Status, start: datetime, random: Random
    ) -> Iterator[Move]:
        """The shortest way to a status, at a brisk pace."""
        at, status = start, Status.DRAFT
        for target in way_to(kind, end):
            move = self._move(kind, unit, status, target, at, LEAST_DAYS, random)
            if move.at >= self._now:
                return
            yield move
            at, status = move.at, target

    def _move(
        self,
        kind: CaseKind,
        unit: str,
        origin: Status,
        target: Status,
        at: datetime,
        pace: float,
        random: Random,
    ) -> Move:
        actors = TRANSITIONS[kind][origin][target]
        if Actor.SYSTEM in actors and (pauses_clock(origin) or len(actors) == 1):
            return Move(self._given_up(origin, at), origin, target, Actor.SYSTEM)
        if Actor.CITIZEN in actors:
            quick = timedelta(minutes=random.uniform(*FILLING_IN))
            then = at + quick if origin is Status.DRAFT else _awake(at, random)
            return Move(then, origin, target, Actor.CITIZEN)
        minutes = int(random.expovariate(1 / (pace * MINUTES_A_DAY))) + 5
        return Move(self.work(unit, at, minutes), origin, target, Actor.OFFICER)

    def work(self, unit: str, start: datetime, minutes: int) -> datetime:
        """When a unit has been open for some minutes."""
        holidays = self._reference.holidays
        ready = add_working_minutes(start, minutes, self._hours[unit], holidays)
        return ready or start + timedelta(minutes=minutes)

    def _given_up(self, origin: Status, at: datetime) -> datetime:
        """When the bot alone ends what its citizen left lying, in the morning."""
        if origin in {Status.NEEDS_DETAIL, Status.AWAITING_REPLY}:
            week = self._reference.catalogue.office.week
            day = add_working_days(at.date(), ANSWER_KEPT, week, self._reference.holidays)
        else:
            kept = DRAFT_KEPT if origin is Status.DRAFT else RETURNED_KEPT
            day = at.date() + timedelta(days=kept + 1)
        return datetime.combine(day, at.time().replace(hour=8), at.tzinfo)


def _awake(at: datetime, random: Random) -> datetime:
    """Within some days, when people are awake."""
    later = at + timedelta(hours=min(random.expovariate(1 / 30), 24 * 9) + 0.2)
    if later.hour in range(*WAKING):
        return later
    return later.replace(hour=random.randrange(8, 20)) + timedelta(days=later.hour >= WAKING[1])


def _hours(reference: ReferenceData, unit: Unit, units: Mapping[str, Unit]) -> Hours:
    """The unit's opening hours, or those of the first that has some."""
    some = unit if unit.hours else next((other for other in units.values() if other.hours), unit)
    return reference.hours(some)
