"""A human takes over, writes, and gives the chat back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions.casework import escalations
from actions.casework.chats import lock_chat
from actions.casework.escalations import AlreadyClaimedError, Reason, State
from actions.casework.messages import Sender, note
from actions.domain.memory import ChatMemory
from actions.storage.tables import Escalation, Outbox, Staff
from tests.casework.database import CITIZEN_CHAT, Office
from tests.support.clock import Clock
from tests.support.running_bot import GROUP

STAFF_CHAT = f"tg:{GROUP}"


async def opened(office: Office, reason: Reason = Reason.ASKED, **more: Any) -> int:
    async with office.sessions.begin() as session:
        await lock_chat(session, CITIZEN_CHAT, office.clock())
        talk = await escalations.open_escalation(
            session, office.reference, chat=CITIZEN_CHAT, reason=reason, now=office.clock(), **more
        )
        return talk.id


async def stored(office: Office, number: int) -> Escalation:
    async with office.sessions() as session:
        talk = await session.get(Escalation, number)
        assert talk is not None
        return talk


async def claim(office: Office, number: int, officer: Staff) -> None:
    async with office.sessions.begin() as session:
        talk = await session.get(Escalation, number)
        assert talk is not None
        await escalations.claim(session, office.reference, talk, officer, office.clock())


async def memory(office: Office) -> ChatMemory:
    async with office.sessions.begin() as session:
        row = await lock_chat(session, CITIZEN_CHAT, office.clock())
        return ChatMemory.from_json(row.state)


async def test_officers_are_told_that_somebody_waits_but_not_what_was_said(
    office: Office,
) -> None:
    async with office.sessions.begin() as session:
        await lock_chat(session, CITIZEN_CHAT, office.clock())
        note(session, CITIZEN_CHAT, Sender.CITIZEN, "rahasia sekali", office.clock())
    number = await opened(office, unit="disdukcapil")
    assert await office.told(STAFF_CHAT) == ["petugas.alarm"]
    talk = await stored(office, number)
    assert [line[1] for line in talk.turns] == ["rahasia sekali"]
    async with office.sessions() as session:
        rows = (await session.scalars(select(Outbox))).all()
        assert all("rahasia" not in row.payload["text"] for row in rows)


async def test_asking_twice_is_one_handover_and_one_alarm(office: Office) -> None:
    assert await opened(office) == await opened(office, Reason.ANGRY)
    assert await office.told(STAFF_CHAT) == ["petugas.alarm"]


async def test_an_officer_who_writes_first_alarms_nobody(office: Office) -> None:
    await opened(office, Reason.OFFICER)
    assert await office.told(STAFF_CHAT) == []


async def test_who_claims_silences_the_bot_and_is_introduced(office: Office) -> None:
    number = await opened(office)
    rina = await office.officer()
    await claim(office, number, rina)
    assert await office.told() == ["petugas.menjawab"]
    talk = await stored(office, number)
    assert (talk.status, talk.claimed_by) == (State.CLAIMED, rina.id)
    assert (await memory(office)).with_human
    await claim(office, number, rina)
    assert await office.told() == ["petugas.menjawab"], "claiming again says nothing"


async def test_only_one_officer_claims(office: Office) -> None:
    number = await opened(office)
    await claim(office, number, await office.officer())
    with pytest.raises(AlreadyClaimedError):
        await claim(office, number, await office.officer("budi"))


async def test_the_first_words_claim_and_are_kept_as_the_officers(office: Office) -> None:
    number, rina = await opened(office), await office.officer()
    async with office.sessions.begin() as session:
        talk = await session.get(Escalation, number)
        assert talk is not None
        await escalations.say(
            session, office.reference, talk, rina, "Saya <cek> dulu.", office.clock()
        )
    assert await office.told() == ["petugas.menjawab", "petugas.kata"]
    assert (await stored(office, number)).status == State.CLAIMED


async def test_closing_gives_the_chat_back_once(office: Office) -> None:
    number = await opened(office)
    await claim(office, number, await office.officer())
    for _ in range(2):
        async with office.sessions.begin() as session:
            talk = await session.get(Escalation, number)
            assert talk is not None
            await escalations.close(
                session, office.reference, talk, office.clock(), key="petugas.selesai"
            )
    assert (await office.told()).count("petugas.selesai") == 1
    assert not (await memory(office)).with_human
    async with office.sessions() as session:
        assert await escalations.open_of_chat(session, CITIZEN_CHAT) is None


async def test_an_officer_who_falls_silent_loses_the_chat(office: Office, clock: Clock) -> None:
    number = await opened(office)
    await claim(office, number, await office.officer())
    returned = []
    for minutes in (90, 45, 45):
        clock.move(timedelta(minutes=minutes))
        async with office.sessions.begin() as session:
            returned.append(await escalations.return_silent(session, office.reference, clock()))
    assert returned == [0, 1, 0]
    assert (await office.told())[-1] == "petugas.waktu_habis"


async def test_who_was_never_claimed_goes_on_waiting(office: Office, clock: Clock) -> None:
    await opened(office)
    clock.move(timedelta(days=2))
    async with office.sessions.begin() as session:
        assert await escalations.return_silent(session, office.reference, clock()) == 0
        waiting = await escalations.open_of_chat(session, CITIZEN_CHAT)
        assert waiting is not None
