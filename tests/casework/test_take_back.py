"""Whoever has taken a case and does nothing for days gives it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.casework import take_back
from actions.casework.messages import Sender, note
from actions.casework.staff import Role
from actions.domain.status import Status
from actions.domain.work import EventKind
from actions.storage.tables import Case, CaseEvent, CaseNote, Staff, StaffAlert
from tests.support.database import CHAT, Database


async def run(database: Database) -> int:
    async with database.sessions.begin() as session:
        return await take_back.take_back(session, database.reference, database.clock.now)


async def owned(database: Database) -> tuple[Case, Staff]:
    """Taken on Friday the 27th; five whole working days are over on Monday the 7th."""
    case = await database.file("ktp_hilang")
    rina = await database.account("rina", unit="disdukcapil")
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        row.owner_id = rina.id
    return row, rina


async def test_a_silent_owner_loses_the_case_and_both_are_told(database: Database) -> None:
    case, rina = await owned(database)
    head = await database.account("head", Role.SUPERVISOR, "disdukcapil")
    database.clock.now += timedelta(days=7)
    assert await run(database) == 0, "on Friday four whole days are over since"
    database.clock.now += timedelta(days=3)
    assert await run(database) == 1
    assert await run(database) == 0
    assert (await database.fresh(case)).owner_id is None
    async with database.sessions() as session:
        alerts = await session.execute(select(StaffAlert.staff_id, StaffAlert.key))
        assert {tuple(row) for row in alerts} == {(rina.id, "ditarik"), (head.id, "ditarik")}
        kind = select(CaseEvent.data).where(CaseEvent.kind == EventKind.LET_GO)
        assert (await session.scalars(kind)).all() == [{"dari": rina.id}]


@pytest.mark.parametrize("what", ["moved", "wrote", "noted", "waits", "night"])
async def test_whoever_did_something_or_cannot_keeps_it(what: str, database: Database) -> None:
    case, rina = await owned(database)
    database.clock.now += timedelta(days=4)
    if what == "moved":
        await database.move(case, Status.IN_REVIEW, by=rina)
    if what == "waits":
        await database.move(case, Status.INCOMPLETE, "Foto KK tidak terbaca", by=rina)
    now = database.clock.now
    async with database.sessions.begin() as session:
        if what == "wrote":
            note(session, CHAT, Sender.OFFICER, "sebentar ya", now, staff_id=rina.id)
        if what == "noted":
            session.add(CaseNote(case_id=case.id, staff_id=rina.id, text="menunggu", at=now))
    database.clock.now += timedelta(days=6, hours=12 if what == "night" else 0)
    assert await run(database) == 0
    assert (await database.fresh(case)).owner_id == rina.id
