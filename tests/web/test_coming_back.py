"""The code to come back, the end on a shared computer, and what is erased."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from actions.casework import delivery, erasure, login_limits, web_chats
from actions.casework.delivery import Mark
from actions.storage.tables import Message, WebChat, WebLine, WebSession
from tests.support.web_bot import WebBot
from tests.support.web_citizen import WebCitizen
from tests.web.conftest import NewCitizen
from tests.web.test_talking import count, only_chat


async def make_code(citizen: WebCitizen) -> str:
    """The code as the page shows it, this once."""
    await citizen.open("/warga/kode")
    await citizen.taps("Buat kode")
    return citizen.html.partition('class="kode" role="status">')[2].partition("<")[0]


async def bring(citizen: WebCitizen, code: str, **more: str) -> None:
    await citizen.open("/warga/kembali")
    await citizen.fills("Buka obrolan", kode=code, **more)


async def test_the_code_opens_the_same_chat_on_another_phone(
    citizen: WebCitizen, new_citizen: NewCitizen, bot: WebBot
) -> None:
    await citizen.writes("halo dari sini")
    code = await make_code(citizen)
    assert len(code) == 14
    other = new_citizen()
    await bring(other, f" {code.lower().replace('-', ' ')} ")
    assert other.address == "/warga"
    assert other.lines[0].words == "Anda: halo dari sini"
    await other.writes("menu")
    await citizen.open()
    assert len(citizen.lines) == 4
    async with bot.sessions() as session:
        stored = (await session.scalars(select(WebChat.code))).one()
    assert stored is not None
    assert code.replace("-", "") not in stored.upper()
    await citizen.open("/warga/kode")
    assert code not in citizen.html


async def test_a_new_code_takes_the_place_of_the_old_one(
    citizen: WebCitizen, new_citizen: NewCitizen
) -> None:
    await citizen.writes("menu")
    old = await make_code(citizen)
    new = await make_code(citizen)
    other = new_citizen()
    await bring(other, old)
    assert other.status == 403
    assert "tidak kami kenal" in other.alert
    await bring(other, new)
    assert other.status == 200


async def test_wrong_codes_are_braked(citizen: WebCitizen, new_citizen: NewCitizen) -> None:
    await citizen.writes("menu")
    code = await make_code(citizen)
    guesser = new_citizen()
    for _ in range(10):
        await bring(guesser, "AAAA-AAAA-AAAA")
        assert guesser.status == 403
    await bring(guesser, code)
    assert guesser.status == 429
    assert "Coba lagi" in guesser.alert


async def test_a_code_of_another_shape_is_told_so(citizen: WebCitizen) -> None:
    await bring(citizen, "SMJ-7F3-KQ9")
    assert citizen.alert == "Kode terdiri dari 12 huruf dan angka. Periksa lagi tulisannya."


async def leave(citizen: WebCitizen) -> None:
    await citizen.open("/warga/selesai")
    await citizen.taps("Keluar sekarang")
    assert "Sudah keluar." in citizen.html


async def test_who_leaves_without_a_code_is_not_kept(citizen: WebCitizen, bot: WebBot) -> None:
    await citizen.writes("menu")
    chat = await only_chat(bot)
    await citizen.open("/warga/selesai")
    assert "Tanpa kode kembali" in citizen.html
    await leave(citizen)
    assert citizen.lines == []
    assert [await count(bot, table) for table in (WebChat, WebSession, WebLine)] == [0, 0, 0]
    await bot.tell(chat, "Bu, suratnya sudah jadi.")
    async with bot.sessions() as session:
        newest = select(Message).order_by(Message.id.desc()).limit(1)
        line = (await session.scalars(newest.options(delivery.with_marks()))).one()
    told = delivery.delivery_of(line)
    assert told is not None
    assert told.mark is Mark.BLOCKED


async def test_who_leaves_with_a_code_finds_everything_again(
    citizen: WebCitizen, bot: WebBot
) -> None:
    await citizen.writes("menu")
    code, chat = await make_code(citizen), await only_chat(bot)
    await leave(citizen)
    bot.clock.move(timedelta(minutes=5))
    await bot.tell(chat, "Bu, suratnya sudah jadi.")
    await bring(citizen, code)
    assert citizen.replies[-1].words == "Bu, suratnya sudah jadi."
    assert "Kabar selama Anda pergi" in citizen.html


async def test_a_shared_computer_forgets_soon_and_an_own_phone_late(
    citizen: WebCitizen, new_citizen: NewCitizen, bot: WebBot
) -> None:
    await citizen.writes("menu", bersama="1")
    own = new_citizen()
    await own.open()
    await own.writes("menu")
    assert "Perangkat bersama" in citizen.html
    bot.clock.move(web_chats.SHARED_IDLE)
    await citizen.open()
    await own.open()
    assert (citizen.lines, len(own.lines)) == ([], 2)
    bot.clock.move(web_chats.KEPT)
    await own.open()
    assert own.lines == []


async def test_the_clock_clears_what_is_over(citizen: WebCitizen, bot: WebBot) -> None:
    await citizen.writes("menu", bersama="1")
    bot.clock.move(web_chats.SHARED_IDLE)
    async with bot.sessions.begin() as session:
        await web_chats.prune(session, bot.balai.deps.reference, bot.clock.now)
    assert [await count(bot, table) for table in (WebChat, WebSession, WebLine)] == [0, 0, 0]


async def test_erasing_takes_lines_code_and_other_browsers(
    citizen: WebCitizen, new_citizen: NewCitizen, bot: WebBot
) -> None:
    await citizen.writes("menu")
    code = await make_code(citizen)
    other = new_citizen()
    await bring(other, code)
    chat = await only_chat(bot)
    bot.clock.move(timedelta(minutes=2))
    await citizen.open()
    async with bot.sessions.begin() as session:
        await erasure.erase_chat(session, chat, bot.clock.now)
    await citizen.open()
    await other.open()
    assert (citizen.lines, other.lines) == ([], [])
    assert "Selesai" in citizen.links
    assert "Punya kode?" in other.links
    await bring(other, code)
    assert other.status == 403


async def test_new_chats_from_one_address_are_braked(citizen: WebCitizen, bot: WebBot) -> None:
    (lane,) = login_limits.by_new_chat("127.0.0.1")
    async with bot.sessions.begin() as session:
        for _ in range(lane.free):
            await login_limits.count_failure(session, [lane], bot.clock.now)
    await citizen.writes("menu")
    assert citizen.status == 429
    assert "detik lagi" in citizen.alert
    assert citizen.form()["teks"] == "menu"
    assert await count(bot, WebChat) == 0
    bot.clock.move(timedelta(minutes=2))
    await citizen.writes("menu")
    assert len(citizen.lines) == 2
