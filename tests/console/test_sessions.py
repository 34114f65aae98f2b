"""One's own sessions, and being asked again before what is dangerous."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.casework import security_log
from actions.casework.security_log import Wanted
from actions.casework.staff import Role
from actions.casework.staff_sessions import FRESH
from bot.console.auth import Route
from bot.console.routes import ROUTES
from tests.console.conftest import LogIn, NewOfficer
from tests.support.authenticator import code
from tests.support.clock import Clock
from tests.support.database import PASSWORD, Database

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"
    " Mobile Safari/537.36"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"
)
DANGEROUS = {
    "akun",
    "akun_satu",
    "akun_sandi",
    "akun_peran",
    "akun_verifikasi",
    "akun_telegram",
    "akun_tutup",
    "saya_telegram",
    "akun_buka",
    "verifikasi",
    "verifikasi_siapkan",
    "verifikasi_simpan",
    "verifikasi_cadangan",
    "verifikasi_hapus",
}


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        (FIREFOX, "Firefox, Linux"),
        (PHONE, "Chrome, Android"),
        (EDGE, "Edge, Windows"),
        ("curl/8.5", "Peramban tidak dikenal"),
        ("<script>Firefox/1</script>" * 99, "Firefox"),
    ],
)
async def test_a_session_shows_its_browser_address_and_times(
    agent: str, shown: str, database: Database, new_officer: NewOfficer, clock: Clock
) -> None:
    await database.account("rina")
    rina = new_officer()
    rina.client.session.headers.update({"User-Agent": agent, "X-Forwarded-For": "203.0.113.7"})
    await rina.log_in("rina")
    clock.move(timedelta(minutes=20))
    await rina.open("/meja")
    await rina.open("/profil")
    assert (
        f"{shown} Alamat IP: 203.0.113.7 Sejak: 27 November, 09.00"
        " Terakhir dipakai: 27 November, 09.20 sesi ini"
    ) in rina.words
    assert "Akhiri semua sesi lain" not in rina.buttons


async def test_one_session_is_ended_from_another(database: Database, log_in: LogIn) -> None:
    await database.account("rina")
    here, gone, other = [await log_in("rina") for _ in range(3)]
    await gone.press("Keluar")
    await here.open("/profil")
    (ending,) = [form for form in here.forms if "sesi" in form.values]
    assert ending.buttons[0].startswith("Akhiri: Peramban tidak dikenal, 27 November")
    await here.press(ending.buttons[0])
    assert "Sesi itu sudah diakhiri" in here.words
    await other.open("/meja")
    assert other.address == "/masuk"
    await here.open("/meja")
    assert here.address == "/meja"
    async with database.sessions() as session:
        lines = await security_log.lines(session, Wanted(), page=1)
    assert lines[0].kind == "sesi_diakhiri"


async def test_all_others_are_ended_at_once(database: Database, log_in: LogIn) -> None:
    await database.account("rina")
    here, one, two = [await log_in("rina") for _ in range(3)]
    await here.open("/profil")
    await here.press("Akhiri semua sesi lain")
    for other in (one, two):
        await other.open("/meja")
        assert other.address == "/masuk"
    await here.open("/profil")
    assert here.words.count("sesi ini") == 1


async def test_nobody_ends_or_sees_the_sessions_of_others(
    database: Database, log_in: LogIn
) -> None:
    rina = await log_in("rina")
    budi, budi_too = await log_in("budi"), await log_in("budi")
    await budi.open("/profil")
    key = next(form.values["sesi"] for form in budi.forms if "sesi" in form.values)
    await rina.open("/profil")
    assert key not in rina.html
    csrf = rina.form("Keluar").values["csrf"]
    for sent in (key, "", "x" * 500, "'"):
        await rina.post("/profil/sesi", {"csrf": csrf, "sesi": sent})
        assert rina.status == 200
    for officer in (budi, budi_too):
        await officer.open("/meja")
        assert officer.address == "/meja"
    async with database.sessions() as session:
        assert await security_log.lines(session, Wanted(), page=1) == []


def test_what_is_dangerous_wants_a_fresh_proof() -> None:
    assert {route.name for route in ROUTES if route.fresh} == DANGEROUS


def _address(route: Route, account: int) -> str:
    return route.path.replace(r"{id:\d{1,15}}", str(account))


@pytest.mark.parametrize("route", [route for route in ROUTES if route.fresh], ids=lambda r: r.name)
async def test_after_a_while_the_password_and_the_code_are_asked_for_again(
    route: Route, database: Database, log_in: LogIn, clock: Clock
) -> None:
    account = await database.account("rina")
    admin = await log_in("admin", Role.ADMIN)
    csrf = admin.form("Keluar").values["csrf"]
    clock.move(FRESH)
    sent = {"csrf": csrf, "sandi": "sandi pengganti 1", "peran": "admin"}
    data = sent if route.method == "POST" else None
    await admin._seen(
        await admin.client.request(route.method, _address(route, account.id), data=data)
    )
    assert (admin.status, admin.address) == (200, "/pastikan")
    assert ("belum tersimpan" in admin.words) is (route.method == "POST")
    async with database.sessions() as session:
        assert await security_log.lines(session, Wanted(), page=1) == []
    await admin.press("Lanjutkan", sandi=PASSWORD, kode=code(clock.now))
    page = f"/akun/{account.id}" if "{id" in route.path else "/" + route.path.split("/")[1]
    assert (admin.status, admin.address) == (200, page)


async def test_the_proof_needs_both_and_counts_for_a_while(log_in: LogIn, clock: Clock) -> None:
    admin = await log_in("admin", Role.ADMIN)
    clock.move(FRESH)
    await admin.open("/akun")
    await admin.press("Lanjutkan", sandi="bukan ini", kode=code(clock.now))
    assert (admin.status, "sekarang tidak cocok" in admin.words) == (422, True)
    await admin.press("Lanjutkan", sandi=PASSWORD, kode="000000")
    assert (admin.status, "salah atau sudah dipakai" in admin.words) == (422, True)
    await admin.press("Lanjutkan", sandi=PASSWORD, kode=code(clock.now))
    assert (admin.status, admin.address) == (200, "/akun")
    clock.move(FRESH - timedelta(seconds=1))
    await admin.open("/akun")
    assert admin.address == "/akun"
    clock.move(timedelta(seconds=1))
    await admin.open("/akun")
    assert admin.address == "/pastikan"


async def test_who_has_no_second_factor_is_asked_for_the_password_alone(
    log_in: LogIn, clock: Clock
) -> None:
    rina = await log_in("rina")
    clock.move(FRESH)
    await rina.open("/verifikasi")
    assert "kode" not in rina.form("Lanjutkan").names
    await rina.press("Lanjutkan", sandi=PASSWORD)
    assert rina.address == "/verifikasi"


async def test_a_thief_of_a_session_cannot_guess_the_proof(log_in: LogIn, clock: Clock) -> None:
    thief = await log_in("rina")
    clock.move(FRESH)
    await thief.open("/verifikasi")
    for _ in range(5):
        await thief.press("Lanjutkan", sandi="tebakan")
    await thief.press("Lanjutkan", sandi=PASSWORD)
    assert (thief.status, "Coba lagi dalam 5 detik" in thief.words) == (422, True)


async def test_a_set_up_that_took_long_goes_on_after_the_proof(
    database: Database, new_officer: NewOfficer, clock: Clock
) -> None:
    await database.account("ani", Role.SUPERVISOR, factor=False)
    ani = new_officer()
    await ani.log_in("ani")
    await ani.press("Siapkan sekarang")
    clock.move(FRESH)
    await ani.press("Pasang verifikasi", kode="123456")
    assert ani.address == "/pastikan"
    await ani.press("Lanjutkan", sandi=PASSWORD)
    assert (ani.address, "<svg" in ani.html) == ("/verifikasi", True)
