"""Requests by right: answered once, erased with what they are about; on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import select

from actions.casework import audit_log, erasure, privacy_requests
from actions.casework.audit_log import Look
from actions.casework.chats import NOBODY
from actions.casework.privacy_requests import AlreadyAnsweredError, RequestKind, Result
from actions.domain.status import Status
from actions.storage.tables import Case, PrivacyRequest
from tests.support.database import CHAT, Database


async def ask(database: Database, case: Case) -> PrivacyRequest:
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        return await privacy_requests.ask_correction(session, row, "salah", database.clock())


async def test_of_two_answers_at_once_one_counts(database: Database) -> None:
    rina = await database.account("rina")
    request = await ask(database, await database.file())

    async def settle(result: Result) -> bool:
        async with database.sessions.begin() as session:
            found = await privacy_requests.find(session, rina, request.id, locked=True)
            assert found is not None
            try:
                await privacy_requests.settle(
                    session,
                    database.reference,
                    found[0],
                    rina,
                    result=result,
                    outcome="begitu",
                    now=database.clock(),
                )
            except AlreadyAnsweredError:
                return False
            return True

    assert sorted(await asyncio.gather(settle(Result.DONE), settle(Result.REFUSED))) == [
        False,
        True,
    ]
    assert len(await database.told()) == 1


async def test_with_the_case_goes_what_was_asked_about_it(database: Database) -> None:
    case = await database.file()
    await ask(database, case)
    async with database.sessions.begin() as session:
        now = database.clock()
        privacy_requests.note_done(session, CHAT, RequestKind.COPY, now)
        await erasure.erase_chat(session, CHAT, now)
        rows = (await session.scalars(select(PrivacyRequest).order_by(PrivacyRequest.id))).all()
        assert [(row.chat, row.text) for row in rows] == [(CHAT, "salah"), (NOBODY, None)]

    await database.move(case, Status.REJECTED, "tidak bisa")
    database.clock.move(timedelta(days=8))
    async with database.sessions.begin() as session:
        await erasure.erase_later(session, database.reference, database.clock())
    async with database.sessions() as session:
        about = (await session.scalars(select(PrivacyRequest).order_by(PrivacyRequest.id))).first()
        assert about is not None
        assert (about.chat, about.text, about.result) == (NOBODY, None, Result.MOOT)
        assert about.case_id == case.id, "that it was asked, and when, the office keeps"


async def test_what_was_answered_long_ago_is_forgotten_and_what_waits_is_not(
    database: Database,
) -> None:
    case = await database.file()
    await ask(database, case)
    async with database.sessions.begin() as session:
        privacy_requests.note_done(session, CHAT, RequestKind.COPY, database.clock())
    database.clock.move(timedelta(days=10))
    async with database.sessions.begin() as session:
        assert await privacy_requests.prune(session, database.clock(), timedelta(days=9)) == 1
    async with database.sessions() as session:
        left = (await session.scalars(select(PrivacyRequest))).one()
        assert left.kind == RequestKind.CORRECTION


async def test_the_trail_is_pruned_by_its_age(database: Database) -> None:
    rina, case = await database.account("rina"), await database.file()
    for _ in range(2):
        async with database.sessions.begin() as session:
            audit_log.saw_case(session, rina, case, Look.CASE, database.clock())
        database.clock.move(timedelta(days=10))
    async with database.sessions.begin() as session:
        assert await audit_log.prune(session, database.clock(), timedelta(days=15)) == 1
        assert len(await audit_log.of_case(session, case.id)) == 1
