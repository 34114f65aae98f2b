"""A chat that does too much is braked, told once, and nobody else notices."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from actions.domain.codes import new_code
from actions.storage.tables import Attachment, Case, Escalation, Inbox, Message
from tests.storage.pictures import jpeg
from tests.support.clock import Clock
from tests.support.nlu import ScriptedNlu
from tests.support.running_bot import RunningBot
from tests.support.telegram.api import BotApi
from tests.support.telegram.people import Person

LIMIT = 3
TOO_FAST = "tidak saya baca"
TAKEN, UNKNOWN, ALSO_UNKNOWN = (new_code("SMJ", Random(number)) for number in range(3))
DANGER = "tolong rumah saya kebakaran"


@pytest.fixture
async def bot(
    api: BotApi, nlu: ScriptedNlu, clock: Clock, sqlite_database: str, tmp_path: Path
) -> AsyncIterator[RunningBot]:
    """A bot with low limits on everything but messages."""
    limits = {"chat_files_per_hour": 2, "chat_drafts_per_day": 2, "chat_guesses_per_hour": 2}
    bot = RunningBot(api, sqlite_database, tmp_path, nlu=nlu, clock=clock, **limits)
    await bot.start()
    yield bot
    await bot.stop()


@pytest.fixture
async def brisk(
    api: BotApi, nlu: ScriptedNlu, clock: Clock, sqlite_database: str, tmp_path: Path
) -> AsyncIterator[RunningBot]:
    """A bot that reads three messages a minute."""
    bot = RunningBot(
        api, sqlite_database, tmp_path, nlu=nlu, clock=clock, chat_messages_per_minute=LIMIT
    )
    await bot.start()
    yield bot
    await bot.stop()


async def count(bot: RunningBot, table: type, *where: object) -> int:
    async with bot.sessions() as session:
        rows = select(func.count()).select_from(table).where(*where)  # type: ignore[arg-type]
        return await session.scalar(rows) or 0


async def write_all(person: Person, number: int) -> None:
    for each in range(number):
        await person.writes("menu" if each % 2 else "/start")


async def test_who_writes_too_much_is_told_once_and_read_again_later(brisk: RunningBot) -> None:
    citizen = brisk.citizen()
    await write_all(citizen, LIMIT)
    told = await citizen.writes("halo <b>banyak</b> sekali")
    assert len(told) == 1
    assert TOO_FAST in citizen.says
    assert '"halo <b>banyak</b> sekali"' in citizen.says
    assert "sampai pukul 09.01 WIB" in citizen.says

    for _ in range(10):
        assert await citizen.writes("halo lagi") == []
    other = brisk.citizen(501)
    assert await other.writes("/start")

    brisk.clock.move(timedelta(minutes=1))
    assert TOO_FAST not in "".join(sent.text for sent in await citizen.writes("menu"))
    assert citizen.news
    assert await count(brisk, Inbox, Inbox.handled_at.is_(None)) == 0
    assert await count(brisk, Escalation) == 0


async def test_a_brake_survives_a_restart(brisk: RunningBot) -> None:
    citizen = brisk.citizen()
    await write_all(citizen, LIMIT + 1)
    await brisk.rebuild()
    assert await citizen.writes("menu") == []


async def test_danger_is_never_braked(brisk: RunningBot) -> None:
    citizen = brisk.citizen()
    await write_all(citizen, LIMIT + 2)
    for _ in range(2):
        await citizen.writes(DANGER)
        assert "113" in citizen.says


async def test_what_piled_up_while_the_bot_was_away_is_read(brisk: RunningBot) -> None:
    citizen, writer = brisk.citizen(), Person(brisk.api, 500)
    await brisk.stop()
    for _ in range(3 * LIMIT):
        await writer.writes("menu")
        brisk.clock.move(timedelta(seconds=25))
    await brisk.rebuild()
    await brisk.settle()

    assert len(citizen.chat.messages) == 3 * LIMIT
    assert not [sent for sent in citizen.chat.messages if TOO_FAST in sent.text]


async def test_buttons_edits_and_stickers_count_too(brisk: RunningBot) -> None:
    citizen = brisk.citizen()
    await citizen.writes("menu")
    await citizen.sends_sticker()
    await citizen.edits("menu")
    await citizen.taps("Lapor masalah")
    assert "kiriman terakhir tadi" in citizen.says
    assert await citizen.taps("Lapor masalah") == []
    assert brisk.api.world.unanswered() == []


async def test_a_place_that_moves_is_no_message(brisk: RunningBot) -> None:
    citizen = brisk.citizen()
    await citizen.sends_location(-6.9, 107.6)
    shared = citizen.last
    for _ in range(2 * LIMIT):
        citizen.last = shared
        assert await citizen.edits("") == []
    assert TOO_FAST not in "".join(sent.text for sent in await citizen.writes("menu"))


async def test_the_officers_group_is_not_braked(brisk: RunningBot) -> None:
    officer = brisk.officer()
    for _ in range(LIMIT + 2):
        await officer.writes("halo")
    assert not [sent for sent in officer.chat.messages if TOO_FAST in sent.text]


async def test_too_many_photos_are_not_kept_and_that_is_said_once(bot: RunningBot) -> None:
    citizen = bot.citizen()
    for side in (20, 21):
        await citizen.sends_photo(jpeg((side, 20)))
    await citizen.sends_photo(jpeg((22, 20)))
    assert "tidak saya simpan" in citizen.says
    assert await citizen.sends_photo(jpeg((23, 20))) == []
    assert await citizen.sends_photo(jpeg((24, 20)), "menu"), "what is written below is read"
    assert await count(bot, Attachment) == 2
    assert bot.api.calls["getFile"] == 2

    bot.clock.move(timedelta(minutes=61))
    await citizen.sends_photo(jpeg((25, 20)))
    assert "tidak saya simpan" not in citizen.says
    assert await count(bot, Attachment) == 3


async def test_an_album_beyond_the_limit_is_told_once(bot: RunningBot) -> None:
    citizen = bot.citizen()
    for side in range(20, 28):
        await citizen.sends_photo(jpeg((side, 20)), album="a")
    told = [sent for sent in citizen.chat.messages if "tidak saya simpan" in sent.text]
    assert len(told) == 1
    assert await count(bot, Attachment) == 2


async def begin(citizen: Person, slug: str) -> str:
    await citizen.writes("batal")
    await citizen.writes(f"/start {slug}")
    return citizen.says


async def test_too_many_forms(bot: RunningBot) -> None:
    citizen = bot.citizen()
    for slug in ("ktp_hilang", "kk_hilang"):
        assert "Siapa nama" in await begin(citizen, slug)
    for _ in range(2):
        said = await begin(citizen, "domisili")
        assert "sudah 2 formulir" in said
        assert "besok, Sabtu, 28 November pukul 09.00 WIB" in said
    assert await count(bot, Escalation) == 0

    bot.clock.move(timedelta(days=1))
    assert "Siapa nama" in await begin(citizen, "domisili")


async def test_codes_of_others_are_looked_up_a_few_times(bot: RunningBot) -> None:
    citizen, stranger = bot.citizen(), bot.citizen(501)
    await citizen.writes("/start")
    await filed(bot, "tg:500", TAKEN)
    await stranger.writes(f"/status {TAKEN}")
    seen = stranger.says
    await stranger.writes(f"/status {UNKNOWN}")
    unknown = stranger.says
    for code in (TAKEN, ALSO_UNKNOWN):
        await stranger.writes(f"/status {code}")
        assert "bukan kode Bapak/Ibu" in stranger.says, "of neither is said whether it exists"
    assert "bukan kode" not in seen + unknown

    for _ in range(4):
        await citizen.writes(f"/status {TAKEN}")
        assert "bukan kode" not in citizen.says, "one's own is always there"


async def filed(bot: RunningBot, chat: str, code: str) -> None:
    """A case that this chat has handed in."""
    async with bot.sessions.begin() as session:
        now = bot.clock()
        case = Case(code=code, chat=chat, kind="permohonan", slug="ktp_hilang", unit="disdukcapil")
        case.status, case.answers, case.form = "diajukan", {}, {}
        case.created_at = case.updated_at = case.submitted_at = now
        session.add(case)


async def test_nothing_braked_is_noted_as_read(brisk: RunningBot) -> None:
    citizen = brisk.citizen()
    await write_all(citizen, LIMIT)
    for _ in range(3):
        await citizen.writes("ini tidak dibaca")
    lines = await count(brisk, Message, Message.sender == "warga")
    assert lines == LIMIT
