"""Opening a secret case without the right to it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.casework import telegram_alerts
from actions.casework.audit_log import Look
from actions.casework.staff import Role
from actions.storage.tables import AccessLog, Staff, StaffAlert
from tests.console.conftest import LogIn
from tests.support.clock import Clock
from tests.support.database import BRIBE, LAMP, Database

WHY = "Bupati minta keterangan, Bu Ida sedang sakit."


async def test_it_opens_with_a_reason_for_half_an_hour_in_that_session_alone(
    database: Database, log_in: LogIn, clock: Clock
) -> None:
    case = await database.file("pungli", BRIBE)
    head = await log_in("bu.kepala", Role.SUPERVISOR)
    elsewhere = await log_in("bu.kepala")
    await head.open(f"/permohonan/{case.id}")
    assert head.status == 404
    await head.open(head.links["Buka laporan rahasia dengan alasan"])
    await head.press("Buka laporan", kode=str(case.code).lower(), alasan=WHY)
    assert (head.status, head.address) == (200, f"/permohonan/{case.id}")
    assert "loket KTP" in head.words
    assert "terbuka untuk Anda sebentar" in head.words
    await elsewhere.open(f"/permohonan/{case.id}")
    assert elsewhere.status == 404
    clock.move(timedelta(minutes=29))
    await head.open(f"/permohonan/{case.id}")
    assert head.status == 200
    clock.move(timedelta(minutes=2))
    await head.open(f"/permohonan/{case.id}")
    assert head.status == 404


async def test_the_reason_is_in_the_trail_and_who_has_the_right_is_told(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file("pungli", BRIBE)
    budi = await database.account("budi", Role.SUPERVISOR, sees_secret=True)
    await database.account("bu.lain", Role.SUPERVISOR)
    await database.account("pak.dishub", Role.SUPERVISOR, "dishub", sees_secret=True)
    head = await log_in("bu.kepala", Role.SUPERVISOR)
    await head.open("/rahasia")
    await head.press("Buka laporan", kode=str(case.code), alasan=WHY)
    async with database.sessions() as session:
        broken = select(AccessLog).where(AccessLog.action == Look.BROKEN_INTO)
        line = (await session.scalars(broken)).one()
        told = (await session.scalars(select(StaffAlert))).all()
    assert (line.case_id, line.reason) == (case.id, WHY)
    assert [(one.staff_id, one.case_id) for one in told] == [(budi.id, case.id)]
    await head.open(f"/permohonan/{case.id}")
    assert f"Alasan membuka: {WHY}" in head.words
    watcher = await log_in("budi")
    assert "Pemberitahuan 1 baru" in watcher.words
    await watcher.open("/pemberitahuan")
    assert f"{case.code}: laporan rahasia ini dibuka tanpa hak" in watcher.words
    await watcher.press("Tandai semua sudah dibaca")
    assert "1 baru" not in watcher.words


@pytest.mark.parametrize(
    ("slug", "answers", "unit", "reason", "said"),
    [
        ("pungli", BRIBE, None, "cek", "Alasannya belum jelas"),
        ("pungli", BRIBE, "dishub", WHY, "Tidak ada laporan rahasia dengan kode itu"),
        ("lampu_jalan", LAMP, None, WHY, "Tidak ada laporan rahasia dengan kode itu"),
    ],
)
async def test_what_cannot_be_opened_so_is_said(
    slug: str,
    answers: dict[str, object],
    unit: str | None,
    reason: str,
    said: str,
    database: Database,
    log_in: LogIn,
) -> None:
    case = await database.file(slug, answers)
    head = await log_in("bu.kepala", Role.SUPERVISOR, unit)
    await head.open("/rahasia")
    await head.press("Buka laporan", kode=str(case.code), alasan=reason)
    assert (head.status, said in head.words) == (422, True)
    form = head.form("Buka laporan").values
    assert (form["kode"], form["alasan"]) == (case.code, reason)
    async with database.sessions() as session:
        assert (await session.scalars(select(StaffAlert))).all() == []


async def test_an_officer_does_not_break_in(log_in: LogIn) -> None:
    rina = await log_in("rina", unit="inspektorat")
    await rina.open("/rahasia")
    assert rina.status == 403


async def test_a_broken_glass_is_told_at_night_too(
    database: Database, log_in: LogIn, clock: Clock
) -> None:
    case = await database.file("pungli", BRIBE)
    budi = await database.account("budi", Role.SUPERVISOR, sees_secret=True)
    async with database.sessions.begin() as session:
        (await session.get_one(Staff, budi.id)).telegram_id = 4711
    clock.now = clock.now.replace(hour=17)
    head = await log_in("bu.kepala", Role.SUPERVISOR)
    await head.open("/rahasia")
    await head.press("Buka laporan", kode=str(case.code), alasan=WHY)
    async with database.sessions.begin() as session:
        await telegram_alerts.take(session, database.reference, clock.now)
    assert await database.told("tg:4711") == ["alarm.dibuka_paksa"]
