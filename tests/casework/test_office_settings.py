"""What an administrator sets counts for what comes next, stays in the history, and goes back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from actions.casework import case_clock, cases, office_settings, settings_log, templates
from actions.casework.office_settings import Hand, NoRowError
from actions.casework.office_tables import InUseError
from actions.casework.staff import Role
from actions.catalogue.overlay import overlaid
from actions.catalogue.reference import ReferenceData
from actions.catalogue.sheets import (
    CLOCKS,
    HOLIDAYS,
    HOURS,
    NOTICES,
    RETENTION,
    TEMPLATES,
    FieldsError,
    Sheet,
    Values,
    Wrong,
)
from actions.domain.status import Status
from actions.storage.tables import Case, Staff
from tests.support.database import Database

MONDAY = date(2026, 11, 30)
RULE: Values = {
    "hari": 9,
    "satuan": "hari_kerja",
    "tahap": "selesai",
    "unit": None,
    "jenis": None,
    "hal": "ktp_hilang",
    "jeda": True,
    "dari": "2026-11-01",
    "sampai": None,
    "dasar": "Perbup 7/2026",
}
TEMPLATE: Values = {
    "judul": "Foto buram",
    "teks": "Bapak/Ibu {nama}, fotonya belum jelas.",
    "unit": "disdukcapil",
    "status": None,
    "aktif": True,
}


class Administrator:
    """Somebody who changes sheets; `reference` is what counts afterwards."""

    def __init__(self, database: Database, staff: Staff) -> None:
        self.database, self.staff = database, staff
        self.shipped = database.reference

    @property
    def hand(self) -> Hand:
        return Hand(self.staff, self.database.clock.now)

    async def save(self, sheet: Sheet, key: str | None, values: Values) -> str:
        async with self.database.sessions.begin() as session:
            return await office_settings.save(session, self.shipped, sheet, key, values, self.hand)

    async def remove(self, sheet: Sheet, key: str) -> None:
        async with self.database.sessions.begin() as session:
            await office_settings.remove(session, self.shipped, sheet, key, self.hand)

    async def restore(self, sheet: Sheet, key: str) -> None:
        async with self.database.sessions.begin() as session:
            await office_settings.restore(session, self.shipped, sheet, key, self.hand)

    async def keys(self, sheet: Sheet) -> list[str]:
        async with self.database.sessions() as session:
            found = await office_settings.entries(session, self.shipped, sheet)
        return [entry.key for entry in found]

    async def reference(self) -> ReferenceData:
        async with self.database.sessions() as session:
            values = await office_settings.read_all(session)
        self.database.reference = overlaid(self.shipped, values)
        return self.database.reference


@pytest.fixture
async def admin(database: Database) -> Administrator:
    return Administrator(database, await database.account("kepala", Role.ADMIN))


async def test_a_holiday_moves_what_is_promised_next(admin: Administrator) -> None:
    before = await admin.database.file()
    holiday = {"tanggal": MONDAY.isoformat(), "nama": "Pilkada", "perkiraan": False}
    await admin.save(HOLIDAYS, None, holiday)
    reference = await admin.reference()
    assert MONDAY in reference.holidays
    after = await admin.database.file(chat="tg:2")
    assert before.due_on is not None
    assert after.due_on == before.due_on + timedelta(days=1)
    assert (await admin.database.fresh(before)).due_on == before.due_on


async def test_a_shipped_holiday_is_taken_out_and_put_back(admin: Administrator) -> None:
    day = date(2026, 12, 25)
    await admin.remove(HOLIDAYS, day.isoformat())
    assert day not in (await admin.reference()).holidays
    async with admin.database.sessions() as session:
        gone = await office_settings.removed(session, admin.shipped, HOLIDAYS)
    assert list(gone) == [day.isoformat()]
    await admin.restore(HOLIDAYS, day.isoformat())
    assert (await admin.reference()).holidays == admin.shipped.holidays
    with pytest.raises(NoRowError):
        await admin.restore(HOLIDAYS, day.isoformat())


async def test_a_holiday_that_moves_leaves_its_old_day(admin: Administrator) -> None:
    moved = {"tanggal": "2026-12-28", "nama": "Natal", "perkiraan": True}
    await admin.save(HOLIDAYS, "2026-12-25", moved)
    holidays = (await admin.reference()).holidays
    assert date(2026, 12, 28) in holidays
    assert date(2026, 12, 25) not in holidays
    with pytest.raises(FieldsError) as caught:
        await admin.save(HOLIDAYS, None, moved)
    assert caught.value.faults == {"tanggal": Wrong.TAKEN}


async def test_the_newest_notices_stand_first_and_holidays_by_their_days(
    admin: Administrator,
) -> None:
    keys = await admin.keys(HOLIDAYS)
    assert keys == sorted(keys)
    async with admin.database.sessions() as session:
        found = await office_settings.entries(session, admin.shipped, HOLIDAYS, after=keys[2])
    assert found[0].key == keys[3]
    notice = {"teks": "Tutup.", "unit": None, "dari": "2026-11-27", "sampai": "2026-11-28"}
    numbers = [await admin.save(NOTICES, None, notice) for _ in range(11)]
    assert await admin.keys(NOTICES) == numbers[::-1]


async def test_hours_of_one_unit_change_and_go_back(admin: Administrator) -> None:
    closed: Values = {column.key: [] for column in HOURS.columns}
    await admin.save(HOURS, "dinsos", {**closed, "sabtu": ["08.00-10.00"]})
    units = (await admin.reference()).catalogue.office.units
    assert units["dinsos"].hours == {"sabtu": ("08.00-10.00",)}
    assert units["dinkes"].hours == admin.shipped.catalogue.office.units["dinkes"].hours
    await admin.restore(HOURS, "dinsos")
    assert (await admin.reference()).catalogue.office == admin.shipped.catalogue.office
    with pytest.raises(NoRowError):
        await admin.save(HOURS, "dinas_karangan", closed)
    with pytest.raises(NoRowError):
        await admin.remove(HOURS, "dinsos")


async def test_how_long_data_is_kept_changes(admin: Administrator) -> None:
    await admin.save(RETENTION, "percakapan", {"hari": 30})
    kept = (await admin.reference()).retention
    assert (kept.lines, kept.security) == (30, admin.shipped.retention.security)


async def test_a_notice_is_told_in_its_time_and_where_it_belongs(admin: Administrator) -> None:
    notice = {"teks": "Tutup.", "unit": "dinsos", "dari": "2026-11-27", "sampai": "2026-11-28"}
    first = await admin.save(NOTICES, None, notice)
    await admin.remove(NOTICES, first)
    assert await admin.save(NOTICES, None, notice) != first
    reference = await admin.reference()
    day = date(2026, 11, 28)
    assert reference.notices_on(day, "dinsos") == ["Tutup."]
    assert reference.notices_on(day) == reference.notices_on(MONDAY, "dinsos") == []


async def test_a_case_keeps_the_clock_that_it_began_under(admin: Administrator) -> None:
    usual = await admin.database.file()
    key = await admin.save(CLOCKS, None, RULE)
    await admin.reference()
    case = await admin.database.file(chat="tg:2")
    assert (usual.clock_rule_id, case.clock_rule_id) == (None, int(key))
    assert case.due_on == admin.shipped.due(date(2026, 11, 27), 9)
    with pytest.raises(InUseError):
        await admin.save(CLOCKS, key, {**RULE, "hari": 2})
    with pytest.raises(InUseError):
        await admin.remove(CLOCKS, key)
    await admin.save(CLOCKS, key, {**RULE, "sampai": "2026-11-26"})
    await admin.reference()
    later = await admin.database.file(chat="tg:3")
    assert (later.clock_rule_id, later.due_on) == (None, usual.due_on)


async def test_a_rule_may_keep_the_clock_running_while_the_citizen_is_waited_for(
    admin: Administrator,
) -> None:
    await admin.save(CLOCKS, None, {**RULE, "jeda": False})
    await admin.reference()
    runs = await admin.database.file()
    await admin.database.move(runs, Status.INCOMPLETE, "foto buram")
    stands = await admin.database.file("kk_baru", {"nama": "Siti"}, chat="tg:2")
    await admin.database.move(stands, Status.INCOMPLETE, "foto buram")
    assert (await admin.database.fresh(runs)).paused_on is None
    assert (await admin.database.fresh(stands)).paused_on is not None
    later = datetime(2026, 12, 1, 3, tzinfo=UTC)
    assert await _shown(admin, runs, later) == (2, 0)
    assert await _shown(admin, stands, later) == (0, 2)


async def _shown(admin: Administrator, case: Case, now: datetime) -> tuple[int, int]:
    """How many working days are used, and for how many the clock stood still."""
    async with admin.database.sessions() as session:
        moves = await cases.moves(session, case)
    row = await admin.database.fresh(case)
    read = case_clock.read(admin.database.reference, row, moves, now)
    assert read is not None
    return read.used, read.paused


async def test_deleted_templates_do_not_come_back(admin: Administrator) -> None:
    async def seed() -> int:
        async with admin.database.sessions.begin() as session:
            return await templates.seed(session, admin.shipped, admin.database.clock.now)

    assert await seed() > 0
    for key in await admin.keys(TEMPLATES):
        await admin.remove(TEMPLATES, key)
    assert await seed() == 0


async def test_a_clock_is_for_something(admin: Administrator) -> None:
    with pytest.raises(FieldsError) as caught:
        await admin.save(CLOCKS, None, {**RULE, "hal": None})
    assert caught.value.faults == {"unit": Wrong.EMPTY}


async def test_an_unused_clock_and_a_template_may_go(admin: Administrator) -> None:
    for sheet, values in ((CLOCKS, RULE), (TEMPLATES, TEMPLATE)):
        key = await admin.save(sheet, None, values)
        assert await admin.keys(sheet) == [key]
        await admin.save(sheet, key, values)
        await admin.remove(sheet, key)
        assert await admin.keys(sheet) == []
        with pytest.raises(NoRowError):
            await admin.remove(sheet, key)


async def test_every_change_is_in_the_history(admin: Administrator) -> None:
    key = await admin.save(TEMPLATES, None, TEMPLATE)
    await admin.save(TEMPLATES, key, {**TEMPLATE, "judul": "Foto gelap"})
    await admin.save(TEMPLATES, key, {**TEMPLATE, "judul": "Foto gelap"})
    await admin.remove(TEMPLATES, key)
    async with admin.database.sessions() as session:
        lines = await settings_log.lines(session, sheet=TEMPLATES.key, row=key)
        newest = await settings_log.version(session)
        older = await settings_log.lines(session, before=lines[0].id, limit=1)
    assert [line.by for line in lines] == ["kepala"] * 3
    assert [line.after and line.after["judul"] for line in lines] == [
        None,
        "Foto gelap",
        "Foto buram",
    ]
    assert office_settings.differences(TEMPLATES, lines[1].before, lines[1].after) == [
        ("judul", "Foto buram", "Foto gelap")
    ]
    assert (lines[0].id, [line.id for line in older]) == (newest, [lines[1].id, lines[2].id])


async def test_what_data_no_longer_has_is_left_out(admin: Administrator) -> None:
    await admin.save(RETENTION, "percakapan", {"hari": 30})
    values = office_settings.OfficeValues({"jam": {"sudah_tutup": {"senin": ["08.00-09.00"]}}})
    assert overlaid(admin.shipped, values).catalogue.office == admin.shipped.catalogue.office
    gone = office_settings.OfficeValues({"simpan": {"dulu_ada": {"hari": 3}}})
    assert overlaid(admin.shipped, gone).retention == admin.shipped.retention
