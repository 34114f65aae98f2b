"""What an officer's list calls late is what the case itself says, in every status."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from actions.casework import desk
from actions.casework.desk import Tray, Wanted
from actions.casework.lateness import is_late, late_by
from actions.casework.staff import Role
from actions.domain.status import Status, is_open, pauses_clock, stops_clock
from actions.domain.terms import Term
from actions.storage.engine import Sessions
from actions.storage.tables import Case, Chat, Staff
from tests.support.running_bot import reference_of_tests

REFERENCE = reference_of_tests()
NOW = datetime.fromisoformat("2026-11-24T03:00:00+00:00")
TODAY = date(2026, 11, 24)
DUE = {"late": TODAY - timedelta(days=3), "today": TODAY, "never": None}


def row(number: int, status: Status, due: str, *, paused: bool) -> Case:
    """A case as it may stand in the database."""
    return Case(
        code=f"SKM-{number:03}-AAA",
        kind="laporan",
        slug="sampah",
        unit="dlh",
        chat="tg:1",
        status=status,
        form={},
        created_at=NOW,
        updated_at=NOW,
        due_on=DUE[due],
        paused_on=TODAY if paused or pauses_clock(status) else None,
        met_on=TODAY if stops_clock(status) else None,
        closed_at=None if is_open(status) else NOW,
    )


async def test_the_list_and_the_case_agree(sessions: Sessions) -> None:
    every = [
        row(number, status, due, paused=paused)
        for number, (status, due, paused) in enumerate(
            (status, due, paused) for status in Status for due in DUE for paused in (True, False)
        )
    ]
    async with sessions.begin() as session:
        session.add(Chat(id="tg:1", state={}, updated_at=NOW))
        await session.flush()
        session.add_all(every)
    boss = Staff(id=1, role=Role.ADMIN, unit=None)
    async with sessions() as session:
        wanted = Wanted(Tray.LATE)
        tray = await desk.cases(session, boss, wanted, TODAY, limit=len(every))
        listed = {case.code for case in tray}
    late = {case.code: is_late(REFERENCE, case, NOW) for case in every}
    assert listed == {code for code, is_one in late.items() if is_one}
    days = {late_by(REFERENCE, case, NOW) for case in every}
    assert days == {None, Term(2)}, "from Saturday to Tuesday are two working days"


@pytest.mark.parametrize("status", [Status.INCOMPLETE, Status.HANDED_OVER, Status.REJECTED])
def test_a_clock_that_stands_still_is_never_late(status: Status) -> None:
    assert late_by(REFERENCE, row(1, status, "late", paused=False), NOW) is None


def test_on_a_day_off_it_is_late_by_no_working_day() -> None:
    case = row(1, Status.RECEIVED, "late", paused=False)
    case.due_on = date(2026, 11, 20)
    sunday = NOW - timedelta(days=2)
    assert is_late(REFERENCE, case, sunday)
    assert late_by(REFERENCE, case, sunday) == Term(0)
