"""The simulated day: what is sent first, and that nothing is left."""

from __future__ import annotations

from actions.casework.outbox import Urgency
from tests.bench.city import HOUR, City, Day

SMALL = Day(citizens=20_000, writing=0.01, reporting_flood=0.03, reminded=0.01)


def test_where_there_is_room_nobody_waits() -> None:
    waits = City(SMALL, rate=1000, turns_per_second=100).run()
    assert max(waits.of(Urgency.ANSWER)) < 1


def test_answers_wait_less_than_notices_and_those_less_than_digests() -> None:
    waits = City(SMALL, rate=2, turns_per_second=100).run()
    answers, notices, digests = (max(waits.of(urgency)) for urgency in Urgency)
    flood = waits.by_hour[Urgency.NOTICE, 20]
    assert len(flood) >= SMALL.citizens * SMALL.reporting_flood
    assert max(waits.by_hour[Urgency.ANSWER, 20]) < max(flood)
    assert digests > max(waits.by_hour[Urgency.ANSWER, 9])
    assert answers < notices


def test_everybody_is_answered() -> None:
    city = City(SMALL, rate=5, turns_per_second=100)
    waits = city.run()
    assert len(waits.of(Urgency.ANSWER)) >= city.turns
    assert waits.last_sent < 48 * HOUR
