"""A line of a chat says whether it was sent, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from actions.casework import messages, outbox, transcript
from actions.casework.delivery import Delivery, Mark, delivery_of
from actions.casework.messages import Sender
from actions.casework.staff import Role
from actions.domain.messages import Reply
from actions.storage.tables import Case, Outbox, Staff
from tests.support.database import CHAT, OTHER_CHAT, Database


async def marks(database: Database, case: Case) -> list[Delivery | None]:
    """Of the lines of a case, as a supervisor reads them."""
    async with database.sessions() as session:
        sari = Staff(id=0, role=Role.SUPERVISOR)
        lines = await transcript.of_case(session, sari, case, database.clock())
        return [delivery_of(line) for line in lines]


async def say(database: Database, chat: str = CHAT) -> int:
    async with database.sessions.begin() as session:
        messages.queue(session, chat, [Reply("x", "Halo.")], database.clock())
        await session.flush()
        newest = select(Outbox.id).order_by(Outbox.id.desc()).limit(1)
        return (await session.scalars(newest)).one()


async def test_what_waits_is_not_sent_and_what_was_sent_says_when(database: Database) -> None:
    case = await database.file()
    queued = database.clock.now
    row = await say(database)
    database.clock.move(timedelta(seconds=20))
    await say(database)
    async with database.sessions.begin() as session:
        await outbox.mark_sent(session, [row], database.clock())

    assert await marks(database, case) == [
        Delivery(Mark.SENT, queued + timedelta(seconds=20)),
        Delivery(Mark.WAITING, queued + timedelta(seconds=20)),
    ]


@pytest.mark.parametrize(
    ("failure", "mark"),
    [
        (outbox.BLOCKED, Mark.BLOCKED),
        (outbox.TOLD_LATER, Mark.BLOCKED),
        ("BadRequest", Mark.REFUSED),
        ("expired", Mark.REFUSED),
    ],
)
async def test_what_failed_says_why(database: Database, failure: str, mark: Mark) -> None:
    case, row = await database.file(), await say(database)
    async with database.sessions.begin() as session:
        await outbox.give_up(session, row, failure, database.clock())

    assert await marks(database, case) == [Delivery(mark, database.clock.now)]


async def test_a_citizens_line_and_one_of_long_ago_have_no_mark(database: Database) -> None:
    case = await database.file()
    await database.say("halo", sender=Sender.CITIZEN)
    row = await say(database)
    async with database.sessions.begin() as session:
        await session.execute(delete(Outbox))
    assert await marks(database, case) == [None, None]

    database.clock.move(timedelta(seconds=1))
    async with database.sessions.begin() as session:
        now = database.clock()
        again = Outbox(id=row, chat=OTHER_CHAT, created_at=now, due_at=now, attempts=0)
        session.add(again)
    assert await marks(database, case) == [None, None], "the number is another one's now"
