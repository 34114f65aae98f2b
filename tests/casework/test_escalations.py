"""A human takes over, writes, and gives the chat back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.casework import escalations
from actions.casework.chats import lock_chat
from actions.casework.escalations import AlreadyClaimedError, Reason, State
from actions.domain.memory import ChatMemory
from actions.storage.tables import Escalation, Outbox, Staff
from tests.support.clock import Clock
from tests.support.database import CHAT, Database
from tests.support.running_bot import GROUP

STAFF_CHAT = f"tg:{GROUP}"


async def claim(database: Database, waiting: Escalation, officer: Staff) -> None:
    async with database.sessions.begin() as session:
        escalation = await session.get_one(Escalation, waiting.id)
        await escalations.claim(session, database.reference, escalation, officer, database.clock())


async def memory(database: Database) -> ChatMemory:
    async with database.sessions.begin() as session:
        row = await lock_chat(session, CHAT, database.clock())
        return ChatMemory.from_json(row.state)


async def test_officers_are_told_that_somebody_waits_but_not_what_was_said(
    database: Database,
) -> None:
    await database.say("rahasia sekali")
    waiting = await database.escalation(unit="disdukcapil")
    assert await database.told(STAFF_CHAT) == ["petugas.alarm"]
    escalation = await database.fresh(waiting)
    assert [line[1] for line in escalation.turns] == ["rahasia sekali"]
    async with database.sessions() as session:
        rows = (await session.scalars(select(Outbox))).all()
        assert all("rahasia" not in row.payload["text"] for row in rows)


async def test_asking_twice_is_one_escalation_and_one_alarm(database: Database) -> None:
    first, second = await database.escalation(), await database.escalation(reason=Reason.ANGRY)
    assert first.id == second.id
    assert await database.told(STAFF_CHAT) == ["petugas.alarm"]


async def test_an_officer_who_writes_first_alarms_nobody(database: Database) -> None:
    await database.escalation(reason=Reason.OFFICER)
    assert await database.told(STAFF_CHAT) == []


async def test_who_claims_silences_the_bot_and_is_introduced(database: Database) -> None:
    waiting = await database.escalation()
    rina = await database.account()
    await claim(database, waiting, rina)
    assert await database.told() == ["petugas.menjawab"]
    escalation = await database.fresh(waiting)
    assert (escalation.status, escalation.claimed_by) == (State.CLAIMED, rina.id)
    assert (await memory(database)).with_human
    await claim(database, waiting, rina)
    assert await database.told() == ["petugas.menjawab"], "claiming again says nothing"


async def test_only_one_officer_claims(database: Database) -> None:
    waiting = await database.escalation()
    await claim(database, waiting, await database.account())
    with pytest.raises(AlreadyClaimedError):
        await claim(database, waiting, await database.account("budi"))


async def test_the_first_words_claim_and_are_kept_as_the_officers(database: Database) -> None:
    waiting, rina = await database.escalation(), await database.account()
    async with database.sessions.begin() as session:
        escalation = await session.get_one(Escalation, waiting.id)
        await escalations.say(
            session, database.reference, escalation, rina, "Saya <cek> dulu.", database.clock()
        )
    assert await database.told() == ["petugas.menjawab", "petugas.kata"]
    assert (await database.fresh(waiting)).status == State.CLAIMED


async def test_closing_gives_the_chat_back_once(database: Database) -> None:
    waiting = await database.escalation()
    await claim(database, waiting, await database.account())
    for _ in range(2):
        async with database.sessions.begin() as session:
            escalation = await session.get_one(Escalation, waiting.id)
            await escalations.close(
                session, database.reference, escalation, database.clock(), key="petugas.selesai"
            )
    assert (await database.told()).count("petugas.selesai") == 1
    assert not (await memory(database)).with_human
    async with database.sessions() as session:
        assert await escalations.open_of_chat(session, CHAT) is None


async def test_an_officer_who_falls_silent_loses_the_chat(
    database: Database, clock: Clock
) -> None:
    waiting = await database.escalation()
    await claim(database, waiting, await database.account())
    returned = []
    for minutes in (90, 45, 45):
        clock.move(timedelta(minutes=minutes))
        async with database.sessions.begin() as session:
            returned.append(await escalations.return_silent(session, database.reference, clock()))
    assert returned == [0, 1, 0]
    assert (await database.told())[-1] == "petugas.waktu_habis"


async def test_who_was_never_claimed_goes_on_waiting(database: Database, clock: Clock) -> None:
    await database.escalation()
    clock.move(timedelta(days=2))
    async with database.sessions.begin() as session:
        assert await escalations.return_silent(session, database.reference, clock()) == 0
        assert await escalations.open_of_chat(session, CHAT) is not None
