"""Files reach citizens as texts do: once, in order, whatever Telegram's mood."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from actions.casework import attachments, erasure, messages
from actions.casework.outbox import BLOCKED
from actions.domain.messages import Button, FileKind, Reply, StoredFile
from actions.storage.tables import FileLetGo, Message, Outbox
from tests.storage.pictures import jpeg, pdf
from tests.support.running_bot import RunningBot
from tests.support.telegram.faults import FORBIDDEN, SERVER_ERROR, Fault, flooded
from tests.telegram.test_delivery import failures, later

CAPTION = Reply("x", "Ini <b>contohnya</b>.", ((Button("Menu", "menu"),),))


async def stored(bot: RunningBot, raw: bytes, kind: FileKind = FileKind.PHOTO) -> StoredFile:
    file = await bot.balai.deps.files.store(raw, kind)
    assert isinstance(file, StoredFile)
    return file


async def send(bot: RunningBot, file: StoredFile, reply: Reply = CAPTION) -> None:
    async with bot.sessions.begin() as session:
        messages.queue_file(session, "tg:500", file, reply, bot.clock(), called="contoh.jpg")
    await later(bot, 0)


def bytes_of(bot: RunningBot, file: StoredFile) -> bytes:
    return b"".join(bot.balai.deps.files.content(file.name))


async def test_a_picture_is_seen_with_its_caption_and_buttons(bot: RunningBot) -> None:
    citizen, file = bot.citizen(), await stored(bot, jpeg())
    await citizen.writes("/start")
    await send(bot, file)

    shown = citizen.chat.messages[-1]
    assert (shown.text, shown.labels, shown.photo) == ("Ini contohnya.", ("Menu",), True)
    assert shown.file == ("contoh.jpg", bytes_of(bot, file))


async def test_a_document_comes_whole_and_by_its_name(bot: RunningBot) -> None:
    citizen, file = bot.citizen(), await stored(bot, pdf(), FileKind.DOCUMENT)
    await citizen.writes("/start")
    async with bot.sessions.begin() as session:
        messages.queue_file(session, "tg:500", file, CAPTION, bot.clock(), called="surat.pdf")
    await later(bot, 0)

    shown = citizen.chat.messages[-1]
    assert (shown.photo, shown.file) == (False, ("surat.pdf", bytes_of(bot, file)))


async def test_a_picture_without_words_needs_no_caption(bot: RunningBot) -> None:
    citizen, file = bot.citizen(), await stored(bot, jpeg())
    await citizen.writes("/start")
    await send(bot, file, Reply("x", ""))

    assert (citizen.chat.messages[-1].text, citizen.chat.messages[-1].photo) == ("", True)


async def test_what_is_too_long_for_a_caption_follows_the_file(bot: RunningBot) -> None:
    citizen, file = bot.citizen(), await stored(bot, jpeg())
    await citizen.writes("/start")
    words = " ".join(f"kata{number}" for number in range(300))
    await send(bot, file, Reply("x", words, ((Button("Menu", "menu"),),)))

    picture, text = citizen.chat.messages[-2:]
    assert (picture.photo, picture.text, picture.labels) == (True, "", ())
    assert (text.text, text.labels) == (words, ("Menu",))


async def test_a_picture_that_is_too_narrow_to_be_shown_goes_as_a_document(
    bot: RunningBot,
) -> None:
    raw = BytesIO()
    Image.new("RGB", (2000, 50)).save(raw, "JPEG")
    citizen, file = bot.citizen(), await stored(bot, raw.getvalue())
    await citizen.writes("/start")
    await send(bot, file)

    shown = citizen.chat.messages[-1]
    assert (shown.text, shown.photo) == ("Ini contohnya.", False)
    assert await failures(bot) == [None, None]


@pytest.mark.parametrize("fault", [SERVER_ERROR, flooded(1)], ids=["500", "429"])
async def test_a_file_is_tried_again_and_what_follows_waits(bot: RunningBot, fault: Fault) -> None:
    citizen, file = bot.citizen(), await stored(bot, jpeg())
    await citizen.writes("/start")
    bot.api.faults.plan("sendPhoto", fault)
    await send(bot, file)
    async with bot.sessions.begin() as session:
        messages.queue(session, "tg:500", [Reply("x", "Sesudahnya.")], bot.clock())
    await later(bot, 2)
    await later(bot, 2)

    assert [m.text for m in citizen.chat.messages[-2:]] == ["Ini contohnya.", "Sesudahnya."]
    assert len(citizen.chat.messages) == 3


async def test_after_a_restart_a_file_that_waited_is_sent(bot: RunningBot) -> None:
    citizen, file = bot.citizen(), await stored(bot, jpeg())
    await citizen.writes("/start")
    bot.api.faults.plan("sendPhoto", SERVER_ERROR)
    await send(bot, file)
    await bot.rebuild()
    await later(bot, 2)

    assert citizen.chat.messages[-1].photo


async def test_who_blocked_the_bot_gets_no_file(bot: RunningBot) -> None:
    citizen, file = bot.citizen(), await stored(bot, jpeg())
    await citizen.writes("/start")
    bot.api.faults.plan("sendPhoto", FORBIDDEN)
    await send(bot, file)

    assert await failures(bot) == [None, BLOCKED]


async def test_a_file_that_is_lost_is_given_up_and_the_chat_goes_on(bot: RunningBot) -> None:
    citizen, file = bot.citizen(), await stored(bot, jpeg())
    await citizen.writes("/start")
    bot.balai.deps.files.path(file.name).unlink()
    await send(bot, file)

    assert await failures(bot) == [None, "FileNotFoundError"]
    assert len(await citizen.writes("menu")) == 1


async def test_no_row_holds_the_bytes_and_the_file_stays_as_long_as_its_line(
    bot: RunningBot,
) -> None:
    citizen, file = bot.citizen(), await stored(bot, jpeg())
    await citizen.writes("/start")
    await send(bot, file)
    async with bot.sessions.begin() as session:
        await attachments.let_go_delivered(session)
        (line,) = (await session.scalars(select(Message).where(Message.file.is_not(None)))).all()
        rows = (await session.scalars(select(Outbox))).all()
        assert (line.file, line.sender, line.text) == (file.name, "balai", "Ini contohnya.")
        assert [(row.file, row.payload) for row in rows] == [(None, None)] * 2
        assert await attachments.in_use(session) == {file.name}
    bot.clock.move(timedelta(days=2))
    await bot.balai.jobs.run_due()
    assert bytes_of(bot, file)

    async with bot.sessions.begin() as session:
        await erasure.erase_chat(session, "tg:500", bot.clock())
        assert await attachments.in_use(session) == frozenset()
        assert file.name in (await session.scalars(select(FileLetGo.name))).all()
    bot.clock.move(timedelta(days=2))
    await bot.balai.jobs.run_due()
    assert not bot.balai.deps.files.path(file.name).exists()


async def test_lines_that_are_pruned_let_their_files_go(bot: RunningBot) -> None:
    citizen, file = bot.citizen(), await stored(bot, jpeg())
    await citizen.writes("/start")
    await send(bot, file)
    bot.clock.move(timedelta(days=3))
    async with bot.sessions.begin() as session:
        await attachments.let_go_delivered(session)
        assert await messages.prune_lines(session, bot.clock(), timedelta(days=1)) > 0
        assert await attachments.in_use(session) == frozenset()
        assert file.name in (await session.scalars(select(FileLetGo.name))).all()


async def test_a_page_of_our_own_is_kept_and_sent_as_a_document(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start")
    page = await bot.balai.deps.files.keep_page("<!doctype html><p>Halo, Siti</p>")
    sealed = bot.balai.deps.files.path(page.name).read_bytes()
    await send(bot, page)

    assert b"Siti" not in sealed
    assert citizen.chat.messages[-1].file == ("contoh.jpg", b"<!doctype html><p>Halo, Siti</p>")
