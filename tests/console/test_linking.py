"""The console shows a code that links one's Telegram, and takes the link again."""

from __future__ import annotations

import re

from sqlalchemy import select

from actions.casework import alert_choices, telegram_link
from actions.casework.chats import lock_chat
from actions.casework.staff import Role
from actions.domain.alerts import AlertEvent
from actions.storage.tables import Outbox, Staff
from tests.console.conftest import LogIn
from tests.support.database import Database


async def telegram_of(database: Database, account: Staff) -> int | None:
    async with database.sessions() as session:
        return (await session.get_one(Staff, account.id)).telegram_id


async def test_a_code_is_shown_once_and_links(database: Database, log_in: LogIn) -> None:
    account = await database.account("rina")
    rina = await log_in("rina")
    await rina.open("/profil")
    await rina.press("Buat kode")
    code = re.search(r"ptg-[a-z0-9]+", rina.html)
    assert code is not None
    assert "t.me" not in rina.html, "the bot's name is not known here"
    async with database.sessions.begin() as session:
        assert await telegram_link.link(session, code[0], 900, database.clock()) is not None
    await rina.open("/profil")
    assert code[0] not in rina.html
    assert "terhubung dengan Telegram Anda" in rina.words
    assert "Buat kode" not in rina.buttons

    await rina.press("Putuskan Telegram")
    assert "tidak lagi terhubung" in rina.words
    assert await telegram_of(database, account) is None
    async with database.sessions() as session:
        told = (await session.scalars(select(Outbox))).one()
        assert (told.chat, told.payload["key"]) == ("tg:900", "akun.diputus")


async def test_an_admin_takes_the_link_of_a_lost_phone(database: Database, log_in: LogIn) -> None:
    account = await database.account("rina", telegram_id=900)
    admin = await log_in("admin", Role.ADMIN)
    await admin.open(f"/akun/{account.id}")
    assert "Nomor" not in admin.words
    await admin.press("Putuskan Telegram")

    assert await telegram_of(database, account) is None
    await admin.open(f"/akun/{account.id}")
    assert "Putuskan Telegram" not in admin.buttons


async def test_what_one_hears_of_is_chosen(database: Database, log_in: LogIn) -> None:
    account = await database.account("rina", telegram_id=900)
    rina = await log_in("rina")
    await rina.open("/profil")
    usual = rina.form("Simpan pilihan").values
    assert usual["mendesak"] == "ya"
    csrf = usual["csrf"]
    await rina.post("/profil/kabar", {"csrf": csrf, "mendesak": "ya", "percakapan": "ya"})
    assert "Pilihan pemberitahuan sudah disimpan" in rina.words

    async with database.sessions() as session:
        wanted = await alert_choices.wanted(session, [account])
    assert wanted[account.id] == {AlertEvent.URGENT, AlertEvent.TALK}
    await rina.open("/profil")
    checked = set(re.findall(r'name="(\w+)" value="ya" checked', rina.html))
    assert checked == {"mendesak", "percakapan"}


async def test_who_blocked_the_bot_is_told_so(database: Database, log_in: LogIn) -> None:
    await database.account("rina", telegram_id=900)
    async with database.sessions.begin() as session:
        (await lock_chat(session, "tg:900", database.clock())).blocked = True
    rina = await log_in("rina")
    await rina.open("/profil")
    assert "Anda memblokir bot" in rina.words
