"""Codes of an app, and what stands in for it."""

from __future__ import annotations

import asyncio
import base64
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from actions.casework import second_factor
from actions.casework.second_factor import (
    RECOVERY_CODES,
    Shown,
    accept,
    address_for_app,
    new_secret,
    set_up,
    step_of,
)
from actions.casework.security_log import Origin
from actions.storage.login_tables import RecoveryCode
from actions.storage.tables import Staff
from tests.support.authenticator import code
from tests.support.database import Database

HALF_MINUTE = timedelta(seconds=30)
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.fixture
async def rina(database: Database) -> Staff:
    return await database.account("rina")


async def equip(database: Database, staff: Staff) -> tuple[str, list[str]]:
    """Set a second factor up; its secret and recovery codes."""
    secret = new_secret()
    async with database.sessions.begin() as session:
        now = database.clock.now
        codes = await set_up(session, staff, secret, code(now, secret), Origin(now))
    assert codes is not None
    return secret, codes


async def shows(database: Database, staff: Staff, typed: str) -> Shown | None:
    async with database.sessions.begin() as session:
        return await accept(session, staff.id, typed, database.clock.now)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1234567890, "005924"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_standard(seconds: int, expected: str) -> None:
    """The last six digits of the examples of RFC 6238."""
    at = datetime.fromtimestamp(seconds, UTC)
    assert step_of(RFC_SECRET, expected, at) == seconds // 30


def test_an_app_reads_who_it_is_for() -> None:
    secret = new_secret()
    address = address_for_app(secret, account="rina", issuer="Balai Kabupaten Sukamaju")
    assert address.startswith("otpauth://totp/Balai%20Kabupaten%20Sukamaju:rina?")
    assert f"secret={secret}" in address
    assert "issuer=Balai%20Kabupaten%20Sukamaju" in address
    assert len({new_secret() for _ in range(20)}) == 20


async def test_a_code_counts_once(database: Database, rina: Staff) -> None:
    secret, _ = await equip(database, rina)
    assert await shows(database, rina, code(database.clock.now, secret)) is None, "set up with it"
    database.clock.move(HALF_MINUTE)
    fresh = code(database.clock.now, secret)
    assert await shows(database, rina, f" {fresh[:3]} {fresh[3:]} ") is Shown.CODE
    assert await shows(database, rina, fresh) is None


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (1, True), (2, False)])
async def test_a_clock_may_be_half_a_minute_off(
    steps: int, taken: bool, database: Database, rina: Staff
) -> None:
    secret, _ = await equip(database, rina)
    database.clock.move(timedelta(minutes=5))
    typed = code(database.clock.now + steps * HALF_MINUTE, secret)
    assert (await shows(database, rina, typed) is Shown.CODE) is taken


async def test_an_older_code_is_void_once_a_newer_one_was_used(
    database: Database, rina: Staff
) -> None:
    secret, _ = await equip(database, rina)
    database.clock.move(timedelta(minutes=5))
    older, newer = (code(database.clock.now + n * HALF_MINUTE, secret) for n in (-1, 0))
    assert await shows(database, rina, newer) is Shown.CODE
    assert await shows(database, rina, older) is None


async def test_a_clock_that_was_a_day_ahead_keeps_nobody_out(
    database: Database, rina: Staff
) -> None:
    secret, _ = await equip(database, rina)
    database.clock.move(timedelta(days=1))
    assert await shows(database, rina, code(database.clock.now, secret)) is Shown.CODE
    database.clock.move(-timedelta(days=1))
    fresh = code(database.clock.now, secret)
    assert await shows(database, rina, fresh) is Shown.CODE
    assert await shows(database, rina, fresh) is None


@pytest.mark.parametrize("typed", ["", "000000", "1234567", "abc", "۱۲۳۴۵۶", "-", "0" * 500])
async def test_what_is_no_code_is_refused(typed: str, database: Database, rina: Staff) -> None:
    await equip(database, rina)
    database.clock.move(timedelta(minutes=5))
    assert await shows(database, rina, typed) is None


async def test_a_recovery_code_counts_once_however_it_is_typed(
    database: Database, rina: Staff
) -> None:
    _, codes = await equip(database, rina)
    assert len(set(codes)) == RECOVERY_CODES
    assert await shows(database, rina, codes[0].upper().replace("-", " ")) is Shown.RECOVERY
    assert await shows(database, rina, codes[0]) is None
    async with database.sessions() as session:
        assert await second_factor.codes_left(session, rina) == RECOVERY_CODES - 1


async def test_codes_are_good_for_their_own_account_only(database: Database, rina: Staff) -> None:
    _, codes = await equip(database, rina)
    budi = await database.account("budi")
    assert await shows(database, budi, codes[0]) is None, "an account without a second factor"
    await equip(database, budi)
    assert await shows(database, budi, codes[0]) is None


async def test_new_codes_and_a_new_app_void_the_old(database: Database, rina: Staff) -> None:
    secret, codes = await equip(database, rina)
    async with database.sessions.begin() as session:
        fresh = await second_factor.new_codes(session, rina, Origin(database.clock.now))
    assert await shows(database, rina, codes[0]) is None
    database.clock.move(timedelta(minutes=5))
    await equip(database, rina)
    database.clock.move(HALF_MINUTE)
    assert await shows(database, rina, fresh[0]) is None
    assert await shows(database, rina, code(database.clock.now, secret)) is None


async def test_it_is_not_taken_with_a_wrong_code(database: Database, rina: Staff) -> None:
    async with database.sessions.begin() as session:
        origin = Origin(database.clock.now)
        assert await set_up(session, rina, new_secret(), "000000", origin) is None
        assert await second_factor.since(session, rina.id) is None


async def test_nothing_of_it_can_be_read_in_the_database(database: Database, rina: Staff) -> None:
    secret, codes = await equip(database, rina)
    async with database.sessions() as session:
        stored = await session.scalar(text("SELECT secret FROM second_factors"))
        hashes = (await session.scalars(select(RecoveryCode.code_hash))).all()
    assert secret not in str(stored)
    plain = {code.replace("-", "") for code in codes}
    assert not [h for h in hashes if any(p in h for p in plain)]


@pytest.mark.parametrize("stands_in", [False, True], ids=["app", "recovery"])
async def test_one_code_typed_twice_at_once_lets_in_one(
    stands_in: bool, database: Database, rina: Staff
) -> None:
    secret, codes = await equip(database, rina)
    database.clock.move(HALF_MINUTE)
    typed = codes[0] if stands_in else code(database.clock.now, secret)
    shown = await asyncio.gather(*(shows(database, rina, typed) for _ in range(5)))
    assert len([one for one in shown if one is not None]) == 1
