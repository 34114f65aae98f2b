"""What happened is told once, however many processes look; on both databases."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from actions.casework import account_news, happenings, telegram_alerts
from actions.casework.security_log import Origin
from actions.casework.staff import Role, set_password
from actions.storage.tables import LaterAlert, Outbox, Staff, StaffAlert
from tests.support.database import Database, password_hash

MORNING = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)


@pytest.fixture
async def rina(database: Database) -> Staff:
    """An officer at work with a linked Telegram; nothing has happened yet."""
    database.clock.now = MORNING
    account = await database.account("rina", Role.OFFICER, "disdukcapil", telegram_id=900)
    await look(database)
    return account


async def look(database: Database) -> None:
    """One process looks, some seconds later."""
    database.clock.move(timedelta(seconds=10))
    async with database.sessions.begin() as session:
        now = database.clock()
        await happenings.tell(session, database.reference, now)
        await account_news.tell(session, database.reference, now)


async def keys(database: Database) -> list[str]:
    async with database.sessions() as session:
        return list((await session.scalars(select(StaffAlert.key).order_by(StaffAlert.id))).all())


@pytest.mark.usefixtures("rina")
async def test_two_processes_tell_of_a_case_once(database: Database) -> None:
    await database.file()
    database.clock.move(timedelta(seconds=10))

    async def tell() -> int:
        async with database.sessions.begin() as session:
            return await happenings.tell(session, database.reference, database.clock())

    assert sorted(await asyncio.gather(tell(), tell())) == [0, 1]
    assert await keys(database) == ["baru"]

    async def take() -> int:
        async with database.sessions.begin() as session:
            return await telegram_alerts.take(session, database.reference, database.clock())

    assert sorted(await asyncio.gather(take(), take())) == [0, 1]
    assert await database.told("tg:900") == ["alarm.baru"]


@pytest.mark.usefixtures("rina")
async def test_what_has_not_settled_waits_for_the_next_look(database: Database) -> None:
    await database.file()
    async with database.sessions.begin() as session:
        now = database.clock()
        assert await happenings.tell(session, database.reference, now) == 0
    await look(database)
    assert await keys(database) == ["baru"]


@pytest.mark.usefixtures("rina")
async def test_at_night_an_alert_waits_and_the_urgent_does_not(database: Database) -> None:
    database.clock.now = NIGHT
    case = await database.file()
    await look(database)
    async with database.sessions.begin() as session:
        assert await telegram_alerts.take(session, database.reference, database.clock()) == 0
        session.add(StaffAlert(staff_id=1, case_id=case.id, key="mendesak", at=database.clock()))
    async with database.sessions.begin() as session:
        assert await telegram_alerts.take(session, database.reference, database.clock()) == 1
        assert await telegram_alerts.digest(session, database.reference, database.clock()) == 0
    assert await database.told("tg:900") == ["alarm.mendesak"]

    database.clock.now = MORNING + timedelta(days=3)
    async with database.sessions.begin() as session:
        now = database.clock()
        assert await telegram_alerts.digest(session, database.reference, now) == 1
        assert await telegram_alerts.digest(session, database.reference, now) == 0
        assert await telegram_alerts.take(session, database.reference, now) == 0
    assert await database.told("tg:900") == ["alarm.mendesak", "petugas.pagi"]


async def test_what_is_put_off_comes_back_once(database: Database, rina: Staff) -> None:
    case = await database.file()
    async with database.sessions.begin() as session:
        now = database.clock()
        due = await telegram_alerts.remind_later(session, rina, "baru", case.id, now)
        assert due == now + timedelta(hours=1)
        assert await telegram_alerts.remind_later(session, rina, "baru", 999, now) is None
    database.clock.move(timedelta(minutes=59))
    for brought in (0, 1, 0):
        async with database.sessions.begin() as session:
            now = database.clock()
            assert await telegram_alerts.bring_back(session, database.reference, now) == brought
        database.clock.move(timedelta(minutes=1))
    assert await keys(database) == ["baru"]
    async with database.sessions() as session:
        assert (await session.scalars(select(LaterAlert))).all() == []


async def test_a_change_of_an_account_is_told_once(database: Database, rina: Staff) -> None:
    async with database.sessions.begin() as session:
        row = await session.get_one(Staff, rina.id)
        origin = Origin(database.clock())
        await set_password(session, row, password_hash(), origin)
    await look(database)
    await look(database)
    async with database.sessions() as session:
        told = (await session.scalars(select(Outbox).where(Outbox.chat == "tg:900"))).all()
    assert [row.payload["key"] for row in told] == ["akun.perubahan"]
