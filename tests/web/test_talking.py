"""A citizen in a browser talks with Balai as on Telegram."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select

from actions.casework import inbox, web_lines
from actions.casework.inbox import Received
from actions.domain.brakes import ChatLimits
from actions.domain.messages import Reply
from actions.storage.tables import Attachment, Case, Chat, Inbox, Outbox, WebLine
from tests.storage.pictures import jpeg
from tests.support.visit import ANSWERS, FIRST_WORDS
from tests.support.web_bot import WebBot
from tests.support.web_citizen import WebCitizen
from tests.web.conftest import NewCitizen


async def visit(citizen: WebCitizen) -> None:
    """Go through a form up to its summary."""
    await citizen.writes(FIRST_WORDS)
    for answer in ANSWERS:
        if isinstance(answer, tuple):
            await citizen.taps(answer[0])
        else:
            await citizen.writes(answer)


async def count(bot: WebBot, what: type) -> int:
    async with bot.sessions() as session:
        return await session.scalar(select(func.count()).select_from(what)) or 0


async def only_chat(bot: WebBot) -> str:
    async with bot.sessions() as session:
        return (await session.scalars(select(Chat.id))).one()


async def test_a_request_is_filed_without_any_script(citizen: WebCitizen, bot: WebBot) -> None:
    await visit(citizen)
    await citizen.taps("Kirim")
    assert citizen.address == "/warga"
    assert "SMJ-" in citizen.replies[-1].words
    async with bot.sessions() as session:
        case = (await session.scalars(select(Case))).one()
    assert (case.channel, case.status) == ("web", "diajukan")
    assert case.answers["nama"] == "Siti Aminah"
    assert str(case.code) in citizen.html


async def test_whoever_only_looks_leaves_nothing_behind(citizen: WebCitizen, bot: WebBot) -> None:
    assert "Ada yang bisa dibantu?" in citizen.html
    assert "112" in citizen.links
    assert await count(bot, Chat) == 0


async def test_an_example_is_a_message(citizen: WebCitizen) -> None:
    await citizen.taps("Bisa mengurus apa saja di sini?")
    assert [line.mine for line in citizen.lines] == [True, False]
    assert citizen.lines[0].words == "Anda: Bisa mengurus apa saja di sini?"


async def test_a_form_that_is_sent_twice_counts_once(citizen: WebCitizen, bot: WebBot) -> None:
    await citizen.writes(FIRST_WORDS)
    form = {**citizen.form(), "teks": "Siti Aminah"}
    await citizen.post(form)
    await citizen.post(form)
    assert [line.words for line in citizen.lines if line.mine] == [
        f"Anda: {FIRST_WORDS}",
        "Anda: Siti Aminah",
    ]
    assert "NIK" in citizen.replies[-1].words
    assert await count(bot, Inbox) == 3


async def test_a_pressed_button_is_marked(citizen: WebCitizen) -> None:
    await citizen.writes(FIRST_WORDS)
    for answer in ANSWERS[:2]:
        await citizen.writes(str(answer))
    assert "Warga ber-KTP di sini" in citizen.replies[-1].labels
    await citizen.taps("Warga ber-KTP di sini")
    assert "Dipilih: Warga ber-KTP di sini" in citizen.replies[-2].words
    assert citizen.replies[-2].labels == ()


async def test_only_what_this_chat_offers_can_be_pressed(
    citizen: WebCitizen, new_citizen: NewCitizen
) -> None:
    await visit(citizen)
    stranger = new_citizen()
    await stranger.open()
    await stranger.writes("menu")
    for press in ("1.0", "6.0", "999.0", "1.99", "x", "1.0.0", "-1.0"):
        await stranger.post({**stranger.form("pilih"), "pilih": press})
        if stranger.status == 422:
            assert stranger.alert == "Tombol itu sudah tidak berlaku. Tulis saja maksudnya."
        else:
            assert stranger.replies
    await citizen.open()
    assert "Kirim" in citizen.replies[-1].labels


async def test_nothing_to_send_is_said(citizen: WebCitizen) -> None:
    await citizen.writes("  ")
    assert (citizen.status, citizen.alert) == (422, "Tulis pesan dulu, atau pilih foto.")


async def test_a_photo_is_kept_with_its_caption(citizen: WebCitizen, bot: WebBot) -> None:
    await visit(citizen)
    await citizen.taps("Kirim")
    await citizen.sends_photo(jpeg((60, 40)), "ini fotonya pak")
    assert citizen.lines[-2].words.startswith("Anda: Foto dikirim. ini fotonya pak")
    async with bot.sessions() as session:
        kept = (await session.scalars(select(Attachment))).one()
    assert bot.balai.deps.files.path(kept.name).exists()


async def test_what_is_no_picture_is_told(citizen: WebCitizen, bot: WebBot) -> None:
    await citizen.sends_photo(b"no picture at all")
    assert "tidak bisa dibuka" in citizen.replies[-1].words
    assert await count(bot, Attachment) == 0


async def test_a_place_is_taken_and_nonsense_is_not(citizen: WebCitizen) -> None:
    for place, status in (("-6.914740,107.609810", 200), ("91,0", 422), ("x", 422)):
        await citizen.post({**citizen.form("pilih"), "lokasi": place})
        assert citizen.status == status
    await citizen.open()
    assert [line.words for line in citizen.lines if line.mine] == ["Anda: Lokasi dikirim."]


async def test_words_are_never_markup(citizen: WebCitizen) -> None:
    await citizen.writes("<img src=x onerror=alert(1)> & <b>tebal</b>")
    assert "<img src=x" not in citizen.html
    assert citizen.lines[0].words == "Anda: <img src=x onerror=alert(1)> & <b>tebal</b>"


async def test_an_officer_answers_and_news_that_were_missed_are_marked(
    citizen: WebCitizen, bot: WebBot
) -> None:
    await citizen.writes("menu")
    assert "Kabar selama Anda pergi" not in citizen.html
    bot.clock.move(timedelta(minutes=30))
    await bot.tell(await only_chat(bot), "Bu, suratnya sudah jadi.")
    await citizen.open()
    assert "Kabar selama Anda pergi" in citizen.html
    assert "Bu, suratnya sudah jadi." in citizen.replies[-1].words
    bot.clock.move(timedelta(minutes=30))
    await citizen.open()
    assert "Kabar selama Anda pergi" not in citizen.html


async def test_what_came_before_a_stop_is_answered_after_the_start(
    citizen: WebCitizen, bot: WebBot
) -> None:
    await citizen.writes("menu")
    chat = await only_chat(bot)
    at = bot.clock.now.isoformat()
    late = Received(2**61, chat, {"nonce": "n" * 12, "text": "menu lagi", "at": at})
    async with bot.sessions.begin() as session:
        await inbox.store(session, "web", [late], bot.clock.now)
    await citizen.open()
    assert citizen.lines[-1].words == "Anda: menu lagi"
    assert "belum dibaca" in citizen.html
    bot.channel.room.worker.wake(chat)
    await bot.settle()
    await citizen.open()
    assert [line.mine for line in citizen.lines] == [True, False, True, False]
    assert "belum dibaca" not in citizen.html


async def test_a_reply_that_is_sent_again_is_shown_once(citizen: WebCitizen, bot: WebBot) -> None:
    await citizen.writes("menu")
    async with bot.sessions.begin() as session:
        row = (await session.scalars(select(Outbox))).one()
        row.done_at, row.held_at = None, None
        row.payload = Reply("umum.menu", "Ada yang bisa saya bantu?").to_json()
    bot.balai.wake()
    await bot.settle()
    assert await count(bot, WebLine) == 2


async def test_a_long_chat_shows_its_end_and_the_way_back(
    citizen: WebCitizen, bot: WebBot
) -> None:
    await citizen.writes("menu")
    chat = await only_chat(bot)
    async with bot.sessions.begin() as session:
        for number in range(web_lines.AT_ONCE):
            sent = {"text": f"baris {number}"}
            await web_lines.note_sent(session, chat, f"nonce-{number}", sent, bot.clock.now)
    await citizen.open()
    assert len(citizen.lines) == web_lines.AT_ONCE
    await citizen.open(citizen.links["Lihat yang lebih lama"])
    assert [line.mine for line in citizen.lines] == [True, False]
    assert "Kembali ke pesan terbaru" in citizen.links


async def test_too_many_messages_are_told_once(citizen: WebCitizen, bot: WebBot) -> None:
    deps = bot.balai.deps
    deps.reference = replace(deps.reference, limits=ChatLimits(messages=3))
    for _ in range(6):
        await citizen.writes("menu")
    told = [line.words for line in citizen.replies if "terlalu banyak" in line.words]
    assert len(told) == 1
    assert len(citizen.replies) == 4
