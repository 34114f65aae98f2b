"""`make city`: a city's day against Telegram's limit, by a simulated clock.

A million citizens of whom some write on a day, most of them in the morning, and a flood in the
evening. What is simulated is the outbox with its order, the real limit (`bot.telegram`), and
people who write on only when they were answered. How many write is an estimate, said in `Day`;
turns and messages a visit are those of `tests.bench.people`.
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random

import click
from rich.console import Console
from rich.table import Table

from actions.casework.outbox import Urgency
from bot.telegram.rate_limits import Limits
from tests.bench.people import VISIT
from tests.bench.usage import percentile

HOUR, MINUTE = 3600.0, 60.0
MORNING = 0.4
"""The share of a day's visits that begin between 8 and 10."""
MESSAGES_A_TURN = 1.2
THINKS = 25.0
"""Seconds, on the average, until somebody who was answered writes on."""
console = Console(highlight=False)


@dataclass(frozen=True, slots=True)
class Day:
    """Who writes and what is told, as an estimate: shares of all citizens, times in seconds."""

    citizens: int = 1_000_000
    writing: float = 0.01
    reporting_flood: float = 0.03
    turns_of_report: int = 8
    flood_begins: float = 19 * HOUR
    flood_lasts: float = 1 * HOUR
    notices_a_case: int = 3
    told_of_flood: float = 20.5 * HOUR
    reminded: float = 0.003
    reminders_at: float = 9 * HOUR


@dataclass
class Waits:
    """How long messages of each urgency waited, by the hour in which they were queued."""

    by_hour: dict[tuple[Urgency, int], list[float]] = field(
        default_factory=lambda: defaultdict(list)
    )
    last_sent: float = 0.0

    def note(self, urgency: Urgency, queued: float, sent: float) -> None:
        """A message went out."""
        self.by_hour[urgency, int(queued // HOUR)].append(sent - queued)
        self.last_sent = max(self.last_sent, sent)

    def of(self, urgency: Urgency) -> list[float]:
        """All of one urgency."""
        mine = (waits for (kind, _), waits in self.by_hour.items() if kind is urgency)
        return [wait for waits in mine for wait in waits]


class City:
    """Events by time; `turns_per_second` is what the bots take, `rate` what Telegram takes."""

    def __init__(self, day: Day, rate: float, turns_per_second: float, seed: int = 1) -> None:
        self._day, self._random = day, Random(seed)
        self._limits, self._service = Limits.at_rate(rate), 1 / turns_per_second
        self._events: list[tuple[float, int, Callable[[float], None]]] = []
        self._numbers = count()
        self._waiting: list[tuple[Urgency, int, float, Callable[[float], None] | None]] = []
        self._claimed: deque[tuple[Urgency, int, float, Callable[[float], None] | None]] = deque()
        self._bots_free = 0.0
        self._sending = False
        self.waits = Waits()
        self.turns = 0

    def run(self) -> Waits:
        """Let the day pass, and the night until everything is told."""
        self._plan()
        while self._events:
            at, _, happen = heapq.heappop(self._events)
            happen(at)
        return self.waits

    def _plan(self) -> None:
        day = self._day
        writers = round(day.citizens * day.writing)
        for at in self._through_the_day(writers):
            self._at(at, self._visit(len(VISIT)))
        for _ in range(round(day.citizens * day.reporting_flood)):
            at = day.flood_begins + self._random.betavariate(1.5, 3) * day.flood_lasts
            self._at(at, self._visit(day.turns_of_report))
            self._at(day.told_of_flood, lambda now: self._queue(Urgency.NOTICE, now))
        for at in self._through_the_day(writers * day.notices_a_case):
            self._at(at, lambda now: self._queue(Urgency.NOTICE, now))
        for _ in range(round(day.citizens * day.reminded)):
            self._at(day.reminders_at, lambda now: self._queue(Urgency.DIGEST, now))

    def _through_the_day(self, number: int) -> Iterator[float]:
        """Moments: four of ten between 8 and 10, the others until 21."""
        for _ in range(number):
            hours = (8, 10) if self._random.random() < MORNING else (10, 21)
            yield self._random.uniform(*hours) * HOUR

    def _visit(self, turns: int) -> Callable[[float], None]:
        left = turns

        def write(now: float) -> None:
            nonlocal left
            left -= 1
            self.turns += 1
            self._bots_free = max(self._bots_free, now) + self._service
            more = self._random.random() < MESSAGES_A_TURN - 1
            self._at(self._bots_free, lambda at: answer(at, more=more))

        def answer(now: float, *, more: bool) -> None:
            if more:
                self._queue(Urgency.ANSWER, now)
            self._queue(Urgency.ANSWER, now, answered if left else None)

        def answered(now: float) -> None:
            self._at(now + self._random.expovariate(1 / THINKS), write)

        return write

    def _at(self, moment: float, happen: Callable[[float], None]) -> None:
        heapq.heappush(self._events, (moment, next(self._numbers), happen))

    def _queue(
        self, urgency: Urgency, now: float, then: Callable[[float], None] | None = None
    ) -> None:
        heapq.heappush(self._waiting, (urgency, next(self._numbers), now, then))
        if not self._sending:
            self._send_on(now)

    def _send_on(self, now: float) -> None:
        """Claim as many as may be under way, and send the first when the limit allows it."""
        while self._waiting and len(self._claimed) < self._limits.at_once:
            self._claimed.append(heapq.heappop(self._waiting))
        self._sending = bool(self._claimed)
        if self._claimed:
            self._at(now + self._limits.overall.reserve(now), self._sent)

    def _sent(self, now: float) -> None:
        urgency, _, queued, then = self._claimed.popleft()
        self.waits.note(urgency, queued, now)
        if then is not None:
            then(now)
        self._send_on(now)


def clock(seconds: float) -> str:
    """Hours and minutes; what lies beyond midnight counts on."""
    return f"{int(seconds // HOUR):02}.{int(seconds % HOUR // 60):02}"


def told(seconds: float) -> str:
    """A wait in words."""
    return f"{seconds:.1f} s" if seconds < 2 * MINUTE else f"{seconds / MINUTE:.0f} min"


@click.command()
@click.option(
    "--rate", "rates", multiple=True, type=float, default=(30.0, 300.0), show_default=True
)
@click.option("--turns-per-second", default=100.0, show_default=True, help="What the bots take.")
@click.option("--citizens", default=1_000_000, show_default=True)
def main(rates: tuple[float, ...], turns_per_second: float, citizens: int) -> None:
    """Print how long messages wait on such a day, by what they are and when they were queued."""
    for rate in rates:
        city = City(Day(citizens), rate, turns_per_second)
        waits = city.run()
        console.print(
            f"{citizens:,} citizens, {city.turns:,} turns, {rate:.0f} messages a second; "
            f"the last one at {clock(waits.last_sent)}"
        )
        console.print(table(waits))


def table(waits: Waits) -> Table:
    """The busiest hours, and the whole day."""
    made = Table("", "messages", "p50", "p95", "the last one")
    parts = {
        "morning, 8 to 10": range(8, 10),
        "flood, 19 to 21": range(19, 21),
        "all day": range(48),
    }
    for name, hours in parts.items():
        for urgency in Urgency:
            found = [w for hour in hours for w in waits.by_hour.get((urgency, hour), ())]
            if found:
                shares = (told(percentile(found, share)) for share in (0.5, 0.95))
                what = f"{name}: {urgency.name.lower()}s"
                made.add_row(what, f"{len(found):,}", *shares, told(max(found)))
    return made


if __name__ == "__main__":
    main()
