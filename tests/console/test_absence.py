"""Who is away says so, or an admin does; hand-over shows it; alerts that were lost are seen."""

from __future__ import annotations

from actions.casework.staff import Role
from actions.casework.staff_alerts import alert_staff
from actions.storage.tables import Outbox, Staff, StaffAlert
from tests.console.conftest import LogIn
from tests.support.database import Database

WEEK = {"dari": "2026-11-27", "sampai": "2026-12-03"}


async def test_one_says_when_one_is_away_and_colleagues_see_it(
    database: Database, log_in: LogIn
) -> None:
    tuti = await database.account("tuti", unit="disdukcapil")
    case = await database.file()
    rina = await log_in("rina", unit="disdukcapil")
    await rina.open("/profil")
    await rina.press("Simpan tanggal", dari="2026-12-03", sampai="2026-11-27")
    assert rina.status == 422
    assert "Tanggalnya tidak berurutan" in rina.words
    await rina.press("Simpan tanggal", **WEEK, pengganti=str(tuti.id))
    assert "Rencana tidak masuk sudah disimpan." in rina.words
    head = await log_in("head", Role.SUPERVISOR, "disdukcapil")
    for page in ("/meja?baki=baru", "/unit", f"/permohonan/{case.id}"):
        await head.open(page)
        assert "Rina (tidak masuk sampai Kamis, 3 Desember)" in head.html, page
    await rina.open("/profil")
    await rina.press("Hapus rencana ini")
    await head.open("/unit")
    assert "tidak masuk sampai" not in head.html


async def test_an_admin_says_it_for_somebody(database: Database, log_in: LogIn) -> None:
    rina = await database.account("rina", unit="disdukcapil")
    admin = await log_in("admin", Role.ADMIN)
    await admin.open(f"/akun/{rina.id}")
    await admin.press("Simpan tanggal", **WEEK)
    assert "Rencana tidak masuk sudah disimpan." in admin.words
    async with database.sessions() as session:
        assert (await session.get_one(Staff, rina.id)).away_until is not None
    await admin.open("/keamanan")
    assert "Rencana tidak masuk diubah" in admin.words


async def test_a_lost_alert_is_on_every_page_of_its_officer_and_of_the_head(
    database: Database, log_in: LogIn
) -> None:
    rina = await database.account("rina", unit="disdukcapil", telegram_id=900)
    case = await database.file()
    now = database.clock.now
    async with database.sessions.begin() as session:
        letter = Outbox(
            chat="tg:900", payload={}, created_at=now, due_at=now, done_at=now, failure="blocked"
        )
        session.add(letter)
        await session.flush()
        alert_staff(session, rina, "tenggat_100", case, now)
        await session.flush()
        (await session.get_one(StaffAlert, 1)).outbox_id = letter.id
    for name, role, whose in (("rina", Role.OFFICER, "Anda:"), ("head", Role.SUPERVISOR, "Rina:")):
        officer = await log_in(name, role, "disdukcapil")
        await officer.open("/meja")
        assert "1 pemberitahuan tidak sampai ke Telegram petugas." in officer.words
        await officer.open("/pemberitahuan")
        assert whose in officer.words
        assert str(case.code) in officer.words
