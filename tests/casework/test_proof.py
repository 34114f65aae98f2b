"""A photo shows that it was done: asked of officers, sent to citizens, and of this time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.casework import cases, proof
from actions.casework.cases import CITIZEN
from actions.casework.proof import ProofMissingError
from actions.domain.messages import StoredFile
from actions.domain.status import Status
from actions.storage.tables import Attachment, Case, Outbox
from tests.support.database import CHAT, LAMP, OFFICER, PHOTO, Database

LATER = StoredFile("c" * 64 + ".jpg", "image/jpeg", 1024)


async def working(database: Database) -> Case:
    case = await database.file("lampu_jalan", LAMP)
    for target in (Status.VERIFIED, Status.IN_PROGRESS):
        await database.move(case, target)
    return case


async def move(database: Database, case: Case, target: Status, *, photo: bool = False) -> None:
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        if photo:
            proof.attach(session, row, LATER, database.clock.now)
            await session.flush()
        now = database.clock.now
        await cases.move(session, database.reference, row, target, by=OFFICER, now=now)


async def sent(database: Database) -> list[str]:
    """The names of the files that the citizen is sent."""
    async with database.sessions() as session:
        mine = select(Outbox.payload).where(Outbox.chat == CHAT).order_by(Outbox.id)
        payloads = (await session.scalars(mine)).all()
    return [one["file"][0] for one in payloads if one and one.get("file")]


@pytest.mark.parametrize("target", [Status.RESOLVED, Status.AWAITING_REPLY])
async def test_it_is_not_done_without_and_the_citizen_sees_it_before_the_question(
    target: Status, database: Database
) -> None:
    case = await working(database)
    with pytest.raises(ProofMissingError):
        await move(database, case, target)
    assert (await database.fresh(case)).status == Status.IN_PROGRESS
    await move(database, case, target, photo=True)
    assert (await database.fresh(case)).status == target
    assert await sent(database) == [LATER.name]
    told = await database.told()
    assert told.index("umum.foto_bukti") == told.index(f"kabar.{target}") - 1


async def test_it_is_asked_once_and_again_after_it_was_opened_again(database: Database) -> None:
    case = await working(database)
    await move(database, case, Status.AWAITING_REPLY, photo=True)
    database.clock.move(timedelta(days=1))
    await database.move(case, Status.REOPENED, "Masih mati", by=CITIZEN)
    database.clock.move(timedelta(days=1))
    with pytest.raises(ProofMissingError):
        await move(database, case, Status.RESOLVED)
    await move(database, case, Status.AWAITING_REPLY, photo=True)
    await move(database, case, Status.RESOLVED)
    assert len(await sent(database)) == 2


async def test_other_ends_and_other_complaints_need_none(database: Database) -> None:
    case = await working(database)
    await move(database, case, Status.SCHEDULED)
    await database.move(case, Status.WITHDRAWN, by=CITIZEN)
    other = await database.file("sampah")
    for target in (Status.VERIFIED, Status.IN_PROGRESS, Status.RESOLVED):
        await move(database, other, target)
    assert await sent(database) == []


async def test_a_citizen_who_completes_the_case_takes_no_photo_of_officers_away(
    database: Database,
) -> None:
    case = await working(database)
    async with database.sessions.begin() as session:
        proof.attach(session, await session.get_one(Case, case.id), PHOTO, database.clock.now)
    await database.move(case, Status.NEEDS_DETAIL, "Tiang nomor berapa?")
    await database.move(case, Status.RECEIVED, by=CITIZEN)
    async with database.sessions() as session:
        assert (await session.scalars(select(Attachment.name))).all() == [PHOTO.name]
