"""What happened with accounts, as the administrator reads it."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from actions.casework import security_log, staff
from actions.casework.chats import NOBODY
from actions.casework.security_log import PAGE, Origin, SecurityKind, Wanted, note
from actions.casework.staff import Role
from actions.storage.login_tables import SecurityEvent
from tests.console.conftest import LogIn, NewOfficer
from tests.support.database import PASSWORD, Database


async def told(database: Database, account: str | None = None) -> list[str]:
    """What the log says, oldest first."""
    async with database.sessions() as session:
        lines = await security_log.lines(session, Wanted(), page=1)
    return [line.kind for line in reversed(lines) if account in {None, line.account}]


async def test_logins_failures_and_logouts_stand_in_it_with_their_address(
    database: Database, new_officer: NewOfficer
) -> None:
    await database.account("rina")
    somebody = new_officer()
    somebody.client.session.headers["X-Forwarded-For"] = "203.0.113.7"
    await somebody.log_in("siapa", "salah lagi")
    await somebody.log_in("rina", "salah lagi")
    await somebody.log_in("rina")
    await somebody.press("Keluar")
    async with database.sessions() as session:
        lines = await security_log.lines(session, Wanted(), page=1)
    assert [(line.kind, line.account, line.by, line.address) for line in reversed(lines)] == [
        ("sandi_salah", None, None, "203.0.113.7"),
        ("sandi_salah", "rina", None, "203.0.113.7"),
        ("masuk", "rina", None, "203.0.113.7"),
        ("keluar", "rina", None, "203.0.113.7"),
    ]


async def test_what_an_admin_does_to_an_account_names_both(
    database: Database, log_in: LogIn
) -> None:
    account = await database.account("rina")
    admin = await log_in("admin", Role.ADMIN)
    for button, filled in [
        ("Simpan hak", {"peran": "pengawas", "unit": ""}),
        ("Simpan kata sandi", {"sandi": "sandi pengganti 1"}),
        ("Tutup akun", {}),
        ("Buka lagi akun", {}),
    ]:
        await admin.open(f"/akun/{account.id}")
        await admin.press(button, **filled)
    assert await told(database, "rina") == [
        "peran_diubah",
        "sandi_diganti",
        "akun_ditutup",
        "akun_dibuka",
    ]
    await admin.open("/keamanan")
    assert (
        "Peran, unit, atau desa diubah Akun: rina Oleh: admin Alamat IP: 127.0.0.1" in admin.words
    )


async def test_a_changed_role_counts_at_once_and_never_the_own(
    database: Database, log_in: LogIn
) -> None:
    account = await database.account("budi", Role.ADMIN)
    admin, budi = await log_in("admin", Role.ADMIN), await log_in("budi")
    await admin.open(f"/akun/{account.id}")
    await admin.press("Simpan hak", peran="petugas", unit="dishub")
    assert "Hak akun sudah diubah" in admin.words
    await budi.open("/akun")
    assert budi.status == 403
    await admin.open(f"/akun/{account.id}")
    csrf = admin.form("Keluar").values["csrf"]
    for peran, unit, said in (("raja", "", "Peran belum"), ("petugas", "istana", "tidak dikenal")):
        await admin.post(f"/akun/{account.id}/peran", {"csrf": csrf, "peran": peran, "unit": unit})
        assert (admin.status, said in admin.words) == (422, True)
    async with database.sessions() as session:
        own = await staff.by_username(session, "admin")
    assert own is not None
    await admin.post(f"/akun/{own.id}/peran", {"csrf": csrf, "peran": "petugas", "unit": ""})
    assert (admin.status, "akun sendiri" in admin.words) == (422, True)


async def test_whoever_is_refused_while_logged_in_is_noted(
    database: Database, log_in: LogIn
) -> None:
    rina = await log_in("rina")
    csrf = rina.form("Keluar").values["csrf"]
    await rina.open("/keamanan")
    assert rina.status == 403
    await rina.post("/cari", {"csrf": "tebakan"})
    await rina.post("/cari", {"csrf": csrf}, Sec_Fetch_Site="cross-site")
    assert await told(database, "rina") == ["ditolak"] * 3


async def test_the_page_is_narrowed_by_account_and_kind_and_says_when_it_is_empty(
    database: Database, log_in: LogIn
) -> None:
    account = await database.account("rina")
    admin = await log_in("admin", Role.ADMIN)
    await admin.open("/keamanan")
    assert "Belum ada kejadian." in admin.words
    async with database.sessions.begin() as session:
        note(session, SecurityKind.LOGIN, Origin(database.clock.now), account.id)
        note(session, SecurityKind.LOGOUT, Origin(database.clock.now), account.id)
        note(session, SecurityKind.WRONG_PASSWORD, Origin(database.clock.now))
    await admin.open("/keamanan")
    assert "Kata sandi salah Akun: akun yang tidak ada" in admin.words
    await admin.press("Tampilkan", akun=str(account.id), jenis="masuk")
    assert "Halaman 1 dari 1, 1 semuanya" in admin.words
    await admin.open("/keamanan?akun=9999999999999&jenis=apa&hal=abc")
    assert admin.status == 200


async def test_it_is_read_page_by_page(database: Database, log_in: LogIn) -> None:
    account = await database.account("rina")
    admin = await log_in("admin", Role.ADMIN)
    async with database.sessions.begin() as session:
        for minute in range(PAGE + 1):
            at = database.clock.now + timedelta(minutes=minute)
            note(session, SecurityKind.LOGIN, Origin(at), account.id)
    await admin.open(f"/keamanan?akun={account.id}")
    assert f"Halaman 1 dari 2, {PAGE + 1} semuanya" in admin.words
    assert "09.00 Masuk" not in admin.words
    await admin.open(admin.links["Berikutnya"])
    assert "09.00 Masuk" in admin.words


async def test_the_log_of_the_process_names_nobody_and_no_address(
    database: Database, new_officer: NewOfficer, caplog: pytest.LogCaptureFixture
) -> None:
    await database.account("rina")
    somebody = new_officer()
    somebody.client.session.headers["X-Forwarded-For"] = "203.0.113.7"
    with caplog.at_level(logging.INFO, "actions.casework.security_log"):
        await somebody.log_in("rina", "salah lagi")
        await somebody.log_in("rina")
    records = [r for r in caplog.records if r.message == "security event"]
    assert [record.__dict__["event"] for record in records] == ["sandi_salah", "masuk"]
    said = "".join(str(value) for record in records for value in record.__dict__.values())
    for secret in ("rina", "203.0.113.7", PASSWORD, "salah lagi"):
        assert secret not in said


async def test_addresses_are_sealed_and_old_lines_forgotten(database: Database) -> None:
    kept = timedelta(days=365)
    async with database.sessions.begin() as session:
        note(session, SecurityKind.LOGOUT, Origin(database.clock.now, "203.0.113.7"))
        note(session, SecurityKind.DENIED, Origin(database.clock.now - kept, "203.0.113.7"))
    async with database.sessions.begin() as session:
        stored = (await session.execute(text("SELECT address FROM security_events"))).scalars()
        assert all("203" not in address for address in stored)
        await security_log.prune(session, database.clock.now + timedelta(seconds=1), kept)
        left = (await session.scalars(select(SecurityEvent.kind))).all()
    assert left == ["keluar"]


async def test_the_register_says_how_long_each_class_is_kept(
    database: Database, log_in: LogIn
) -> None:
    await database.chat()
    await database.chat(NOBODY)
    admin = await log_in("admin", Role.ADMIN)
    await admin.open("/keamanan")
    await admin.open(admin.links["Data pribadi"])
    kept = database.reference.retention
    for days in kept.model_dump().values():
        assert f"{days} hari" in admin.words
    assert "tersimpan data dari 1 percakapan" in admin.words
