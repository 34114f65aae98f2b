"""Which pictures a case has in the end: one, an album, or what was sent before the form."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.casework.attachments import EARLY_KEPT
from actions.casework.messages import last_lines
from actions.storage.tables import Attachment, Case, Message
from tests.storage.pictures import jpeg
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import RunningBot, reference_of_tests
from tests.support.telegram.people import Person

REPORT = "jalan berlubang di depan SD"


def text(key: str, variant: int = 0, **params: object) -> str:
    """The words of a text without markup."""
    return reference_of_tests().texts.plain(key, variant, **params)


KEPT, REPLACED = text("berkas.diterima", hal="Foto"), text("berkas.diganti", hal="Foto")
EARLY = {text("berkas.disimpan_dulu", variant) for variant in range(2)}


@pytest.fixture
def nlu() -> ScriptedNlu:
    return ScriptedNlu({REPORT: "lapor jalan_rusak"})


async def fills_in(person: Person) -> None:
    """Everything but the photo of a complaint about a road."""
    await person.writes(REPORT)
    await person.writes("jalan raya Sindanglaya depan kantor desa")
    for _ in ("since when", "whether somebody was hurt"):
        await person.taps("Lewati")


async def files(bot: RunningBot) -> list[tuple[int | None, str]]:
    """The files that are kept: of which case, for which question."""
    async with bot.sessions() as session:
        rows = await session.scalars(select(Attachment).order_by(Attachment.id))
        return [(row.case_id, row.field) for row in rows]


async def names(bot: RunningBot) -> list[str]:
    async with bot.sessions() as session:
        return list(await session.scalars(select(Attachment.name).order_by(Attachment.id)))


async def test_a_second_photo_is_added_and_one_tap_keeps_it_alone(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await fills_in(citizen)
    await citizen.sends_photo(jpeg((40, 30)))
    (first,) = await names(bot)

    bot.clock.move(timedelta(seconds=20))
    await citizen.sends_photo(jpeg((50, 30)))
    assert "Foto: 2 (JPEG" in citizen.says
    _, second = await names(bot)

    await citizen.taps("Pakai yang baru saja")
    assert REPLACED in citizen.says
    assert await names(bot) == [second]
    assert first != second


async def test_a_photo_that_replaces_another_in_words_or_by_its_button(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await fills_in(citizen)
    await citizen.sends_photo(jpeg((40, 30)))
    await citizen.sends_photo(jpeg((50, 30)), "yang tadi buram pak")
    assert REPLACED in citizen.says
    (second,) = await names(bot)

    await citizen.taps("Perbaiki")
    await citizen.taps("Foto")
    await citizen.sends_photo(jpeg((60, 30)))
    assert REPLACED in citizen.says
    (third,) = await names(bot)
    assert third != second


async def test_a_photo_that_is_skipped_afterwards_does_not_go_along(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await fills_in(citizen)
    asked = citizen.chat.messages[-1]
    await citizen.sends_photo(jpeg())
    await citizen.presses(asked, "Lewati")

    await citizen.taps("Kirim")

    assert await files(bot) == []


@pytest.mark.parametrize("count", [2, 3, 10])
async def test_an_album_is_one_answer(bot: RunningBot, count: int) -> None:
    citizen = bot.citizen()
    await fills_in(citizen)
    before = len(citizen.chat.messages)
    for side in range(count):
        await citizen.sends_photo(jpeg((40 + side, 30)), album="a1")

    (said,) = citizen.chat.messages[before:]
    assert KEPT in said.text
    await citizen.taps("Kirim")
    assert await files(bot) == [(1, "foto")] * count


async def test_pictures_of_several_messages_stay_together(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await fills_in(citizen)
    for number, album in enumerate(("a1", "a2")):
        for side in range(3):
            await citizen.sends_photo(jpeg((40 + side + 10 * number, 30)), album=album)
    await citizen.sends_photo(jpeg((60, 30)))

    assert len(await files(bot)) == 7
    assert "Foto: 7 (JPEG" in citizen.says


async def test_the_same_picture_twice_in_an_album_is_kept_once(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await fills_in(citizen)
    for _ in range(2):
        await citizen.sends_photo(jpeg(), album="a1")

    assert len(await files(bot)) == 1


async def test_an_album_survives_a_restart_between_its_pictures(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await fills_in(citizen)
    await citizen.sends_photo(jpeg((40, 30)), album="a1")
    await bot.rebuild()
    assert await citizen.sends_photo(jpeg((41, 30)), album="a1") == []

    assert len(await files(bot)) == 2


async def test_what_of_an_album_cannot_be_read_is_told_and_the_rest_kept(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await fills_in(citizen)
    await citizen.sends_photo(b"nothing", album="a1")
    assert text("berkas.bukan_gambar") in citizen.says
    await citizen.sends_photo(jpeg((40, 30)), album="a1")
    assert KEPT in citizen.says
    await citizen.sends_photo(jpeg((41, 30)), album="a1")
    await citizen.sends_photo(b"nothing", album="a1")
    assert citizen.says.startswith(text("berkas.bukan_gambar"))

    assert len(await files(bot)) == 2


async def test_an_album_that_tells_what_it_is_for(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.sends_photo(jpeg((40, 30)), REPORT, album="a1")
    for side in (41, 42):
        assert await citizen.sends_photo(jpeg((side, 30)), album="a1") == []

    assert await files(bot) == [(1, "foto")] * 3


async def test_words_below_a_later_picture_of_an_album_are_read(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.sends_photo(jpeg((40, 30)), album="a1")
    await citizen.sends_photo(jpeg((41, 30)), REPORT, album="a1")

    assert await files(bot) == [(1, "foto")] * 2


async def test_an_album_while_an_officer_answers_reaches_the_officer(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("petugas")
    for side in (40, 41, 42):
        await citizen.sends_photo(jpeg((side, 30)), album="a1")
    await citizen.sends_document(b"no picture", "x.exe", "application/octet-stream")

    assert citizen.says == text("berkas.bukan_dokumen")
    assert await files(bot) == []
    async with bot.sessions() as session:
        found = select(Message.file, Message.sender).where(Message.file.is_not(None))
        kept = (await session.execute(found)).all()
    assert [sender for _, sender in kept] == ["warga"] * 3
    assert len({name for name, _ in kept}) == 3
    content = b"".join(bot.balai.deps.files.content(kept[0][0]))
    assert content.startswith(b"\xff\xd8")


async def test_a_photo_before_the_words_is_an_answer(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.sends_photo(jpeg())
    assert citizen.says in EARLY
    await fills_in(citizen)

    assert "Foto: JPEG" in citizen.says
    assert await files(bot) == [(1, "foto")]


async def test_photos_in_a_row_before_the_words_are_one_answer(bot: RunningBot) -> None:
    citizen = bot.citizen()
    for side in (40, 41, 42):
        await citizen.sends_photo(jpeg((side, 30)))
    await fills_in(citizen)

    assert await files(bot) == [(1, "foto")] * 3


async def test_a_photo_of_another_day_belongs_to_nothing(bot: RunningBot) -> None:
    citizen, clock = bot.citizen(), bot.clock
    await citizen.sends_photo(jpeg())
    clock.move(EARLY_KEPT + timedelta(minutes=1))
    await fills_in(citizen)
    assert text("formulir.tanya.foto") in citizen.says

    await bot.balai.jobs.run_due()
    assert await files(bot) == []


async def test_nobody_else_gets_a_photo_that_waits(bot: RunningBot) -> None:
    await bot.citizen(500).sends_photo(jpeg())
    await fills_in(bot.citizen(501))

    assert await files(bot) == [(None, "")]
    async with bot.sessions() as session:
        assert await session.scalar(select(Case.answers)) is not None
        assert len(await last_lines(session, "tg:500", 9)) == 2


@pytest.mark.parametrize("caption", [None, "jalan rusak parah"])
async def test_a_video_is_said_to_be_lost(bot: RunningBot, caption: str | None) -> None:
    citizen = bot.citizen()
    await citizen.sends_video(caption)

    assert citizen.news[0].text == text("berkas.video")
    assert len(citizen.news) == (2 if caption else 1), "the words are answered too"


async def test_a_photo_too_many_goes_beside_the_last(bot: RunningBot, nlu: ScriptedNlu) -> None:
    nlu.script["minta surat beda nama"] = "ajukan_layanan beda_nama"
    citizen = bot.citizen()
    await citizen.writes("minta surat beda nama")
    for side in (40, 41, 42):
        await citizen.sends_photo(jpeg((side, 30)))

    (_, first), (_, second), (_, third) = await files(bot)
    assert first != second == third
    *_, last = await names(bot)
    async with bot.sessions() as session:
        case = await session.scalar(select(Case))
        assert case is not None
        assert (case.answers[second]["nama"], case.answers[second]["jumlah"]) == (last, 2)


async def test_a_form_that_is_given_up_keeps_no_photo(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await fills_in(citizen)
    await citizen.sends_photo(jpeg())
    await citizen.taps("Batal")

    assert await files(bot) == []
