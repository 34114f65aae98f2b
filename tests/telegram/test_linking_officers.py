"""An officer's Telegram is linked by a code that its account was shown, once, for ten minutes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import String, select, type_coerce

from actions.casework import telegram_link
from actions.casework.security_log import Origin, SecurityKind
from actions.storage.tables import Message, SecurityEvent, Staff, TelegramCode
from tests.support.database import Database
from tests.support.running_bot import RunningBot, reference_of_tests

TEXTS = reference_of_tests().texts


async def code_of(bot: RunningBot, account: Staff) -> str:
    async with bot.sessions.begin() as session:
        return await telegram_link.new_code(session, account, bot.clock())


async def linked(bot: RunningBot, account: Staff) -> int | None:
    async with bot.sessions() as session:
        return (await session.get_one(Staff, account.id)).telegram_id


async def kinds(bot: RunningBot) -> list[str]:
    async with bot.sessions() as session:
        found = await session.scalars(select(SecurityEvent.kind).order_by(SecurityEvent.id))
        return list(found.all())


@pytest.mark.parametrize("how", ["/start {}", "/start@balai_bot {}", "{}", "  {} "])
async def test_the_code_links_by_the_link_and_typed(
    bot: RunningBot, stored: Database, how: str
) -> None:
    rina = await stored.account("rina")
    officer = bot.citizen(900)
    await officer.writes(how.format((await code_of(bot, rina)).upper()))

    assert officer.says == TEXTS.plain("akun.terhubung", pengguna="rina")
    assert await linked(bot, rina) == 900
    assert await kinds(bot) == [SecurityKind.TELEGRAM_LINKED]


async def test_the_code_is_kept_as_a_hash_and_in_no_line(
    bot: RunningBot, stored: Database
) -> None:
    rina = await stored.account("rina")
    code = await code_of(bot, rina)
    async with bot.sessions() as session:
        hashed = (await session.scalars(select(type_coerce(TelegramCode.code, String)))).one()
        assert code not in hashed
    await bot.citizen(900).writes(code)
    async with bot.sessions() as session:
        assert (await session.scalars(select(Message))).all() == []
        assert (await session.scalars(select(TelegramCode))).all() == []


async def test_a_code_works_once_and_the_newest_alone(bot: RunningBot, stored: Database) -> None:
    rina = await stored.account("rina")
    old, new = await code_of(bot, rina), await code_of(bot, rina)
    thief, officer = bot.citizen(901), bot.citizen(900)
    await thief.writes(old)
    assert thief.says == TEXTS.plain("akun.kode_salah")
    await officer.writes(new)
    await thief.writes(new)

    assert thief.says == TEXTS.plain("akun.kode_salah")
    assert await linked(bot, rina) == 900


async def test_a_code_is_over_after_ten_minutes_and_for_a_closed_account(
    bot: RunningBot, stored: Database
) -> None:
    rina, budi = await stored.account("rina"), await stored.account("budi", active=False)
    officer = bot.citizen(900)
    code = await code_of(bot, rina)
    bot.clock.move(timedelta(minutes=10))
    await officer.writes(code)
    assert officer.says == TEXTS.plain("akun.kode_salah")
    await officer.writes(await code_of(bot, budi))

    assert (await linked(bot, rina), await linked(bot, budi)) == (None, None)


async def test_who_guesses_is_stopped(bot: RunningBot, stored: Database) -> None:
    rina, limit = await stored.account("rina"), reference_of_tests().limits.guesses
    thief, code = bot.citizen(901), await code_of(bot, rina)
    for number in range(limit):
        await thief.writes(f"ptg-tebak{number:05}")
    await thief.writes(code)

    assert f"Sudah {limit} kali" in thief.says
    assert await linked(bot, rina) is None


async def test_one_telegram_is_one_account(bot: RunningBot, stored: Database) -> None:
    rina, budi = await stored.account("rina", telegram_id=900), await stored.account("budi")
    await bot.citizen(900).writes(await code_of(bot, budi))

    assert (await linked(bot, rina), await linked(bot, budi)) == (None, 900)
    assert await kinds(bot) == [SecurityKind.TELEGRAM_UNLINKED, SecurityKind.TELEGRAM_LINKED]


async def test_who_is_unlinked_is_told_where_the_link_led(
    bot: RunningBot, stored: Database
) -> None:
    rina, officer = await stored.account("rina"), bot.citizen(900)
    await officer.writes(await code_of(bot, rina))
    async with bot.sessions.begin() as session:
        row = await session.get_one(Staff, rina.id)
        origin = Origin(bot.clock())
        await telegram_link.unlink(session, reference_of_tests(), row, origin)
    bot.balai.wake()
    await bot.settle()

    assert officer.chat.messages[-1].text == TEXTS.plain("akun.diputus", pengguna="rina")
    assert await linked(bot, rina) is None
