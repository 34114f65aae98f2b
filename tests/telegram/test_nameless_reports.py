"""A report without a name: nothing unsealed joins it to its chat, and its news arrive."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, select, text

from actions.casework import anonymity, escalations, transcript
from actions.casework.escalations import Reason
from actions.domain.status import Status
from actions.storage.tables import Case, Chat, Escalation, Message, Outbox
from tests.support.database import Database
from tests.support.running_bot import RunningBot, reference_of_tests
from tests.support.telegram.people import Person

CHAT = "tg:500"
REFERENCE = reference_of_tests()
NAMELESS = REFERENCE.texts.plain("tombol.kirim_tanpa_nama")
STORY = "lampu gang mati sejak minggu lalu"
PLACE = "depan pos ronda RT 03 Mekarsari"


@pytest.fixture
def database(bot: RunningBot) -> Database:
    return Database(bot.sessions, REFERENCE, bot.clock)


async def fills_in(citizen: Person) -> None:
    await citizen.writes("/start lampu_jalan")
    await citizen.writes(PLACE)
    await citizen.taps("Mati")
    for _ in range(9):
        if "Lewati" not in citizen.chat.messages[-1].labels:
            return
        await citizen.taps("Lewati")


async def arrives(bot: RunningBot) -> None:
    """What was queued outside of a turn goes out."""
    bot.balai.wake()
    await bot.settle()


async def reports(bot: RunningBot, citizen: Person) -> Case:
    await fills_in(citizen)
    await citizen.taps(NAMELESS)
    async with bot.sessions() as session:
        return (await session.scalars(select(Case).where(Case.code.is_not(None)))).one()


async def unsealed(bot: RunningBot, needle: str, *, but: tuple[str, ...] = ()) -> list[str]:
    """The columns in which something stands as it is; whole tables are read for no other use."""
    found = []
    async with bot.sessions() as session:
        connection = await session.connection()
        names = await connection.run_sync(lambda c: inspect(c).get_table_names())
        for name in names:
            if name in but:
                continue
            rows = (await session.execute(text(f'/* whole */ SELECT * FROM "{name}"'))).mappings()  # noqa: S608
            found += [f"{name}.{k}" for row in rows for k, v in row.items() if needle in str(v)]
    return found


async def test_it_is_filed_under_a_pseudonym_that_nothing_unsealed_leads_back_from(
    bot: RunningBot,
) -> None:
    citizen = bot.citizen()
    case = await reports(bot, citizen)

    assert "tanpa nama" in citizen.says
    assert case.anonymous
    assert anonymity.is_pseudonym(case.chat)
    assert not await unsealed(bot, case.chat.partition("~")[2], but=("cases", "chats", "messages"))
    async with bot.sessions() as session:
        of_chat = (await session.scalars(select(Message).where(Message.chat == CHAT))).all()
    assert [
        line.text for line in of_chat if PLACE in line.text or str(case.code) in line.text
    ] == []


async def test_its_citizen_hears_of_it_and_may_ask(bot: RunningBot, database: Database) -> None:
    citizen = bot.citizen()
    case = await reports(bot, citizen)

    await database.move(case, Status.VERIFIED)
    await arrives(bot)
    assert str(case.code) in citizen.says

    await citizen.writes("/status")
    assert str(case.code) in citizen.says
    assert "Lihat" not in citizen.says
    stranger = bot.citizen(501)
    await stranger.writes(f"/status {case.code}")
    assert "Rinciannya hanya" in stranger.says


async def test_what_an_officer_asks_is_answered_without_a_name(
    bot: RunningBot, database: Database
) -> None:
    citizen = bot.citizen()
    case = await reports(bot, citizen)

    await database.move(case, Status.NEEDS_DETAIL, "Nomor tiangnya berapa?")
    await arrives(bot)
    await citizen.taps("Lengkapi sekarang")
    await citizen.writes("nomor 114")
    await citizen.taps("Kirim")

    fresh = await database.fresh(case)
    assert fresh.status == Status.RECEIVED
    assert "nomor 114" in str(fresh.answers)
    async with bot.sessions() as session:
        of_chat = (await session.scalars(select(Message).where(Message.chat == CHAT))).all()
    assert not any(str(case.code) in line.text for line in of_chat)


async def test_an_officer_who_writes_talks_with_the_pseudonym(
    bot: RunningBot, database: Database
) -> None:
    citizen = bot.citizen()
    case = await reports(bot, citizen)
    rina = await database.account(unit="dishub")

    talk = await database.escalation(chat=case.chat, reason=Reason.OFFICER, case=case)
    async with bot.sessions.begin() as session:
        session.add(talk)
        await escalations.claim(session, REFERENCE, talk, rina, bot.clock.now)
        say = "Tiangnya di sebelah mana?"
        await escalations.say(session, REFERENCE, talk, rina, say, bot.clock.now)
    await arrives(bot)
    assert "sebelah mana" in citizen.says
    await citizen.writes("sebelah kiri gapura")

    async with bot.sessions() as session:
        talk = await session.get_one(Escalation, talk.id)
        lines = await transcript.of_escalation(session, rina, talk, bot.clock.now)
        of_chat = (await session.scalars(select(Message).where(Message.chat == CHAT))).all()
    assert "sebelah kiri gapura" in [line.text for line in lines]
    assert "sebelah kiri gapura" not in [line.text for line in of_chat]


async def test_a_chat_that_blocks_hears_later_what_it_missed(
    bot: RunningBot, database: Database
) -> None:
    citizen = bot.citizen()
    case = await reports(bot, citizen)
    await citizen.blocks()
    await database.move(case, Status.VERIFIED)
    bot.balai.wake()
    await bot.settle()
    citizen.chat.blocked = False

    await citizen.writes("menu")

    assert any(str(case.code) in sent.text for sent in citizen.news)
    async with bot.sessions() as session:
        row = await session.get_one(Chat, case.chat)
    assert not row.blocked


async def test_who_has_their_data_erased_leaves_no_way_back_to_it(
    bot: RunningBot, database: Database
) -> None:
    citizen = bot.citizen()
    case = await reports(bot, citizen)
    await database.move(case, Status.REJECTED, "Sudah diperbaiki kemarin.")
    await arrives(bot)

    await citizen.writes("data saya")
    assert "1 permohonan atau laporan" in citizen.says
    await citizen.taps("Hapus data saya")
    await citizen.taps("Ya, hapus")

    fresh = await database.fresh(case)
    assert fresh.answers == {}
    assert fresh.chat == "nobody"


async def test_the_outbox_sends_home_and_keeps_only_the_pseudonym(
    bot: RunningBot, database: Database
) -> None:
    citizen = bot.citizen()
    case = await reports(bot, citizen)
    await database.move(case, Status.VERIFIED)
    await arrives(bot)

    async with bot.sessions() as session:
        rows = (await session.scalars(select(Outbox).where(Outbox.chat == case.chat))).all()
    assert [row.done_at is not None for row in rows] == [True]
