"""Whoever's account is changed hears of it on their Telegram, at any hour."""

from __future__ import annotations

import pytest

from actions.casework import second_factor, staff
from actions.casework.security_log import Origin
from actions.casework.staff import Rights, Role
from actions.storage.tables import Staff
from tests.support.database import Database, password_hash
from tests.support.running_bot import RunningBot
from tests.telegram.officers import hear, heard, officer


async def change(bot: RunningBot, row: Staff, what: str) -> None:
    """An admin changes something of an account."""
    origin = Origin(bot.clock())
    async with bot.sessions.begin() as session:
        account = await session.get_one(Staff, row.id)
        match what:
            case "password":
                await staff.set_password(session, account, password_hash(), origin)
            case "factor":
                await second_factor.remove(session, account, origin)
            case "role":
                staff.set_rights(session, account, Rights(Role.SUPERVISOR), origin)
            case "closed":
                await staff.deactivate(session, account, origin)


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("password", "Kata sandi diganti"),
        ("factor", "Verifikasi dua langkah dihapus"),
        ("role", "Peran"),
        ("closed", "Akun ditutup"),
    ],
)
async def test_the_owner_hears_what_was_changed(
    bot: RunningBot, stored: Database, what: str, told: str
) -> None:
    rina, row = await officer(bot, stored, factor=True)
    await change(bot, row, what)
    await hear(bot)

    assert told.lower() in heard(rina).lower()
    assert "Akun konsol rina" in heard(rina)
    assert "hubungi admin" in heard(rina)
    before = len(rina.chat.messages)
    await hear(bot)
    assert len(rina.chat.messages) == before


async def test_of_another_account_or_a_login_nobody_hears(
    bot: RunningBot, stored: Database
) -> None:
    rina, row = await officer(bot, stored)
    budi = await stored.account("budi")
    await change(bot, budi, "password")
    await stored.token("rina")
    await hear(bot)
    assert "Akun konsol" not in heard(rina)
    assert row.telegram_id == 900
