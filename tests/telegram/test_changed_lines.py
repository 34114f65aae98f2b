"""Lines that were changed after they were sent, and lines that others wrote."""

from __future__ import annotations

from sqlalchemy import select

from actions.storage.tables import Case, Message
from tests.support.database import LAMP, Database
from tests.support.running_bot import RunningBot, reference_of_tests

TEXTS = reference_of_tests().texts
NAME = "Siti Aminah"


async def answers(bot: RunningBot) -> dict[str, object]:
    async with bot.sessions() as session:
        return dict((await session.scalars(select(Case).order_by(Case.id.desc()))).one().answers)


async def test_the_answer_that_was_just_given_is_corrected(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start ktp_hilang")
    await citizen.writes("Siti Aminh")
    await citizen.edits(NAME)

    assert "sudah saya betulkan" in citizen.says.lower()
    assert (await answers(bot))["nama"] == NAME
    await citizen.edits("Siti Aminah Putri")
    assert (await answers(bot))["nama"] == "Siti Aminah Putri", "and once more"


async def test_a_change_of_nothing_is_not_answered(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start ktp_hilang")
    await citizen.writes(NAME)

    assert await citizen.edits(NAME) == []


async def test_a_change_that_cannot_be_read_is_explained_and_the_answer_stays(
    bot: RunningBot,
) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start ktp_hilang")
    await citizen.writes(NAME)
    await citizen.writes("3299014506880001")
    await citizen.edits("32990145068800")
    assert "14" in citizen.says
    assert (await answers(bot))["nik"] == "3299014506880001"

    await citizen.edits("3299014506880001")
    await citizen.writes("3299014506880001")
    assert (await answers(bot))["nik"] == "3299014506880001"


async def test_an_older_line_is_told_and_changes_nothing(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start ktp_hilang")
    await citizen.writes("Siti Aminh")
    older = citizen.written
    await citizen.writes("3299014506880001")
    await citizen.edits(NAME, older)

    assert citizen.says == TEXTS.plain("umum.diubah")
    assert (await answers(bot))["nama"] == "Siti Aminh"


async def test_a_line_is_older_once_a_button_was_pressed(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("menu")
    older = citizen.written
    await citizen.taps("Bantuan")
    await citizen.edits("petugas", older)

    assert citizen.says == TEXTS.plain("umum.diubah")


async def test_a_wish_that_was_changed_is_read_anew(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start ktp_hilang")
    await citizen.edits("/start lampu_jalan")

    assert "Lampu jalan" in citizen.says
    async with bot.sessions() as session:
        cases = (await session.scalars(select(Case).order_by(Case.id))).all()
    assert [case.closed_at is None for case in cases] == [False, True]


async def test_danger_in_a_changed_line_is_heard(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("tolong")
    older = citizen.written
    await citizen.writes("menu")
    await citizen.edits("tolong rumah saya kebakaran", older)

    assert "113" in citizen.says


async def test_an_officer_reads_that_a_line_was_changed(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("petugas")
    await citizen.writes("rumah nomor 12")
    await citizen.edits("rumah nomor 21")

    async with bot.sessions() as session:
        lines = [line.text for line in await session.scalars(select(Message))]
    assert "[mengubah pesannya] rumah nomor 21" in lines


async def test_a_message_of_others_tells_of_the_case_that_it_names(bot: RunningBot) -> None:
    stored = Database(bot.sessions, reference_of_tests(), bot.clock)
    case = await stored.file("lampu_jalan", LAMP, chat="tg:500")
    citizen = bot.citizen()
    await citizen.forwards(f"Sudah saya terima. Kode: {case.code}. Tolong diteruskan ke bapak")

    assert TEXTS.plain("status.nama.diterima") in citizen.says
    async with bot.sessions() as session:
        lines = [line.text for line in await session.scalars(select(Message))]
    assert lines[0].startswith("[meneruskan pesan] ")


async def test_a_forwarded_alarm_is_no_answer(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start lampu_jalan")
    await citizen.forwards("KEBAKARAN di pasar lama, tolong sebarkan")

    assert "113" in citizen.says
    assert "lokasi" not in await answers(bot)


async def test_what_others_wrote_is_read_like_ones_own_words(bot: RunningBot) -> None:
    citizen = bot.citizen()
    await citizen.writes("/start ktp_hilang")
    await citizen.forwards(NAME)

    assert (await answers(bot))["nama"] == NAME
