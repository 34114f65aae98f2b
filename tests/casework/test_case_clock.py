"""What the clock of a case shows, in working days: used, stood still, left, late."""

from __future__ import annotations

from datetime import timedelta

from actions.casework import case_clock, cases
from actions.casework.case_clock import Reading
from actions.casework.cases import CITIZEN
from actions.domain.status import Status
from actions.storage.tables import Case
from tests.support.clock import Clock
from tests.support.database import Database


async def read(database: Database, case: Case) -> Reading | None:
    now = database.clock.now
    async with database.sessions() as session:
        row = await session.get_one(Case, case.id)
        return case_clock.read(database.reference, row, await cases.moves(session, row), now)


async def test_days_are_used_up_and_then_late(database: Database, clock: Clock) -> None:
    """A Friday, and three working days: Wednesday."""
    case = await database.file()
    assert await read(database, case) == Reading(used=0, paused=0, left=3, late=0)
    clock.move(timedelta(days=3))
    assert await read(database, case) == Reading(used=1, paused=0, left=2, late=0)
    clock.move(timedelta(days=4))
    assert await read(database, case) == Reading(used=5, paused=0, left=0, late=2)


async def test_it_stands_still_while_the_citizen_is_waited_for(
    database: Database, clock: Clock
) -> None:
    case = await database.file()
    clock.move(timedelta(days=3))
    await database.move(case, Status.INCOMPLETE, "foto KK kabur")
    clock.move(timedelta(days=2))
    assert await read(database, case) == Reading(used=1, paused=2, left=2, late=0)
    await database.move(case, Status.SUBMITTED, by=CITIZEN)
    assert await read(database, case) == Reading(used=1, paused=2, left=2, late=0)
    clock.move(timedelta(days=1))
    assert await read(database, case) == Reading(used=2, paused=2, left=1, late=0)


async def test_it_stops_when_the_promise_is_met(database: Database, clock: Clock) -> None:
    case = await database.file()
    clock.move(timedelta(days=3))
    await database.move(case, Status.READY)
    clock.move(timedelta(days=30))
    assert await read(database, case) == Reading(used=1, paused=0, left=2, late=0)


async def test_it_begins_anew_when_a_report_is_opened_again(
    database: Database, clock: Clock
) -> None:
    case = await database.file("jalan_rusak", {"lokasi": {"teks": "depan pasar"}})
    await database.move(case, Status.REJECTED, "bukan jalan")
    clock.move(timedelta(days=10))
    await database.move(case, Status.REOPENED, "masih rusak", by=CITIZEN)
    told = await read(database, case)
    assert told is not None
    assert (told.used, told.late) == (0, 0)


async def test_a_draft_has_no_clock(database: Database) -> None:
    assert await read(database, await database.draft()) is None
