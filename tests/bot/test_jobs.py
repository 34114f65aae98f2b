"""What is done by the clock."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from actions.casework import escalations, expiry
from actions.casework.cases import CITIZEN
from actions.casework.chats import NOBODY
from actions.casework.escalations import State
from actions.domain.messages import FileKind, StoredFile
from actions.domain.status import Status
from actions.storage.engine import make_engine, make_sessions, reading
from actions.storage.tables import Case, Escalation, Inbox, SearchTerm
from actions.storage.vault import Vault
from bot.dependencies import Dependencies
from bot.jobs import JOBS, Jobs
from tests.storage.pictures import jpeg
from tests.support.clock import Clock
from tests.support.database import Database
from tests.support.databases import SECRET
from tests.support.running_bot import dependencies

LATE_EVENING = datetime(2026, 11, 27, 15, 30, tzinfo=UTC)


@pytest.fixture
async def deps(database_url: str, clock: Clock, tmp_path: Path) -> AsyncIterator[Dependencies]:
    engine = make_engine(database_url, Vault(SECRET))
    yield dependencies(make_sessions(engine), clock, tmp_path)
    await engine.dispose()


def jobs(deps: Dependencies) -> Jobs:
    return Jobs(deps, lambda: None)


async def test_a_chat_whose_officer_went_silent_returns_to_the_bot(
    deps: Dependencies, clock: Clock
) -> None:
    database = Database(deps.sessions, deps.reference, clock)
    officer, escalation = await database.account(), await database.escalation()
    async with deps.sessions.begin() as session:
        waiting = await session.get_one(Escalation, escalation.id)
        await escalations.claim(session, deps.reference, waiting, officer, clock())
    clock.move(timedelta(hours=2, minutes=1))
    first, second = jobs(deps), jobs(deps)

    await first.run_due()
    await second.run_due()

    assert (await database.fresh(escalation)).status == State.CLOSED
    assert (await database.told()).count("petugas.waktu_habis") == 1


async def test_a_job_is_run_again_only_when_its_time_has_come(
    deps: Dependencies, clock: Clock
) -> None:
    async def handled() -> int:
        async with deps.sessions() as session:
            return await session.scalar(select(func.count()).select_from(Inbox)) or 0

    async def add(number: int) -> None:
        long_ago = clock() - timedelta(days=30)
        async with deps.sessions.begin() as session:
            session.add(
                Inbox(
                    source="tg",
                    external_id=number,
                    chat="tg:1",
                    attempts=0,
                    received_at=long_ago,
                    handled_at=long_ago,
                )
            )

    mine = jobs(deps)
    await add(1)
    await mine.run_due()
    assert await handled() == 0

    await add(2)
    clock.move(timedelta(minutes=59))
    await mine.run_due()
    assert await handled() == 1
    clock.move(timedelta(minutes=1))
    await mine.run_due()
    assert await handled() == 0

    clock.jump(timedelta(days=1))
    await mine.run_due()
    clock.jump(timedelta(days=-1))
    await add(3)
    await mine.run_due()
    assert await handled() == 0, "a clock that was a day ahead does not put it off"


async def test_what_there_is_is_done_a_few_in_a_transaction(
    deps: Dependencies, clock: Clock
) -> None:
    database, begun = Database(deps.sessions, deps.reference, clock), expiry.AT_ONCE * 2 + 1
    for number in range(begun):
        await database.draft(chat=f"tg:{number}")
    clock.move(expiry.DRAFT_KEPT + timedelta(minutes=1))

    await jobs(deps).run_due()

    async with reading(deps.office) as session:
        left = select(func.count()).select_from(Case).where(Case.status == Status.DRAFT)
        assert await session.scalar(left) == 0


async def test_nobody_is_written_to_at_night(deps: Dependencies, clock: Clock) -> None:
    clock.now = LATE_EVENING
    mine = jobs(deps)
    await mine.run_due()

    polite = {job.name for job in JOBS if job.polite}
    assert polite
    assert not polite & mine._due.keys()
    clock.move(timedelta(hours=11))
    await mine.run_due()
    assert polite <= mine._due.keys()


async def test_a_job_that_fails_does_not_stop_the_others(
    deps: Dependencies, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    async with deps.sessions.begin() as session:
        await session.execute(text("ALTER TABLE surveys RENAME TO surveys_away"))
    try:
        await jobs(deps).run_due()
    finally:
        async with deps.sessions.begin() as session:
            await session.execute(text("ALTER TABLE surveys_away RENAME TO surveys"))

    failed = [record.__dict__["job"] for record in caplog.records if "job" in record.__dict__]
    assert failed == ["survey reminders", "figures"]


async def test_files_that_no_request_needs_are_swept(deps: Dependencies, clock: Clock) -> None:
    stored = await deps.files.store(jpeg(), FileKind.PHOTO)
    assert isinstance(stored, StoredFile)
    path = deps.files.path(stored.name)
    old = (clock() - timedelta(days=2)).timestamp()
    os.utime(path, (old, old))

    await jobs(deps).run_due()

    assert not path.exists()


async def test_what_was_kept_long_enough_goes_and_the_log_says_how_much(
    deps: Dependencies, database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    case = await database.file()
    await database.move(case, Status.CANCELLED, by=CITIZEN)
    await database.say("halo")
    clock.move(timedelta(days=deps.reference.retention.closed_cases, minutes=1))
    await jobs(deps).run_due()

    kept = await database.fresh(case)
    assert (kept.answers, kept.chat, kept.code) == ({}, NOBODY, case.code)
    told = [record.__dict__ for record in caplog.records if record.message == "retention"]
    removed = {one["kept"]: one["removed"] for one in told}
    assert removed["closed_cases"] == 1
    assert removed["lines"] == 1


async def test_cases_of_before_can_be_found_soon_after_the_start(
    deps: Dependencies, database: Database
) -> None:
    case = await database.file()
    async with deps.sessions.begin() as session:
        await session.execute(text("DELETE FROM search_terms"))
        await session.execute(text("UPDATE cases SET indexed_with = NULL"))
    await jobs(deps).run_due()
    async with deps.sessions() as session:
        found = select(SearchTerm.case_id).where(SearchTerm.term == "aminah")
        assert (await session.scalars(found)).all() == [case.id]
