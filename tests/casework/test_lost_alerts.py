"""An alert that did not reach an officer is seen by them and their head; groups begin the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from actions.casework import group_digest, lost_alerts, telegram_alerts
from actions.casework.messages import without_markup
from actions.casework.staff import Role
from actions.casework.staff_alerts import alert_staff, see_all
from actions.storage.tables import Outbox, Staff
from tests.support.database import BRIBE, Database

MORNING = datetime(2026, 11, 27, 3, tzinfo=UTC)
GROUP = -100900


async def lost(database: Database, staff: Staff) -> list[tuple[str, bool]]:
    async with database.sessions() as session:
        now = database.clock.now
        found = await lost_alerts.newest(session, database.reference, staff, now)
        assert len(found) == await lost_alerts.count(session, staff, now)
    return [(one.name, one.is_own) for one in found]


async def test_officer_and_head_see_it_until_it_is_read(database: Database) -> None:
    database.clock.now = MORNING
    rina = await database.account("rina", unit="disdukcapil", telegram_id=900)
    head = await database.account("head", Role.SUPERVISOR, "disdukcapil")
    other = await database.account("lain", Role.SUPERVISOR, "dishub")
    case = await database.file()
    async with database.sessions.begin() as session:
        alert_staff(session, rina, "tenggat_100", case, database.clock.now)
    async with database.sessions.begin() as session:
        assert await telegram_alerts.take(session, database.reference, database.clock.now) == 1
    assert await lost(database, head) == [], "it is on its way"
    async with database.sessions.begin() as session:
        failed = update(Outbox).where(Outbox.chat == "tg:900")
        await session.execute(failed.values(failure="blocked", done_at=database.clock.now))
    assert await lost(database, rina) == [("Rina", True)]
    assert await lost(database, head) == [("Rina", False)]
    assert await lost(database, other) == []
    async with database.sessions.begin() as session:
        await see_all(session, rina, database.clock.now)
    assert await lost(database, rina) == await lost(database, head) == []


async def test_one_that_is_long_on_its_way_counts_and_after_a_week_none(
    database: Database,
) -> None:
    database.clock.now = MORNING
    rina = await database.account("rina", unit="disdukcapil", telegram_id=900)
    case = await database.file()
    async with database.sessions.begin() as session:
        alert_staff(session, rina, "tenggat_100", case, database.clock.now)
    async with database.sessions.begin() as session:
        await telegram_alerts.take(session, database.reference, database.clock.now)
    database.clock.move(timedelta(minutes=11))
    assert await lost(database, rina) == [("Rina", True)]
    database.clock.move(timedelta(days=7))
    assert await lost(database, rina) == []


@pytest.fixture
def with_group(database: Database) -> Database:
    """The units of population and of health have one group."""
    office = database.reference.catalogue.office
    units = {
        key: unit.model_copy(update={"group": GROUP})
        if key in {"disdukcapil", "inspektorat"}
        else unit
        for key, unit in office.units.items()
    }
    catalogue = replace(
        database.reference.catalogue, office=office.model_copy(update={"units": units})
    )
    database.reference = replace(database.reference, catalogue=catalogue)
    return database


async def digests(database: Database) -> list[str]:
    async with database.sessions.begin() as session:
        await group_digest.send(session, database.reference, database.clock.now)
        rows = select(Outbox.payload).where(Outbox.chat == f"tg:{GROUP}").order_by(Outbox.id)
        return [without_markup(one["text"]) for one in await session.scalars(rows)]


async def test_a_group_begins_its_day_once_and_no_secret_is_counted(
    with_group: Database,
) -> None:
    database = with_group
    await database.file()
    await database.file("pungli", BRIBE)
    database.clock.now = datetime(2026, 11, 30, 0, 59, tzinfo=UTC)
    assert await digests(database) == [], "before eight nobody is there"
    database.clock.now = datetime(2026, 11, 30, 1, 1, tzinfo=UTC)
    (told,) = await digests(database)
    assert told.splitlines()[1:] == ["Dukcapil: Baru 1"]
    assert len(await digests(database)) == 1
    database.clock.move(timedelta(days=1))
    assert len(await digests(database)) == 2
