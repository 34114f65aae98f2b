"""From a draft to its end: codes, promises, history, who may move what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from actions.casework import cases
from actions.casework.cases import CITIZEN, OutdatedError, ReasonMissingError
from actions.domain.codes import read_code
from actions.domain.status import ForbiddenMoveError, Status
from actions.storage.tables import Case
from tests.support.clock import Clock
from tests.support.database import OTHER_CHAT, Database


async def test_a_draft_has_no_code(database: Database) -> None:
    filed = await database.draft()
    case = await database.fresh(filed)
    assert (case.code, case.status, case.submitted_at) == (None, Status.DRAFT, None)
    async with database.sessions() as session:
        assert await cases.open_form(session, None) is None
        assert await cases.open_form(session, filed.id) is not None
        assert list(await cases.of_chat(session, OTHER_CHAT)) == []
        assert list(await cases.of_chat(session, case.chat)) == []


async def test_handing_in_gives_a_code_a_promise_and_a_first_line(database: Database) -> None:
    filed = await database.file()
    case = await database.fresh(filed)
    assert case.code == read_code(str(case.code), "SMJ")
    assert case.status == Status.SUBMITTED
    assert case.due_on == date(2026, 12, 2), "three working days after Friday"
    (event,) = await database.history(filed)
    assert (event.from_status, event.to_status) == (Status.DRAFT, Status.SUBMITTED)
    assert await database.told() == [], "the receipt is the dialogue's"


async def test_a_complaint_is_received_and_may_be_secret(database: Database) -> None:
    case = await database.file("pungli")
    assert (case.status, case.secret) == (Status.RECEIVED, True)
    assert (await database.file("sampah")).secret is False


async def test_codes_are_never_given_twice(database: Database) -> None:
    codes = {(await database.file()).code for _ in range(12)}
    assert len(codes) == 12


async def test_a_case_is_found_by_its_code_alone(database: Database) -> None:
    case = await database.file()
    async with database.sessions() as session:
        found = await cases.by_code(session, str(case.code))
        assert found is not None
        assert found.id == case.id
        assert await cases.by_code(session, "SKM-XXX-XXX") is None


async def test_each_move_is_told_and_written_down(database: Database) -> None:
    filed = await database.file()
    await database.move(filed, Status.IN_REVIEW)
    await database.move(filed, Status.READY, "Loket 3.")
    assert await database.told() == ["kabar.diperiksa", "kabar.siap_diambil"]
    events = await database.history(filed)
    assert [event.to_status for event in events] == ["diajukan", "diperiksa", "siap_diambil"]
    assert events[-1].reason == "Loket 3."


async def test_what_the_table_does_not_have_is_refused(database: Database) -> None:
    filed = await database.file()
    with pytest.raises(ForbiddenMoveError):
        await database.move(filed, Status.HANDED_OVER)
    with pytest.raises(ForbiddenMoveError):
        await database.move(filed, Status.REJECTED, "Tidak.", by=cases.SYSTEM)
    assert (await database.fresh(filed)).status == Status.SUBMITTED
    assert await database.told() == []


@pytest.mark.parametrize("reason", [None, "", "   "])
async def test_a_refusal_needs_its_reason(database: Database, reason: str | None) -> None:
    filed = await database.file()
    with pytest.raises(ReasonMissingError):
        await database.move(filed, Status.REJECTED, reason)
    assert (await database.fresh(filed)).status == Status.SUBMITTED


async def test_who_looked_at_an_older_version_is_stopped(database: Database) -> None:
    filed = await database.file()
    seen = (await database.fresh(filed)).version
    await database.move(filed, Status.IN_REVIEW, seen_version=seen)
    with pytest.raises(OutdatedError):
        await database.move(filed, Status.READY, seen_version=seen)


async def test_the_promise_waits_while_the_citizen_is_waited_for(
    database: Database, clock: Clock
) -> None:
    filed = await database.file()
    await database.move(filed, Status.INCOMPLETE, "Foto KK belum ada.")
    assert (await database.fresh(filed)).paused_on == date(2026, 11, 27)
    clock.move(timedelta(days=4))
    await database.move(filed, Status.SUBMITTED, by=CITIZEN)
    case = await database.fresh(filed)
    assert case.paused_on is None
    assert case.due_on == date(2026, 12, 4), "two working days were not ours"


async def test_a_citizens_own_move_is_not_told_to_the_citizen(database: Database) -> None:
    filed = await database.file()
    await database.move(filed, Status.CANCELLED, by=CITIZEN)
    assert await database.told() == []
    case = await database.fresh(filed)
    assert case.closed_at is not None


@pytest.mark.parametrize(
    ("slug", "moves", "way"),
    [
        ("ktp_hilang", [], Status.CANCELLED),
        ("ktp_hilang", [Status.READY], None),
        ("sampah", [], Status.WITHDRAWN),
        ("sampah", [Status.VERIFIED, Status.IN_PROGRESS, Status.RESOLVED], None),
    ],
)
async def test_what_can_still_be_withdrawn(
    database: Database, slug: str, moves: list[Status], way: Status | None
) -> None:
    filed = await database.file(slug)
    for status in moves:
        await database.move(filed, status)
    assert cases.withdrawal(await database.fresh(filed)) == way


async def test_answers_are_kept_as_they_are(database: Database) -> None:
    answers = {"nama": "Siti", "nik": "3299014506880001", "hp": None, "jumlah": 3}
    case = await database.file(answers=answers)
    assert case.answers == answers
    assert isinstance(case, Case)
