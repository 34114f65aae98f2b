"""Whatever a citizen can send reaches the dialogue, and the answer comes back."""

from __future__ import annotations

from sqlalchemy import func, select

from actions.storage.tables import Attachment, Case, Chat, Inbox, Message
from tests.storage.pictures import SECRET_PLACE, jpeg
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import RunningBot, reference_of_tests
from tests.support.visit import UNDERSTOOD, visit

SEND, MENU, REPORT = "Kirim", "menu", "Lapor masalah"


def text(key: str, **params: object) -> str:
    """The words of a text without markup."""
    return reference_of_tests().texts.plain(key, **params)


async def lines(bot: RunningBot) -> list[str]:
    """What officers would read of the chat."""
    async with bot.sessions() as session:
        return [row.text for row in await session.scalars(select(Message).order_by(Message.id))]


async def test_a_start_is_welcomed_with_buttons(bot: RunningBot) -> None:
    news = await bot.citizen().writes("/start")

    assert len(news) == 1
    assert "Selamat datang" in news[0].text
    assert news[0].buttons


async def test_a_button_is_answered_and_stops_turning(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes(MENU)

    assert await citizen.taps(REPORT)
    assert bot.api.world.unanswered() == []
    assert bot.api.calls["answerCallbackQuery"] == 1


async def test_a_request_from_the_first_word_to_the_receipt(
    bot: RunningBot, nlu: ScriptedNlu
) -> None:
    nlu.script |= UNDERSTOOD
    citizen = bot.citizen()
    async for _ in visit(citizen):
        pass
    await citizen.taps(SEND)

    async with bot.sessions() as session:
        case = await session.scalar(select(Case))
        assert case is not None
        assert case.code is not None
        assert case.code in citizen.says
        assert case.answers["nama"] == "Siti Aminah"
    assert [text for text in nlu.asked if text in UNDERSTOOD] == list(UNDERSTOOD)


async def test_a_bot_that_is_built_anew_after_every_turn_knows_where_it_was(
    bot: RunningBot, nlu: ScriptedNlu
) -> None:
    nlu.script |= UNDERSTOOD
    citizen = bot.citizen()
    async for _ in visit(citizen):
        await bot.rebuild()
    await citizen.taps(SEND)

    async with bot.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(Case)) == 1
        assert await session.scalar(select(Case.code)) is not None


async def test_nobody_else_sees_anything(bot: RunningBot, nlu: ScriptedNlu) -> None:
    nlu.script |= UNDERSTOOD
    citizen, other = bot.citizen(500), bot.citizen(501)
    await other.writes(MENU)
    seen = len(other.chat.messages)
    async for _ in visit(citizen):
        pass

    assert len(other.chat.messages) == seen


async def test_a_photo_is_kept_without_what_it_hides(bot: RunningBot, nlu: ScriptedNlu) -> None:
    nlu.script |= UNDERSTOOD
    citizen = bot.citizen()
    async for news in visit(citizen):
        if "Lewati" in news[-1].labels:
            break
    await citizen.sends_photo(jpeg(), "ini pak")

    async with bot.sessions() as session:
        kept = await session.scalar(select(Attachment))
        assert kept is not None
        content = b"".join(bot.balai.deps.files.content(kept.name))
    assert SECRET_PLACE not in content
    assert len(content) == kept.size
    assert bot.api.calls["getFile"] == 1


async def test_a_document_that_cannot_be_read_is_explained(
    bot: RunningBot, nlu: ScriptedNlu
) -> None:
    nlu.script |= UNDERSTOOD
    citizen = bot.citizen()
    async for news in visit(citizen):
        if "Lewati" in news[-1].labels:
            break
    await citizen.sends_document(b"MZ", "surat.exe", "application/octet-stream")
    assert text("berkas.bukan_dokumen") in citizen.says

    await citizen.sends_document(jpeg(), "surat.jpg", "image/jpeg")
    async with bot.sessions() as session:
        assert await session.scalar(select(Attachment.mime)) == "image/jpeg"


async def test_a_sticker_that_the_bot_cannot_read_is_answered(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.sends_sticker()

    assert citizen.news
    assert text("umum.catatan.lain") in await lines(bot)


async def test_a_place_is_passed_on(bot: RunningBot) -> None:
    await bot.citizen().sends_location(-6.9, 107.6)

    assert "-6.9" in (await lines(bot))[0]


async def test_a_group_that_is_not_ours_gets_no_answer(bot: RunningBot) -> None:
    stranger = bot.officer()
    stranger.chat.open = True

    await stranger.writes("menu")
    await stranger.edits("menu lain")

    assert stranger.chat.messages == []


async def test_who_blocks_the_bot_and_comes_back_is_answered_again(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes(MENU)
    await citizen.blocks()
    async with bot.sessions() as session:
        chat = await session.get(Chat, "tg:500")
        assert chat is not None
        assert chat.blocked
    await citizen.unblocks()

    assert await citizen.writes(MENU)


async def test_an_update_that_comes_twice_is_answered_once(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes(MENU)

    assert await citizen.again() == []
    async with bot.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(Inbox)) == 1
