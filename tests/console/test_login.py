"""Getting in and out."""

from __future__ import annotations

import pytest

from actions.casework import staff
from actions.casework.security_log import Origin
from actions.casework.staff import Role
from actions.casework.staff_sessions import IDLE as SESSION_IDLE
from actions.casework.staff_sessions import LENGTH as SESSION_LENGTH
from tests.console.conftest import LogIn, NewOfficer
from tests.support.clock import Clock
from tests.support.database import PASSWORD, Database

REFUSED = "tidak cocok"
FREE = 5
"""Wrong passwords before the first pause."""


async def test_without_accounts_the_page_says_how_to_make_the_first(
    new_officer: NewOfficer,
) -> None:
    somebody = new_officer()
    await somebody.open("/masuk")
    assert "python -m bot staff add" in somebody.words


async def test_the_page_asked_for_is_shown_after_the_login(
    database: Database, new_officer: NewOfficer
) -> None:
    await database.account("rina")
    somebody = new_officer()
    await somebody.open("/percakapan")
    assert somebody.address == "/masuk"
    await somebody.press("Masuk", nama=" RINA ", sandi=PASSWORD)
    assert (somebody.status, somebody.address) == (200, "/percakapan")
    assert "staff add" not in somebody.words


@pytest.mark.parametrize(
    "onward", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/\t/evil"]
)
async def test_the_login_leads_to_no_other_site(
    database: Database, new_officer: NewOfficer, onward: str
) -> None:
    await database.account("rina")
    somebody = new_officer()
    await somebody.client.get("/masuk", params={"lanjut": onward})
    await somebody.open(f"/masuk?lanjut={onward}")
    await somebody.press("Masuk", nama="rina", sandi=PASSWORD)
    assert somebody.address == "/meja"


async def test_wrong_name_wrong_password_and_closed_read_the_same(
    database: Database, new_officer: NewOfficer
) -> None:
    await database.account("rina")
    closed = await database.account("budi")
    async with database.sessions.begin() as session:
        await staff.deactivate(session, await session.merge(closed), Origin(database.clock.now))
    somebody, pages = new_officer(), set()
    for username, password in [("siapa", PASSWORD), ("rina", "salah"), ("budi", PASSWORD)]:
        await somebody.log_in(username, password)
        assert somebody.status == 403
        pages.add(somebody.words)
    assert len(pages) == 1
    assert REFUSED in pages.pop()


async def test_who_logs_out_is_out_and_told_so(log_in: LogIn) -> None:
    rina = await log_in("rina")
    cookies = {c.key: c.value for c in rina.client.session.cookie_jar}
    await rina.press("Keluar")
    assert "Anda sudah keluar" in rina.words
    rina.client.session.cookie_jar.update_cookies(cookies)
    await rina.open("/meja")
    assert rina.address == "/masuk"


async def test_a_session_ends_when_nobody_uses_it(log_in: LogIn, clock: Clock) -> None:
    rina = await log_in("rina")
    clock.move(SESSION_IDLE)
    await rina.open("/meja")
    assert rina.address == "/masuk"


async def test_a_session_in_use_ends_after_a_working_day(log_in: LogIn, clock: Clock) -> None:
    rina = await log_in("rina")
    end = clock.now + SESSION_LENGTH
    while clock.now + SESSION_IDLE * 0.9 < end:
        clock.move(SESSION_IDLE * 0.9)
        await rina.open("/meja")
        assert rina.address == "/meja"
    clock.now = end
    await rina.open("/meja")
    assert rina.address == "/masuk"


async def test_watching_an_escalation_does_not_keep_a_session_alive(
    database: Database, log_in: LogIn, clock: Clock
) -> None:
    escalation = await database.escalation()
    rina = await log_in("rina")
    for _ in range(10):
        clock.move(SESSION_IDLE / 8)
        await rina.open(f"/percakapan/{escalation.id}/baris")
    assert rina.status == 401


async def test_what_was_typed_survives_the_end_of_the_session(
    database: Database, log_in: LogIn, clock: Clock
) -> None:
    case = await database.file()
    rina = await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    clock.move(SESSION_IDLE)
    await rina.press("Kirim pesan", isi="Selamat siang, <b>Bu</b> Siti")
    assert rina.status == 401
    assert "Selamat siang, &lt;b&gt;Bu&lt;/b&gt; Siti" in rina.html


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    database: Database, new_officer: NewOfficer
) -> None:
    await database.account("rina")
    somebody = new_officer()
    await somebody.open("/masuk")
    form = somebody.form("Masuk")
    values = {**form.values, "nama": "rina", "sandi": PASSWORD}
    answer = await somebody.client.post(form.action, data=values, allow_redirects=False)
    cookie = answer.cookies["balai_sesi"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


async def test_a_new_password_needs_the_old_one_and_ends_other_sessions(
    database: Database, log_in: LogIn, new_officer: NewOfficer
) -> None:
    await database.account("rina")
    here, elsewhere = await log_in("rina"), await log_in("rina")
    new = "kata sandi lain lagi"
    await here.open("/sandi")
    await here.press("Simpan kata sandi", lama="bukan ini", baru=new, ulang=new)
    assert (here.status, "yang sekarang tidak cocok" in here.words) == (422, True)
    await here.press("Simpan kata sandi", lama=PASSWORD, baru=new, ulang=new + "x")
    assert "tidak sama" in here.words
    await here.press("Simpan kata sandi", lama=PASSWORD, baru="pendek", ulang="pendek")
    assert "terlalu pendek" in here.words
    await here.press("Simpan kata sandi", lama=PASSWORD, baru=new, ulang=new)
    assert (here.address, "Kata sandi sudah diganti" in here.words) == ("/meja", True)
    await elsewhere.open("/meja")
    assert elsewhere.address == "/masuk"
    again = new_officer()
    await again.log_in("rina", new)
    assert again.address == "/meja"


async def test_a_stolen_session_cannot_guess_the_password(log_in: LogIn) -> None:
    thief = await log_in("rina", Role.ADMIN)
    new = "milik saya sekarang"
    await thief.open("/sandi")
    for guess in [f"tebakan {number}" for number in range(FREE)] + [PASSWORD]:
        await thief.press("Simpan kata sandi", lama=guess, baru=new, ulang=new)
        assert thief.status == 422
