"""From a draft to its end: codes, promises, history, who may move what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from actions.casework import cases
from actions.casework.cases import CITIZEN, OutdatedError, ReasonMissingError
from actions.domain.codes import read_code
from actions.domain.status import ForbiddenMoveError, Status
from actions.storage.tables import Case
from tests.casework.database import OTHER_CHAT, Office
from tests.support.clock import Clock


async def test_a_draft_has_no_code_and_belongs_to_its_chat(office: Office) -> None:
    number = await office.draft()
    case = await office.case(number)
    assert (case.code, case.status, case.submitted_at) == (None, Status.DRAFT, None)
    async with office.sessions() as session:
        assert await cases.draft(session, OTHER_CHAT, number) is None
        assert await cases.draft(session, case.chat, number) is not None
        assert list(await cases.of_chat(session, case.chat)) == []


async def test_handing_in_gives_a_code_a_promise_and_a_first_line(office: Office) -> None:
    number = await office.file()
    case = await office.case(number)
    assert case.code == read_code(str(case.code), "SKM")
    assert case.status == Status.SUBMITTED
    assert case.due_on == date(2026, 12, 2), "three working days after Friday"
    (event,) = await office.history(number)
    assert (event.from_status, event.to_status) == (Status.DRAFT, Status.SUBMITTED)
    assert await office.told() == [], "the receipt is the dialogue's"


async def test_a_complaint_is_received_and_may_be_secret(office: Office) -> None:
    case = await office.case(await office.file("pungli"))
    assert (case.status, case.secret) == (Status.RECEIVED, True)
    assert (await office.case(await office.file("sampah"))).secret is False


async def test_codes_are_never_given_twice(office: Office) -> None:
    numbers = [await office.file() for _ in range(12)]
    codes = {(await office.case(number)).code for number in numbers}
    assert len(codes) == len(numbers)


async def test_a_case_is_found_by_its_code_alone(office: Office) -> None:
    case = await office.case(await office.file())
    async with office.sessions() as session:
        found = await cases.by_code(session, str(case.code))
        assert found is not None
        assert found.id == case.id
        assert await cases.by_code(session, "SKM-XXX-XXX") is None


async def test_each_move_is_told_and_written_down(office: Office) -> None:
    number = await office.file()
    await office.move(number, Status.IN_REVIEW)
    await office.move(number, Status.READY, "Loket 3.")
    assert await office.told() == ["kabar.diperiksa", "kabar.siap_diambil"]
    events = await office.history(number)
    assert [event.to_status for event in events] == ["diajukan", "diperiksa", "siap_diambil"]
    assert events[-1].reason == "Loket 3."


async def test_what_the_table_does_not_have_is_refused(office: Office) -> None:
    number = await office.file()
    with pytest.raises(ForbiddenMoveError):
        await office.move(number, Status.HANDED_OVER)
    with pytest.raises(ForbiddenMoveError):
        await office.move(number, Status.REJECTED, "Tidak.", by=cases.SYSTEM)
    assert (await office.case(number)).status == Status.SUBMITTED
    assert await office.told() == []


@pytest.mark.parametrize("reason", [None, "", "   "])
async def test_a_refusal_needs_its_reason(office: Office, reason: str | None) -> None:
    number = await office.file()
    with pytest.raises(ReasonMissingError):
        await office.move(number, Status.REJECTED, reason)
    assert (await office.case(number)).status == Status.SUBMITTED


async def test_who_looked_at_an_older_version_is_stopped(office: Office) -> None:
    number = await office.file()
    seen = (await office.case(number)).version
    await office.move(number, Status.IN_REVIEW, seen_version=seen)
    with pytest.raises(OutdatedError):
        await office.move(number, Status.READY, seen_version=seen)


async def test_the_promise_waits_while_the_citizen_is_waited_for(
    office: Office, clock: Clock
) -> None:
    number = await office.file()
    await office.move(number, Status.INCOMPLETE, "Foto KK belum ada.")
    assert (await office.case(number)).paused_on == date(2026, 11, 27)
    clock.move(timedelta(days=4))
    await office.move(number, Status.SUBMITTED, by=CITIZEN)
    case = await office.case(number)
    assert case.paused_on is None
    assert case.due_on == date(2026, 12, 4), "two working days were not ours"


async def test_a_citizens_own_move_is_not_told_to_the_citizen(office: Office) -> None:
    number = await office.file()
    await office.move(number, Status.CANCELLED, by=CITIZEN)
    assert await office.told() == []
    case = await office.case(number)
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
    office: Office, slug: str, moves: list[Status], way: Status | None
) -> None:
    number = await office.file(slug)
    for status in moves:
        await office.move(number, status)
    assert cases.withdrawal(await office.case(number)) == way


async def test_answers_are_kept_as_they_are(office: Office) -> None:
    answers = {"nama": "Siti", "nik": "3299014506880001", "hp": None, "jumlah": 3}
    case = await office.case(await office.file(answers=answers))
    assert case.answers == answers
    assert isinstance(case, Case)
