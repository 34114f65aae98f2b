"""What time alone does to cases."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from actions.casework import cases, expiry
from actions.domain.messages import StoredFile
from actions.domain.status import Actor, Status
from actions.storage.tables import Attachment, Case
from tests.support.clock import Clock
from tests.support.database import Database

PHOTO = StoredFile("a" * 64 + ".jpg", "image/jpeg", 3)


async def make(database: Database, slug: str, *moves: Status) -> Case:
    """A case of this item with a photo, moved along by an officer."""
    case = await (database.file(slug) if moves else database.draft(slug))
    async with database.sessions.begin() as session:
        cases.attach(session, case, "foto", PHOTO, database.clock())
    for status in moves:
        await database.move(case, status, "Kurang jelas.")
    return case


async def run(database: Database, work: Callable[..., Awaitable[int]]) -> int:
    """Do what the clock does; returns how many cases it ended."""
    async with database.sessions.begin() as session:
        return await work(session, database.reference, database.clock())


@pytest.mark.parametrize(
    ("slug", "end"), [("domisili", Status.EXPIRED), ("lampu_jalan", Status.WITHDRAWN)]
)
async def test_a_draft_that_nobody_touches_is_forgotten_in_silence(
    database: Database, clock: Clock, slug: str, end: Status
) -> None:
    case = await make(database, slug)
    clock.move(timedelta(days=13))
    assert await run(database, expiry.forget_drafts) == 0
    clock.move(timedelta(days=2))
    assert await run(database, expiry.forget_drafts) == 1

    assert (await database.fresh(case)).status == end
    assert await database.told() == []
    assert (await database.fresh(case)).answers == {}
    async with database.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(Attachment)) == 0


async def test_a_request_that_was_returned_is_closed_after_thirty_days(
    database: Database, clock: Clock
) -> None:
    case = await make(database, "domisili", Status.INCOMPLETE)
    clock.move(timedelta(days=30))
    assert await run(database, expiry.close_returned) == 0
    clock.move(timedelta(days=1))
    assert await run(database, expiry.close_returned) == 1
    assert await run(database, expiry.close_returned) == 0, "once"

    assert (await database.fresh(case)).status == Status.EXPIRED
    assert (await database.told())[-1] == "kabar.kedaluwarsa"
    assert (await database.history(case))[-1].actor == Actor.SYSTEM


@pytest.mark.parametrize(
    ("moves", "end"),
    [
        ((Status.NEEDS_DETAIL,), Status.WITHDRAWN),
        ((Status.VERIFIED, Status.IN_PROGRESS, Status.AWAITING_REPLY), Status.RESOLVED_SILENTLY),
    ],
)
async def test_a_complaint_without_an_answer_is_closed_after_ten_working_days(
    database: Database, clock: Clock, moves: tuple[Status, ...], end: Status
) -> None:
    case = await make(database, "lampu_jalan", *moves)
    clock.move(timedelta(days=14))  # ten working days after a Friday
    assert await run(database, expiry.close_unanswered) == 0
    clock.move(timedelta(days=3))
    assert await run(database, expiry.close_unanswered) == 1

    assert (await database.fresh(case)).status == end


async def test_what_still_runs_is_left_alone(database: Database, clock: Clock) -> None:
    case = await make(database, "domisili", Status.IN_REVIEW)
    clock.move(timedelta(days=400))
    for work in (expiry.forget_drafts, expiry.close_returned, expiry.close_unanswered):
        assert await run(database, work) == 0

    assert (await database.fresh(case)).status == Status.IN_REVIEW
