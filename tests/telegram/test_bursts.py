"""What comes within the quiet window after each other is one turn with one answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from actions.storage.tables import Attachment, Case, Inbox, Message
from tests.storage.pictures import jpeg, jpeg_of_place
from tests.storage.voice_notes import voice_note
from tests.support.clock import Clock
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import RunningBot, reference_of_tests
from tests.support.telegram.api import BotApi
from tests.support.telegram.people import Person
from tests.support.telegram.world import Sent

WINDOW = timedelta(seconds=3)
PLACE = (-6.91474, 107.60981)
REPORT = "jalan berlubang di depan SD"


@pytest.fixture
def nlu() -> ScriptedNlu:
    return ScriptedNlu({REPORT: "lapor jalan_rusak", "jalan\nberlubang": "lapor jalan_rusak"})


@pytest.fixture
async def bot(
    api: BotApi, nlu: ScriptedNlu, clock: Clock, sqlite_database: str, tmp_path: Path
) -> AsyncIterator[RunningBot]:
    """A bot that waits for what belongs together."""
    window = WINDOW.total_seconds()
    bot = RunningBot(api, sqlite_database, tmp_path, nlu=nlu, clock=clock, quiet_window=window)
    await bot.start()
    yield bot
    await bot.stop()


async def quiet(bot: RunningBot) -> None:
    """Let the window pass, and whoever waited be answered."""
    bot.clock.move(WINDOW)
    await bot.telegram.mailbox.worker.sweep(timedelta(0))
    await bot.settle()


def answers(person: Person) -> list[Sent]:
    """What the bot said, without the hint of the key that shares a place."""
    hint = reference_of_tests().texts.plain("umum.bagikan")
    return [message for message in person.chat.messages if message.text != hint]


async def case_of(bot: RunningBot) -> Case:
    async with bot.sessions() as session:
        case = await session.scalar(select(Case))
        assert case is not None
        return case


async def begins(bot: RunningBot) -> Person:
    """A complaint of which the place is asked."""
    citizen = bot.citizen()
    await citizen.writes(REPORT)
    await quiet(bot)
    return citizen


async def test_five_lines_are_one_sentence(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("jalan")
    await citizen.writes("berlubang")
    assert citizen.chat.messages == [], "more may follow"

    await quiet(bot)

    assert len(answers(citizen)) == 1
    assert (await case_of(bot)).slug == "jalan_rusak"


@pytest.mark.parametrize("photo_first", [True, False])
async def test_pictures_words_and_a_pin_are_one_answer(
    bot: RunningBot, *, photo_first: bool
) -> None:
    citizen = bot.citizen()
    if not photo_first:
        await citizen.writes(REPORT)
    for side in (40, 41):
        await citizen.sends_photo(jpeg((side, 30)))
    await citizen.sends_location(-6.91474, 107.60981)
    if photo_first:
        await citizen.writes(REPORT)
    await quiet(bot)

    (said,) = answers(citizen)
    assert "Foto sudah saya terima, semuanya 2." in said.text
    assert "Lokasinya sudah saya catat." in said.text
    case = await case_of(bot)
    assert (case.answers["lokasi"]["lat"], case.answers["lokasi"]["lon"]) == PLACE
    async with bot.sessions() as session:
        lines = (
            await session.scalars(select(Message.text).where(Message.sender == "warga"))
        ).all()
        assert len(lines) == 4, "an officer reads each of them"
        handled = (await session.scalars(select(Inbox.handled_at))).all()
        assert len(handled) == 4
        assert None not in handled


async def test_a_photo_an_album_and_then_the_story_are_one_answer_with_every_picture(
    bot: RunningBot,
) -> None:
    citizen = bot.citizen()
    await citizen.sends_photo(jpeg((40, 30)))
    await quiet(bot)
    for side in (41, 42, 43):
        await citizen.sends_photo(jpeg((side, 30)), album="a")
    await citizen.writes(REPORT)
    await citizen.sends_location(*PLACE)
    before = len(answers(citizen))
    await quiet(bot)

    assert len(answers(citizen)) == before + 1
    async with bot.sessions() as session:
        kept = (await session.scalars(select(Attachment.case_id))).all()
    assert len(kept) == 4
    assert None not in kept


async def test_an_answer_to_a_short_question_waits_for_nothing(bot: RunningBot) -> None:
    citizen = await begins(bot)
    await citizen.writes("jalan raya Sindanglaya depan kantor desa")
    await quiet(bot)
    asked = citizen.chat.messages[-1].text
    await citizen.writes("kemarin")

    assert citizen.says, "answered at once"
    assert citizen.says != asked


async def test_a_button_ends_a_burst_and_a_command_waits_for_nothing(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("/menu")
    assert citizen.says
    await citizen.sends_photo(jpeg())
    assert citizen.news == []
    await citizen.taps("Lapor masalah")
    kept, menu = citizen.news
    assert kept.text in reference_of_tests().texts.variants["berkas.disimpan_dulu"]
    assert menu.labels


async def test_danger_waits_for_nothing(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.sends_photo(jpeg())
    assert citizen.news == []

    await citizen.writes("kebakaran di rumah tetangga")

    assert "113" in citizen.says or "112" in citizen.says


async def test_who_never_stops_is_answered_all_the_same(bot: RunningBot) -> None:
    citizen = bot.citizen()
    for side in range(12):
        await citizen.sends_photo(jpeg((40 + side, 30)))
        bot.clock.move(timedelta(seconds=1))
        await bot.telegram.mailbox.worker.sweep(timedelta(0))
        await bot.settle()

    assert len(answers(citizen)) == 1


async def test_a_restart_within_the_window_loses_nothing(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.sends_photo(jpeg())
    await bot.rebuild()
    await citizen.writes(REPORT)
    await quiet(bot)

    assert len(answers(citizen)) == 1
    async with bot.sessions() as session:
        (file,) = (await session.scalars(select(Attachment))).all()
        assert file.field == "foto"


async def test_a_voice_waits_for_words_and_goes_with_the_case(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.sends_voice(voice_note(42), 42)
    await quiet(bot)
    assert "Tulis satu kalimat juga" in citizen.says

    await citizen.writes(REPORT)
    await quiet(bot)
    assert "Rekaman suara (0:42)" in citizen.chat.messages[-2].text

    async with bot.sessions() as session:
        (file,) = (await session.scalars(select(Attachment))).all()
        lines = (await session.scalars(select(Message.text))).all()
    assert (file.case_id, file.field, file.seconds) == (1, "suara", 42)
    assert "[rekaman suara, 0:42]" in lines


async def test_a_voice_that_is_read_is_told_back_and_acted_on(bot: RunningBot) -> None:
    class Heard:
        async def transcribe(self, sound: bytes) -> str:
            assert sound.startswith(b"OggS")
            return REPORT

    bot.balai.deps.transcriber = Heard()
    citizen = bot.citizen()
    await citizen.sends_voice(voice_note(3))
    await quiet(bot)

    (said,) = answers(citizen)
    assert f"Yang saya dengar: {REPORT}" in said.text
    assert "Tulis satu kalimat" not in said.text
    assert (await case_of(bot)).answers["cerita"] == REPORT


async def test_the_place_of_a_photo_is_offered_and_then_taken(bot: RunningBot) -> None:
    citizen = await begins(bot)
    photo = jpeg_of_place(-6.91474, 107.60981)
    await citizen.sends_document(photo, "IMG_1.jpg", "image/jpeg")
    await quiet(bot)
    assert "-6.91474, 107.60981" in answers(citizen)[-1].text

    await citizen.taps("Pakai tempat foto")

    place = (await case_of(bot)).answers["lokasi"]
    assert (place["lat"], place["lon"]) == PLACE


async def test_everything_reaches_an_officer_as_it_comes(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("petugas")
    await citizen.sends_voice(voice_note(3), 3)
    await citizen.sends_photo(jpeg())
    await citizen.sends_location(-6.91474, 107.60981)
    await citizen.shares_contact("+6281200001234")

    async with bot.sessions() as session:
        rows = (await session.execute(select(Message.text, Message.file))).all()
    ends = [(file or "")[-4:] for _, file in rows]
    assert {".ogg", ".jpg"} <= set(ends)
    said = [text for text, _ in rows]
    assert "[nomor telepon: +6281200001234]" in said
    assert any(text.startswith("[lokasi: -6.91474") for text in said)


async def test_what_comes_with_the_call_for_an_officer_reaches_the_officer(
    bot: RunningBot, nlu: ScriptedNlu
) -> None:
    nlu.script["tolong sambungkan ke orangnya"] = "minta_petugas"
    citizen = bot.citizen()
    await citizen.sends_photo(jpeg())
    await citizen.writes("tolong sambungkan ke orangnya")
    await quiet(bot)

    async with bot.sessions() as session:
        files = (
            await session.scalars(select(Message.file).where(Message.file.is_not(None)))
        ).all()
        assert len(files) == 1
        assert (await session.scalars(select(Attachment))).all() == []
