"""What time alone does to cases."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import func, select

from actions.casework import cases, expiry
from actions.casework.cases import By
from actions.domain.messages import StoredFile
from actions.domain.status import Actor, Status
from actions.forms.form import Form
from actions.storage.engine import Sessions
from actions.storage.tables import Attachment, Case, CaseEvent, Chat, Outbox
from tests.support.clock import Clock
from tests.support.running_bot import reference_of_tests

HALL = reference_of_tests
OFFICER = By(Actor.OFFICER)


@pytest.fixture(autouse=True)
async def _chat(sessions: Sessions, clock: Clock) -> None:
    async with sessions.begin() as session:
        session.add(Chat(id="tg:1", state={}, blocked=False, updated_at=clock()))


async def make(sessions: Sessions, clock: Clock, slug: str, *moves: Status) -> int:
    """A case of this item, moved along by an officer."""
    async with sessions.begin() as session:
        case = await cases.open_draft(
            session,
            chat="tg:1",
            slug=slug,
            item=HALL().catalogue.item(slug),
            form=Form(slug, ()),
            answers={"nama": "Siti"},
            now=clock(),
        )
        cases.attach(
            session, case, "foto", StoredFile("a" * 64 + ".jpg", "image/jpeg", 3), clock()
        )
        if moves:
            await cases.submit(session, HALL(), case, clock(), Random(case.id))
        for status in moves:
            await cases.move(
                session, HALL(), case, status, by=OFFICER, now=clock(), reason="Kurang jelas."
            )
        return case.id


async def status(sessions: Sessions, number: int) -> str:
    async with sessions() as session:
        case = await session.get(Case, number)
        assert case is not None
        return case.status


async def told(sessions: Sessions) -> list[str]:
    async with sessions() as session:
        rows = (await session.scalars(select(Outbox).order_by(Outbox.id))).all()
        return [row.payload["key"] for row in rows if row.payload]


@pytest.mark.parametrize(
    ("slug", "end"), [("domisili", Status.EXPIRED), ("lampu_jalan", Status.WITHDRAWN)]
)
async def test_a_draft_that_nobody_touches_is_forgotten_in_silence(
    sessions: Sessions, clock: Clock, slug: str, end: Status
) -> None:
    number = await make(sessions, clock, slug)
    clock.move(timedelta(days=13))
    async with sessions.begin() as session:
        assert await expiry.forget_drafts(session, HALL(), clock()) == 0
    clock.move(timedelta(days=2))
    async with sessions.begin() as session:
        assert await expiry.forget_drafts(session, HALL(), clock()) == 1

    assert await status(sessions, number) == end
    assert await told(sessions) == []
    async with sessions() as session:
        case = await session.get(Case, number)
        assert case is not None
        assert case.answers == {}
        assert await session.scalar(select(func.count()).select_from(Attachment)) == 0


async def test_a_request_that_was_returned_is_closed_after_thirty_days(
    sessions: Sessions, clock: Clock
) -> None:
    number = await make(sessions, clock, "domisili", Status.INCOMPLETE)
    clock.move(timedelta(days=30))
    async with sessions.begin() as session:
        assert await expiry.close_returned(session, HALL(), clock()) == 0
    clock.move(timedelta(days=1))
    async with sessions.begin() as session:
        assert await expiry.close_returned(session, HALL(), clock()) == 1
    async with sessions.begin() as session:
        assert await expiry.close_returned(session, HALL(), clock()) == 0, "once"

    assert await status(sessions, number) == Status.EXPIRED
    assert (await told(sessions))[-1] == "kabar.kedaluwarsa"
    async with sessions() as session:
        events = await session.scalars(select(CaseEvent.actor).order_by(CaseEvent.id))
        assert list(events)[-1] == Actor.SYSTEM


@pytest.mark.parametrize(
    ("moves", "end"),
    [
        ((Status.NEEDS_DETAIL,), Status.WITHDRAWN),
        (
            (Status.VERIFIED, Status.IN_PROGRESS, Status.AWAITING_REPLY),
            Status.RESOLVED_SILENTLY,
        ),
    ],
)
async def test_a_complaint_without_an_answer_is_closed_after_ten_working_days(
    sessions: Sessions, clock: Clock, moves: tuple[Status, ...], end: Status
) -> None:
    number = await make(sessions, clock, "lampu_jalan", *moves)
    clock.move(timedelta(days=14))  # ten working days after a Friday
    async with sessions.begin() as session:
        assert await expiry.close_unanswered(session, HALL(), clock()) == 0
    clock.move(timedelta(days=3))
    async with sessions.begin() as session:
        assert await expiry.close_unanswered(session, HALL(), clock()) == 1

    assert await status(sessions, number) == end


async def test_what_still_runs_is_left_alone(sessions: Sessions, clock: Clock) -> None:
    number = await make(sessions, clock, "domisili", Status.IN_REVIEW)
    clock.move(timedelta(days=400))
    async with sessions.begin() as session:
        for work in (expiry.forget_drafts, expiry.close_returned, expiry.close_unanswered):
            assert await work(session, HALL(), clock()) == 0

    assert await status(sessions, number) == Status.IN_REVIEW
