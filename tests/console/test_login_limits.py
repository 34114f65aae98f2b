"""Guessing at the login page slows whoever guesses, and keeps nobody else out."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from tests.console.conftest import NewOfficer
from tests.console.officer import Officer
from tests.support.clock import Clock
from tests.support.database import Database

FREE = 5
"""Wrong passwords before the first pause."""


def at(officer: Officer, address: str) -> Officer:
    """The same browser, behind a proxy of ours that says where it is."""
    officer.client.session.headers["X-Forwarded-For"] = address
    return officer


async def guess(officer: Officer, username: str, times: int = FREE) -> None:
    for _ in range(times):
        await officer.log_in(username, "bukan yang ini")


async def test_after_some_wrong_passwords_the_next_try_has_to_wait(
    database: Database, new_officer: NewOfficer, clock: Clock
) -> None:
    await database.account("rina")
    somebody = new_officer()
    await guess(somebody, "rina")
    assert somebody.status == 403
    await somebody.log_in("rina")
    assert (somebody.status, "Coba lagi dalam 5 detik" in somebody.words) == (429, True)
    clock.move(timedelta(seconds=5))
    await somebody.log_in("rina")
    assert somebody.address == "/meja"


async def test_a_name_that_nobody_has_is_slowed_alike(
    database: Database, new_officer: NewOfficer
) -> None:
    await database.account("rina")
    pages = set()
    for number, username in enumerate(("rina", "siapa")):
        somebody = at(new_officer(), f"203.0.113.{number}")
        await guess(somebody, username, FREE + 1)
        assert somebody.status == 429
        pages.add(somebody.words)
    assert len(pages) == 1


async def test_strangers_cannot_keep_an_officer_out(
    database: Database, new_officer: NewOfficer
) -> None:
    await database.account("rina")
    for number in range(3):
        await guess(at(new_officer(), f"203.0.113.{number}"), "rina", FREE + 1)
    rina = at(new_officer(), "198.51.100.9")
    await rina.log_in("rina")
    assert rina.address == "/meja"


async def test_a_browser_that_was_here_before_is_slowed_by_nobody_at_its_address(
    database: Database, new_officer: NewOfficer
) -> None:
    await database.account("rina")
    known, colleague, new = new_officer(), new_officer(), new_officer()
    await known.log_in("rina")
    await known.press("Keluar")
    await guess(colleague, "rina")
    await new.log_in("rina")
    assert new.status == 429
    await known.log_in("rina")
    assert known.address == "/meja"


async def test_a_known_browser_that_guesses_is_slowed_itself(
    database: Database, new_officer: NewOfficer
) -> None:
    await database.account("rina")
    known = new_officer()
    await known.log_in("rina")
    await known.press("Keluar")
    await guess(known, "rina", FREE)
    await known.log_in("rina")
    assert known.status == 429


async def test_a_browser_known_to_one_account_is_a_stranger_to_another(
    database: Database, new_officer: NewOfficer
) -> None:
    rina, budi = await database.account("rina"), await database.account("budi")
    shared = new_officer()
    await shared.log_in("rina")
    jar = shared.client.session.cookie_jar
    stolen = {c.key: c.value for c in jar}[f"balai_kenal_{rina.id}"]
    jar.update_cookies({f"balai_kenal_{budi.id}": stolen})
    await shared.press("Keluar")
    await guess(new_officer(), "budi")
    await shared.log_in("budi")
    assert shared.status == 429


async def test_forty_logins_at_once_keep_no_officer_out(
    database: Database, new_officer: NewOfficer
) -> None:
    await database.account("rina")
    known, elsewhere = new_officer(), at(new_officer(), "198.51.100.9")
    await known.log_in("rina")
    await known.press("Keluar")
    flood = new_officer()
    await flood.open("/masuk")
    form = {**flood.form("Masuk").values, "nama": "siapa", "sandi": "tebakan"}
    flooding = [asyncio.create_task(flood.client.post("/masuk", data=form)) for _ in range(40)]
    await asyncio.gather(known.log_in("rina"), elsewhere.log_in("rina"))
    assert known.address == elsewhere.address == "/meja"
    answers = [answer.status for answer in await asyncio.gather(*flooding)]
    assert set(answers) <= {403, 429, 503}


async def test_the_log_tells_when_somebody_was_slowed(
    database: Database, new_officer: NewOfficer
) -> None:
    await database.account("rina")
    await guess(new_officer(), "rina", FREE)
    admin = new_officer()
    await database.account("admin", "admin")
    await at(admin, "198.51.100.9").log_in("admin")
    await admin.open("/keamanan?jenis=diperlambat")
    assert "Terlalu sering salah, percobaan ditunda Akun: rina" in admin.words
