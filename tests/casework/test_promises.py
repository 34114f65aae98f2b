"""What was promised is written down, and so is what came of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.casework.cases import CITIZEN, By
from actions.domain.status import Status
from actions.domain.work import Awaits, PromiseOutcome
from actions.storage.tables import Case, Promise
from tests.support.database import OFFICER, Database


async def ledger(database: Database, case: Case) -> list[Promise]:
    async with database.sessions() as session:
        found = select(Promise).where(Promise.case_id == case.id).order_by(Promise.id)
        return list((await session.scalars(found)).all())


async def moved(
    database: Database, case: Case, target: Status, reason: str | None = None, *, by: By = OFFICER
) -> Case:
    await database.move(case, target, reason, by=by)
    return await database.fresh(case)


async def test_a_promise_is_kept_when_the_thing_is_there_in_time(database: Database) -> None:
    case = await database.file("domisili")
    (made,) = await ledger(database, case)
    assert (made.due_on, made.outcome) == (case.due_on, None)
    assert case.promised_on == case.due_on
    case = await moved(database, case, Status.READY)
    (kept,) = await ledger(database, case)
    assert kept.outcome == PromiseOutcome.KEPT
    assert case.met_on == kept.settled_on == database.reference.today(database.clock())


async def test_a_promise_is_broken_when_it_comes_too_late(database: Database) -> None:
    case = await database.file("domisili")
    database.clock.move(timedelta(days=60))
    case = await moved(database, case, Status.READY)
    (broken,) = await ledger(database, case)
    assert broken.outcome == PromiseOutcome.BROKEN


async def test_the_days_that_its_citizen_took_are_given_back(database: Database) -> None:
    case = await database.file("ktp_hilang")
    case = await moved(database, case, Status.INCOMPLETE, "Foto KK tidak terbaca")
    database.clock.move(timedelta(days=60))
    case = await moved(database, case, Status.SUBMITTED, by=CITIZEN)
    case = await moved(database, case, Status.READY)
    (kept,) = await ledger(database, case)
    assert kept.outcome == PromiseOutcome.KEPT
    assert kept.due_on == case.due_on
    assert case.promised_on is not None
    assert kept.due_on > case.promised_on


async def test_what_was_withdrawn_voids_its_promise(database: Database) -> None:
    case = await database.file("domisili")
    case = await moved(database, case, Status.CANCELLED, by=CITIZEN)
    (void,) = await ledger(database, case)
    assert void.outcome == PromiseOutcome.VOID


async def test_a_complaint_that_is_opened_again_gets_a_promise_of_its_own(
    database: Database,
) -> None:
    case = await database.file("sampah")
    case = await moved(database, case, Status.VERIFIED)
    case = await moved(database, case, Status.IN_PROGRESS)
    case = await moved(database, case, Status.RESOLVED)
    database.clock.move(timedelta(days=60))
    case = await moved(database, case, Status.REOPENED, "Sampahnya masih ada", by=CITIZEN)
    first, second = await ledger(database, case)
    assert (first.outcome, second.outcome) == (PromiseOutcome.KEPT, None)
    assert second.due_on == case.due_on
    assert case.due_on > database.reference.today(database.clock())
    assert case.met_on is None


@pytest.mark.parametrize(
    ("target", "awaits"),
    [
        (Status.VERIFIED, Awaits.OFFICER),
        (Status.NEEDS_DETAIL, Awaits.CITIZEN),
        (Status.FORWARDED, Awaits.OTHER_UNIT),
        (Status.REJECTED, Awaits.NOBODY),
    ],
)
async def test_a_case_says_who_must_act(
    database: Database, target: Status, awaits: Awaits
) -> None:
    case = await database.file("sampah")
    assert case.awaits == Awaits.OFFICER
    case = await moved(database, case, target, "12345")
    assert case.awaits == awaits


async def test_an_answer_lies_there_until_an_officer_acts(database: Database) -> None:
    case = await database.file("sampah")
    case = await moved(database, case, Status.NEEDS_DETAIL, "Patokannya apa?")
    case = await moved(database, case, Status.RECEIVED, by=CITIZEN)
    assert case.answered_at == database.clock()
    case = await moved(database, case, Status.VERIFIED)
    assert case.answered_at is None
