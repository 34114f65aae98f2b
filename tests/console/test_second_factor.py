"""Logging in with a second factor, setting it up, and losing it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from actions.casework import security_log
from actions.casework.security_log import Wanted
from actions.casework.staff import Role
from actions.casework.staff_sessions import HALF_LENGTH
from tests.console.conftest import LogIn, NewOfficer
from tests.console.officer import Officer
from tests.support.authenticator import code
from tests.support.clock import Clock
from tests.support.database import PASSWORD, Database

HALF_MINUTE = timedelta(seconds=30)


async def half_in(officer: Officer, username: str) -> None:
    """With the right password, in front of the page that wants the code."""
    await officer.open("/masuk")
    await officer.press("Masuk", nama=username, sandi=PASSWORD)
    assert (officer.status, officer.address) == (200, "/masuk/kode")


def codes_on(officer: Officer) -> list[str]:
    """The recovery codes that the page shows."""
    return re.findall(r"<li><code>([a-z0-9-]+)</code></li>", officer.html)


async def told(database: Database) -> list[str]:
    async with database.sessions() as session:
        lines = await security_log.lines(session, Wanted(), page=1)
    return [line.kind for line in reversed(lines)]


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMIN])
async def test_whoever_needs_one_sets_it_up_before_anything_else(
    role: Role, database: Database, new_officer: NewOfficer
) -> None:
    await database.account("ani", role, factor=False)
    ani = new_officer()
    await ani.open("/panduan")
    await ani.press("Masuk", nama="ani", sandi=PASSWORD)
    for path in ("/meja", "/percakapan", "/akun", "/sandi", "/masuk", "/masuk/kode"):
        await ani.open(path)
        assert ani.address == "/verifikasi" or ani.status == 403, path
        assert "Meja" not in ani.links
    await ani.open("/panduan")
    assert "wajib dipasang lebih dulu" in ani.words
    await ani.set_up_second_factor()
    assert len(codes_on(ani)) == 10
    await ani.open(ani.links["Sudah saya simpan, lanjut"])
    assert (ani.status, ani.address) == (200, "/panduan")


async def test_an_officer_may_do_without(log_in: LogIn) -> None:
    rina = await log_in("rina")
    await rina.open("/verifikasi")
    assert "Siapkan sekarang" in rina.buttons
    assert "wajib" not in rina.words


async def test_a_login_then_takes_password_and_code(
    database: Database, new_officer: NewOfficer, log_in: LogIn, clock: Clock
) -> None:
    rina = await log_in("rina")
    await rina.open("/verifikasi")
    key = await rina.set_up_second_factor()
    clock.move(HALF_MINUTE)
    again = new_officer()
    await again.open("/percakapan")
    await again.press("Masuk", nama="rina", sandi=PASSWORD)
    assert again.address == "/masuk/kode"
    await again.press("Masuk", kode="000000")
    assert (again.status, "salah atau sudah dipakai" in again.words) == (403, True)
    await again.press("Masuk", kode=code(clock.now, key))
    assert (again.status, again.address) == (200, "/percakapan")
    assert await told(database) == [
        "verifikasi_dipasang",
        "menunggu_kode",
        "kode_salah",
        "masuk",
    ]


async def test_half_a_login_opens_nothing(database: Database, new_officer: NewOfficer) -> None:
    await database.account("admin", Role.ADMIN)
    thief = new_officer()
    await half_in(thief, "admin")
    csrf = thief.form("Keluar").values["csrf"]
    for path in ("/meja", "/akun", "/verifikasi", "/masuk", "/"):
        await thief.open(path)
        assert thief.address == "/masuk/kode", path
        assert "Akun" not in thief.links
    for path in ("/verifikasi/siapkan", "/verifikasi/hapus", "/sandi", "/akun"):
        await thief.post(path, {"csrf": csrf, "lama": PASSWORD})
        assert thief.address == "/masuk/kode", path
    await thief.press("Keluar")
    assert "Anda sudah keluar" in thief.words


async def test_half_a_login_ends_soon(
    database: Database, new_officer: NewOfficer, clock: Clock
) -> None:
    await database.account("admin", Role.ADMIN)
    late = new_officer()
    await half_in(late, "admin")
    clock.move(HALF_LENGTH)
    await late.press("Masuk", kode=code(clock.now))
    assert late.status == 401
    await late.open("/meja")
    assert late.address == "/masuk"


async def test_the_session_gets_a_new_token_with_the_code(
    database: Database, new_officer: NewOfficer, clock: Clock
) -> None:
    await database.account("admin", Role.ADMIN)
    admin = new_officer()
    await half_in(admin, "admin")
    jar = admin.client.session.cookie_jar
    before = {c.key: c.value for c in jar}["balai_sesi"]
    await admin.press("Masuk", kode=code(clock.now))
    assert {c.key: c.value for c in jar}["balai_sesi"] != before
    jar.clear()
    jar.update_cookies({"balai_sesi": before})
    await admin.open("/meja")
    assert admin.address == "/masuk"


async def test_a_code_that_was_seen_over_the_shoulder_is_void(
    database: Database, new_officer: NewOfficer, clock: Clock
) -> None:
    await database.account("admin", Role.ADMIN)
    admin, watcher = new_officer(), new_officer()
    await admin.log_in("admin")
    assert admin.address == "/meja"
    await half_in(watcher, "admin")
    await watcher.press("Masuk", kode=code(clock.now))
    assert watcher.status == 403


async def test_codes_cannot_be_guessed_from_many_addresses_and_the_owner_still_comes_in(
    database: Database, new_officer: NewOfficer, clock: Clock
) -> None:
    await database.account("admin", Role.ADMIN)
    known = new_officer()
    await known.log_in("admin")
    await known.press("Keluar")
    for number in range(10):
        thief = new_officer()
        thief.client.session.headers["X-Forwarded-For"] = f"203.0.113.{number}"
        await half_in(thief, "admin")
        await thief.press("Masuk", kode="000000")
    stranger = new_officer()
    stranger.client.session.headers["X-Forwarded-For"] = "198.51.100.9"
    await half_in(stranger, "admin")
    await stranger.press("Masuk", kode=code(clock.now + HALF_MINUTE))
    assert stranger.status == 429
    clock.move(HALF_MINUTE)
    await known.log_in("admin")
    assert known.address == "/meja"


async def test_a_recovery_code_stands_in_for_the_app_once(
    database: Database, new_officer: NewOfficer, log_in: LogIn
) -> None:
    rina = await log_in("rina")
    await rina.open("/verifikasi")
    await rina.set_up_second_factor()
    recovery = codes_on(rina)[0]
    lost, again = new_officer(), new_officer()
    await half_in(lost, "rina")
    await lost.press("Pakai kode cadangan", kode=recovery.upper())
    assert lost.address == "/meja"
    await half_in(again, "rina")
    await again.press("Pakai kode cadangan", kode=recovery)
    assert again.status == 403
    await lost.open("/verifikasi")
    assert "tersisa 9" in lost.words
    assert "cadangan_dipakai" in await told(database)


async def test_setting_up_shows_the_secret_to_this_session_and_ends_the_others(
    database: Database, log_in: LogIn
) -> None:
    await database.account("rina")
    here, elsewhere = await log_in("rina"), await log_in("rina")
    await here.open("/verifikasi")
    await here.press("Siapkan sekarang")
    assert "<svg" in here.html
    assert 'style="' not in here.html
    await elsewhere.open("/verifikasi")
    assert "Siapkan sekarang" in elsewhere.buttons, "the secret is not shown here"
    await here.press("Pasang verifikasi", kode="000000")
    assert (here.status, "<svg" in here.html) == (422, True)
    await here.open("/verifikasi")
    key = re.search(r'class="key">([A-Z2-7 ]+)<', here.html)
    assert key is not None
    await here.press("Pasang verifikasi", kode=code(database.clock.now, key[1]))
    assert len(codes_on(here)) == 10
    await here.open("/verifikasi")
    assert codes_on(here) == []
    assert "<svg" not in here.html
    await elsewhere.open("/meja")
    assert elsewhere.address == "/masuk"


async def test_it_is_replaced_without_a_moment_without_it(
    new_officer: NewOfficer, log_in: LogIn, clock: Clock
) -> None:
    admin = await log_in("admin", Role.ADMIN)
    await admin.open("/verifikasi")
    assert "Hapus verifikasi" not in admin.buttons
    await admin.press("Ganti ponsel atau aplikasi")
    other = new_officer()
    await other.log_in("admin")
    assert other.address == "/meja", "the old one still counts"
    key = re.search(r'class="key">([A-Z2-7 ]+)<', admin.html)
    assert key is not None
    await admin.press("Pasang verifikasi", kode=code(clock.now, key[1]))
    clock.move(HALF_MINUTE)
    await half_in(other, "admin")
    await other.press("Masuk", kode=code(clock.now))
    assert other.status == 403, "the old one counts no more"
    await other.press("Masuk", kode=code(clock.now, key[1]))
    assert other.address == "/meja"


async def test_who_must_have_one_cannot_remove_it_and_who_need_not_can(log_in: LogIn) -> None:
    admin, rina = await log_in("admin", Role.ADMIN), await log_in("rina")
    csrf = admin.form("Keluar").values["csrf"]
    await admin.post("/verifikasi/hapus", {"csrf": csrf})
    assert (admin.status, "tidak bisa dihapus" in admin.words) == (422, True)
    await rina.open("/verifikasi")
    await rina.set_up_second_factor()
    await rina.open("/verifikasi")
    await rina.press("Buat kode cadangan baru")
    assert len(codes_on(rina)) == 10
    await rina.open("/verifikasi")
    await rina.press("Hapus verifikasi")
    assert "sudah dihapus" in rina.words
    assert "Siapkan sekarang" in rina.buttons


async def test_an_admin_takes_the_lost_one_of_somebody_else(
    database: Database, log_in: LogIn, new_officer: NewOfficer
) -> None:
    lost = await database.account("ani", Role.SUPERVISOR)
    admin, ani = await log_in("admin", Role.ADMIN), await log_in("ani")
    await admin.open(f"/akun/{lost.id}")
    assert "aktif sejak" in admin.words
    await admin.press("Hapus verifikasi dua langkah")
    assert "sudah dihapus" in admin.words
    await ani.open("/meja")
    assert ani.address == "/masuk"
    again = new_officer()
    await again.log_in("ani")
    assert again.address == "/verifikasi"
    async with database.sessions() as session:
        line = (await security_log.lines(session, Wanted(account=lost.id), page=1))[-1]
    assert (line.kind, line.by) == ("verifikasi_dihapus", "admin")


async def test_an_admin_does_not_take_the_own_one(database: Database, log_in: LogIn) -> None:
    account = await database.account("admin", Role.ADMIN)
    admin = await log_in("admin")
    await admin.open(f"/akun/{account.id}")
    assert "Hapus verifikasi dua langkah" not in admin.buttons
    csrf = admin.form("Keluar").values["csrf"]
    await admin.post(f"/akun/{account.id}/verifikasi", {"csrf": csrf})
    assert (admin.status, "diganti di halaman Akun saya" in admin.words) == (422, True)


async def test_whoever_becomes_a_supervisor_sets_it_up_on_the_next_page(
    database: Database, log_in: LogIn
) -> None:
    account = await database.account("rina")
    admin, rina = await log_in("admin", Role.ADMIN), await log_in("rina")
    await admin.open(f"/akun/{account.id}")
    await admin.press("Simpan hak", peran="pengawas", unit="")
    await rina.open("/meja")
    assert rina.address == "/verifikasi"
