"""Who did or read what is found by person, case and time, page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.casework import audit_log, audit_search, settings_log
from actions.casework.audit_log import Look
from actions.casework.audit_search import PAGE, Wanted
from actions.casework.security_log import Origin, SecurityKind, note
from actions.casework.staff import Role
from actions.domain.status import Status
from tests.console.conftest import LogIn
from tests.support.database import Database


async def test_everything_that_happened_is_one_list(database: Database, log_in: LogIn) -> None:
    rina = await database.account("rina")
    admin = await log_in("kepala", Role.ADMIN)
    case = await database.file()
    await database.move(case, Status.IN_REVIEW, by=rina)
    async with database.sessions.begin() as session:
        audit_log.saw_case(session, rina, case, Look.NUMBERS, database.clock.now)
        note(session, SecurityKind.LOGIN, Origin(database.clock.now), rina.id)
        settings_log.note(
            session, rina, database.clock.now, "libur", "2026-12-03", before=None, after={}
        )
    await admin.open("/pengaturan/jejak")
    for told in (case.code or "?", "Mengubah pengaturan: Hari libur", "Keamanan", "rina"):
        assert told in admin.words
    await admin.press("Cari", kode=(case.code or "").lower())
    assert "Hari libur" not in admin.words
    assert "Mengubah status" in admin.words
    assert "Siti" not in admin.html


async def test_a_person_and_a_period_narrow_it(database: Database, log_in: LogIn) -> None:
    rina, budi = await database.account("rina"), await database.account("budi")
    admin = await log_in("kepala", Role.ADMIN)
    case = await database.file()
    async with database.sessions.begin() as session:
        audit_log.saw_case(session, rina, case, Look.CASE, database.clock.now)
        audit_log.saw_case(
            session, budi, case, Look.NUMBERS, database.clock.now - timedelta(days=9)
        )
    await admin.open("/pengaturan/jejak")
    await admin.press("Cari", akun=str(budi.id))
    assert admin.html.count('scope="row"') == 1
    await admin.press("Cari", akun="", dari="2026-11-18", sampai="2026-11-18")
    assert admin.html.count('scope="row"') == 1
    assert "budi" in admin.words
    await admin.press("Cari", akun="", dari="2026-11-19", sampai="2026-11-20")
    assert "Tidak ada jejak yang cocok" in admin.words


async def test_what_cannot_be_read_is_said(log_in: LogIn) -> None:
    admin = await log_in("kepala", Role.ADMIN)
    await admin.open("/pengaturan/jejak")
    await admin.press("Cari", kode="SKM-222-222")
    assert (admin.status, "Tidak ada perkara" in admin.words) == (422, True)
    await admin.press("Cari", kode="", dari="kemarin")
    assert "Tanggalnya tidak bisa dibaca" in admin.words
    await admin.open("/pengaturan/jejak?akun=x&perkara=y&dari=z&setelah=apa~b~c")
    assert admin.status == 200


@pytest.mark.parametrize("in_period", [False, True])
async def test_pages_follow_each_other_without_gap_or_double(
    in_period: bool, database: Database
) -> None:
    """Many lines of one moment, from all sources."""
    rina = await database.account("rina")
    case = await database.file()
    now = database.clock.now
    async with database.sessions.begin() as session:
        for number in range(PAGE):
            at = now - timedelta(seconds=number // 7)
            audit_log.saw_case(session, rina, case, Look.CASE, at)
            note(session, SecurityKind.LOGIN, Origin(at), rina.id)
            settings_log.note(session, rina, at, "libur", "x", before=None, after=None)
    second = timedelta(seconds=1)
    wanted = Wanted(begin=now - 20 * second, end=now + second) if in_period else Wanted()
    seen, place = [], None
    async with database.sessions() as session:
        while True:
            found = await audit_search.search(session, wanted, after=place, limit=13)
            seen += [(line.at, line.source, line.id) for line in found.lines]
            if not found.more:
                break
            place = found.lines[-1].place
    assert len(seen) == len(set(seen)) == 3 * PAGE + 1
    assert [at for at, _, _ in seen] == sorted((at for at, _, _ in seen), reverse=True)
