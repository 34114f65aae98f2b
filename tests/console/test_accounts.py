"""Accounts: made, closed, opened and given passwords by admins."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from actions.casework.staff import Role
from actions.storage.tables import Staff
from tests.console.conftest import LogIn, NewOfficer
from tests.support.database import PASSWORD, Database

NEW = {
    "pengguna": "rina.wati",
    "nama": "Bu Rina",
    "peran": "petugas",
    "unit": "dishub",
    "sandi": PASSWORD,
}


async def test_an_admin_makes_an_account_that_can_log_in(
    database: Database, log_in: LogIn, new_officer: NewOfficer
) -> None:
    await database.account("admin", Role.ADMIN)
    admin = await log_in("admin")
    await admin.open("/akun")
    await admin.press("Buat akun", **NEW | {"pengguna": " Rina.Wati "})
    assert "Akun sudah dibuat" in admin.words
    assert "rina.wati Bu Rina Petugas Dishub Aktif" in admin.words
    rina = new_officer()
    await rina.log_in("rina.wati")
    assert rina.address == "/meja"
    async with database.sessions() as session:
        made = (await session.scalars(select(Staff).where(Staff.username == "rina.wati"))).one()
    assert (made.telegram_id, made.unit, made.role) == (None, "dishub", "petugas")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("pengguna", "ri", "3 sampai 40 huruf"),
        ("pengguna", "rina wati", "3 sampai 40 huruf"),
        ("pengguna", "admin", "sudah dipakai"),
        ("nama", "  ", "Nama lengkap belum diisi"),
        ("peran", "raja", "Peran belum dipilih"),
        ("unit", "istana", "tidak dikenal"),
        ("sandi", "pendek", "terlalu pendek"),
        ("sandi", "p" * 129, "terlalu panjang"),
        ("sandi", "password1234", "mudah ditebak"),
        ("sandi", "rina.wati.2026", "mudah ditebak"),
    ],
)
async def test_a_mistake_is_explained_and_the_form_keeps_the_rest(
    field: str, value: str, said: str, database: Database, log_in: LogIn
) -> None:
    await database.account("admin", Role.ADMIN)
    admin = await log_in("admin")
    await admin.open("/akun")
    await admin.press("Buat akun", **NEW | {field: value})
    assert (admin.status, said in admin.words) == (422, True)
    kept = admin.form("Buat akun").values
    assert kept["nama"] == (NEW["nama"] if field != "nama" else "")
    assert kept["sandi"] == "", "a password is never sent back"


async def test_a_closed_account_is_out_at_once_and_can_come_back(
    database: Database, log_in: LogIn, new_officer: NewOfficer
) -> None:
    await database.account("admin", Role.ADMIN)
    await database.account("rina")
    admin, rina = await log_in("admin"), await log_in("rina")
    await admin.open("/akun")
    await admin.open(admin.links["rina"])
    await admin.press("Tutup akun")
    assert "Akun ditutup" in admin.words
    await rina.open("/meja")
    assert rina.address == "/masuk"
    await admin.open("/akun")
    await admin.open(admin.links["rina"])
    await admin.press("Buka lagi akun")
    again = new_officer()
    await again.log_in("rina")
    assert again.address == "/meja"


async def test_nobody_closes_the_own_account(database: Database, log_in: LogIn) -> None:
    account = await database.account("admin", Role.ADMIN)
    admin = await log_in("admin")
    await admin.open(f"/akun/{account.id}")
    assert "Tutup akun" not in admin.buttons
    csrf = admin.form("Keluar").values["csrf"]
    await admin.post(f"/akun/{account.id}/tutup", {"csrf": csrf})
    assert (admin.status, "Akun sendiri" in admin.words) == (422, True)
    await admin.open("/akun")
    assert admin.status == 200


async def test_a_new_password_replaces_the_old_one_and_ends_sessions(
    database: Database, log_in: LogIn, new_officer: NewOfficer
) -> None:
    await database.account("admin", Role.ADMIN)
    await database.account("rina")
    admin, rina = await log_in("admin"), await log_in("rina")
    await admin.open("/akun")
    await admin.open(admin.links["rina"])
    await admin.press("Simpan kata sandi", sandi="pendek")
    assert (admin.status, "terlalu pendek" in admin.words) == (422, True)
    await admin.press("Simpan kata sandi", sandi="sandi pengganti 1")
    assert "sudah diganti" in admin.words
    await rina.open("/meja")
    assert rina.address == "/masuk"
    again = new_officer()
    await again.log_in("rina", "sandi pengganti 1")
    assert again.address == "/meja"


async def test_an_admin_who_resets_the_own_password_logs_in_anew(
    database: Database, log_in: LogIn
) -> None:
    account = await database.account("admin", Role.ADMIN)
    admin = await log_in("admin")
    await admin.open(f"/akun/{account.id}")
    await admin.press("Simpan kata sandi", sandi="sandi pengganti 1")
    assert admin.address == "/masuk"
    assert "masuk dengan kata sandi yang baru" in admin.words


async def test_an_account_that_does_not_exist_is_not_found(log_in: LogIn) -> None:
    admin = await log_in("admin", Role.ADMIN)
    await admin.open("/akun/999")
    assert admin.status == 404


async def test_village_and_the_right_to_secret_cases_are_given_and_noted(
    database: Database, log_in: LogIn
) -> None:
    rina = await database.account("rina")
    admin = await log_in("admin", Role.ADMIN)
    await admin.open("/akun")
    assert "Laporan rahasia belum bisa dibuka siapa pun di:" in admin.words
    assert "Inspektorat" in admin.words
    await admin.open(f"/akun/{rina.id}")
    await admin.press("Simpan hak", unit="kelurahan", desa="Mekarsari", rahasia="ya")
    assert "Kantor desa/kelurahan, Mekarsari rahasia Aktif" in admin.words
    assert (await _rights(database, rina)) == ("petugas", "kelurahan", "Mekarsari", True)
    await admin.open(f"/akun/{rina.id}")
    form = admin.form("Simpan hak").values
    assert (form["desa"], form["rahasia"]) == ("Mekarsari", "ya")
    await admin.post(f"/akun/{rina.id}/peran", {**form, "rahasia": "", "unit": "inspektorat"})
    assert (await _rights(database, rina)) == ("petugas", "inspektorat", "Mekarsari", False)
    await admin.open("/keamanan")
    for said in ("Hak laporan rahasia diberikan", "Hak laporan rahasia dicabut"):
        assert said in admin.words


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        ({"desa": "Atlantis", "unit": "kelurahan"}, "Desa itu tidak dikenal"),
        ({"desa": "Mekarsari"}, "hanya bisa dipilih bersama unit"),
        ({"desa": "Mekarsari", "unit": "kelurahan", "peran": "admin"}, "hanya bisa dipilih"),
    ],
)
async def test_a_village_that_makes_no_sense_is_explained(
    filled: dict[str, str], said: str, database: Database, log_in: LogIn
) -> None:
    rina = await database.account("rina")
    admin = await log_in("admin", Role.ADMIN)
    await admin.open(f"/akun/{rina.id}")
    await admin.press("Simpan hak", **filled)
    assert (admin.status, said in admin.words) == (422, True)
    assert (await _rights(database, rina)) == ("petugas", None, None, False)


async def test_nobody_gives_themselves_the_right_to_secret_cases(
    database: Database, log_in: LogIn
) -> None:
    own = await database.account("admin", Role.ADMIN)
    admin = await log_in("admin")
    await admin.open("/akun")
    csrf = admin.form("Keluar").values["csrf"]
    sent = {"csrf": csrf, "peran": "admin", "unit": "", "desa": "", "rahasia": "ya"}
    await admin.post(f"/akun/{own.id}/peran", sent)
    assert admin.status == 422
    assert (await _rights(database, own))[3] is False


async def _rights(database: Database, account: Staff) -> tuple[str, str | None, str | None, bool]:
    async with database.sessions() as session:
        now = await session.get_one(Staff, account.id)
    return now.role, now.unit, now.village, now.sees_secret
