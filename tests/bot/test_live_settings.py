"""What one process sets, the others follow by the clock."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from actions.casework import messages, office_settings
from actions.casework.office_settings import Hand
from actions.casework.staff import Role
from actions.catalogue.sheets import HOLIDAYS, RETENTION
from bot.app import build
from bot.jobs import Jobs
from bot.settings import Settings
from tests.support.database import CHAT, Database
from tests.support.databases import SECRET
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import DATA, dependencies

DAY = date(2026, 12, 3)


async def test_another_process_follows_within_a_minute(database: Database, tmp_path: Path) -> None:
    admin = await database.account("kepala", Role.ADMIN)
    deps = dependencies(database.sessions, database.clock, tmp_path)
    jobs = Jobs(deps, lambda: None)
    await jobs.run_due()
    assert deps.reference is deps.shipped

    async with database.sessions.begin() as session:
        hand = Hand(admin, database.clock.now)
        row = {"tanggal": DAY.isoformat(), "nama": "Pilkada", "perkiraan": False}
        await office_settings.save(session, deps.shipped, HOLIDAYS, None, row, hand)
        await office_settings.save(
            session, deps.shipped, RETENTION, "percakapan", {"hari": 9}, hand
        )
    database.clock.move(timedelta(seconds=61))
    await jobs.run_due()
    assert DAY in deps.reference.holidays
    assert deps.reference.retention.lines == 9
    assert DAY not in deps.shipped.holidays

    async with database.sessions.begin() as session:
        hand = Hand(admin, database.clock.now)
        await office_settings.remove(session, deps.shipped, HOLIDAYS, DAY.isoformat(), hand)
    database.clock.move(timedelta(seconds=61))
    await jobs.run_due()
    assert deps.reference.holidays == deps.shipped.holidays


async def test_lines_are_forgotten_by_what_was_set(database: Database, tmp_path: Path) -> None:
    admin = await database.account("kepala", Role.ADMIN)
    deps = dependencies(database.sessions, database.clock, tmp_path)
    await database.say("halo pak")
    database.clock.move(timedelta(days=10))
    await Jobs(deps, lambda: None).run_due()
    async with database.sessions.begin() as session:
        assert len(await messages.last_lines(session, CHAT, 5)) == 1
        hand = Hand(admin, database.clock.now)
        await office_settings.save(
            session, deps.shipped, RETENTION, "percakapan", {"hari": 9}, hand
        )
    await Jobs(deps, lambda: None).run_due()
    await Jobs(deps, lambda: None).run_due()
    async with database.sessions() as session:
        assert await messages.last_lines(session, CHAT, 5) == []


async def test_what_was_set_counts_after_a_start(database: Database, tmp_path: Path) -> None:
    admin = await database.account("kepala", Role.ADMIN)
    async with database.sessions.begin() as session:
        hand = Hand(admin, database.clock.now)
        row = {"tanggal": DAY.isoformat(), "nama": "Pilkada", "perkiraan": False}
        await office_settings.save(session, database.reference, HOLIDAYS, None, row, hand)
    url = str(database.sessions.kw["bind"].url.render_as_string(hide_password=False))
    settings = Settings(
        _env_file=None, var_dir=tmp_path, database_url=url, secret_key=SECRET, data_dir=DATA
    )
    balai = build(settings, nlu=ScriptedNlu(), reference=database.reference)
    assert DAY not in balai.deps.reference.holidays
    await balai.start()
    assert DAY in balai.deps.reference.holidays
    await balai.stop()
