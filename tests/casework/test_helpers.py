"""Cases that somebody hands in for another, and news that wait for a digest, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.casework import claims, helpers, thrift
from actions.casework.chats import lock_chat
from actions.casework.claims import ExpiredClaimError, UsedClaimError, WrongPinError
from actions.casework.erasure import erase_chat
from actions.domain.status import Status
from actions.storage.tables import Case, CaseHelper, HeldNews
from tests.support.database import CHAT, KTP, LAMP, Database

OWNER = "tg:77"


async def handed_in(database: Database) -> tuple[Case, str]:
    case = await database.file("ktp_hilang", KTP)
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        helpers.note(session, row, "warga", database.clock())
        pin = await claims.make_pin(session, row, database.clock(), database.random)
    return case, pin


async def take(database: Database, case: Case, pin: str, chat: str = OWNER) -> None:
    """A wrong PIN is counted, as in a turn that answers it."""
    async with database.sessions.begin() as session:
        await lock_chat(session, chat, database.clock())
        row = await session.get_one(Case, case.id)
        try:
            await claims.take_with_pin(session, row, pin, chat, database.clock())
        except WrongPinError as error:
            fault = error
        else:
            return
    raise fault


def other_than(pin: str) -> str:
    return f"{(int(pin) + 1) % 10**6:06}"


async def test_the_right_pin_moves_the_case_once(database: Database) -> None:
    case, pin = await handed_in(database)
    await take(database, case, pin)
    assert (await database.fresh(case)).chat == OWNER
    with pytest.raises(UsedClaimError):
        await take(database, case, pin, "tg:78")


async def test_five_wrong_pins_lock_it_and_a_new_one_opens_it(database: Database) -> None:
    case, pin = await handed_in(database)
    left = []
    for _ in range(6):
        with pytest.raises(WrongPinError) as caught:
            await take(database, case, other_than(pin))
        left.append(caught.value.left)
    assert left == [4, 3, 2, 1, 0, 0]
    with pytest.raises(WrongPinError):
        await take(database, case, pin)
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        new = await claims.make_pin(session, row, database.clock(), database.random)
    await take(database, case, new)


async def test_a_pin_of_before_is_too_old(database: Database) -> None:
    case, pin = await handed_in(database)
    database.clock.move(claims.VALID + timedelta(days=1))
    with pytest.raises(ExpiredClaimError):
        await take(database, case, pin)


async def test_who_helped_is_forgotten_with_the_chat(database: Database) -> None:
    case, _ = await handed_in(database)
    async with database.sessions.begin() as session:
        await erase_chat(session, CHAT, database.clock())
    async with database.sessions() as session:
        assert await session.get(CaseHelper, case.id) is None


async def test_news_are_held_and_sent_once_a_day(database: Database) -> None:
    async with database.sessions.begin() as session:
        thrift.begin(await lock_chat(session, CHAT, database.clock()), database.clock())
    case = await database.file("lampu_jalan", LAMP)
    await database.move(case, Status.VERIFIED)
    await database.move(case, Status.IN_PROGRESS)
    assert await database.told() == []
    assert await sent(database) == 0, "it is morning"

    database.clock.move(timedelta(hours=9))
    assert await sent(database) == 1
    assert await database.told() == ["hemat.rangkuman"]
    async with database.sessions() as session:
        row = await lock_chat(session, CHAT, database.clock())
        assert row.thrift is not None
        assert row.thrift[thrift.MESSAGES] == 1
        assert await session.get(HeldNews, 1) is None
    assert await sent(database) == 0


async def sent(database: Database) -> int:
    async with database.sessions.begin() as session:
        return await thrift.send_digests(session, database.reference, database.clock())
