"""Officers hear on Telegram of what they want to, at work, without a word of any citizen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from actions.casework import ownership, privacy_requests, transfers
from actions.casework.cases import CITIZEN
from actions.casework.staff import Role
from actions.casework.transfers import Sending
from actions.domain.alerts import AlertEvent
from actions.domain.status import Status
from actions.domain.work import TransferKind
from actions.storage.tables import Case
from tests.support.database import BRIBE, KTP, LAMP, OTHER_CHAT, Database
from tests.support.running_bot import RunningBot, reference_of_tests
from tests.telegram.officers import CONSOLE, MORNING, UNIT, choose, hear, heard, officer

pytestmark = pytest.mark.usefixtures("at_work")

NIGHT = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)


async def test_a_new_case_is_told_with_code_matter_and_clock_alone(
    bot: RunningBot, stored: Database
) -> None:
    rina, _ = await officer(bot, stored)
    case = await stored.file(chat=OTHER_CHAT)
    await hear(bot)

    assert case.code in heard(rina)
    assert "KTP hilang" in heard(rina)
    assert "baru masuk" in heard(rina)
    for personal in (KTP["nama"], "Siti", KTP["nik"], KTP["hp"], OTHER_CHAT):
        assert str(personal) not in heard(rina)
    told = rina.chat.messages[-1]
    assert told.labels == ("Ambil", "Ingatkan nanti", "Buka")
    assert told.buttons[-1][0]["url"] == f"{CONSOLE}/permohonan/{case.id}"
    before = len(rina.chat.messages)
    await hear(bot)
    assert len(rina.chat.messages) == before, "once"


async def test_what_happened_before_the_first_look_is_old(
    bot: RunningBot, stored: Database
) -> None:
    await stored.file(chat=OTHER_CHAT)
    rina, _ = await officer(bot, stored)
    await hear(bot)
    assert "baru masuk" not in heard(rina)


async def test_the_village_is_said_and_a_secret_says_nothing(
    bot: RunningBot, stored: Database
) -> None:
    kades, _ = await officer(bot, stored, "kades", 901, unit="dishub")
    await stored.file("lampu_jalan", LAMP, chat=OTHER_CHAT)
    await hear(bot)
    assert "Mekarsari" in heard(kades)
    assert "pos ronda" not in heard(kades)

    bribe = await stored.file("pungli", BRIBE, chat=OTHER_CHAT)
    blind, _ = await officer(bot, stored, "blind", 902, unit=bribe.unit)
    knows, _ = await officer(bot, stored, "knows", 903, unit=bribe.unit, sees_secret=True)
    second = await stored.file("pungli", BRIBE, chat=OTHER_CHAT)
    await hear(bot)
    assert second.code in heard(knows)
    assert "laporan rahasia" in heard(knows)
    assert second.code not in heard(blind)


async def test_other_units_closed_accounts_and_the_unlinked_hear_nothing(
    bot: RunningBot, stored: Database
) -> None:
    others = [
        await officer(bot, stored, "budi", 901, unit="dishub"),
        await officer(bot, stored, "sari", 902, active=False),
    ]
    await stored.account("tuti", Role.OFFICER, UNIT)
    case = await stored.file(chat=OTHER_CHAT)
    await hear(bot)
    for person, _ in others:
        assert case.code not in heard(person)


async def test_at_night_only_what_is_urgent_is_told_and_the_rest_counted_in_the_morning(
    bot: RunningBot, stored: Database
) -> None:
    rina, _ = await officer(bot, stored)
    bot.clock.now = NIGHT
    await hear(bot)
    quiet = await stored.file(chat=OTHER_CHAT)
    await hear(bot)
    assert quiet.code not in heard(rina)

    async with bot.sessions.begin() as session:
        (await session.get_one(Case, (await stored.draft(chat="tg:77")).id)).urgent = True
    pressing = await stored.file(chat="tg:78")
    async with bot.sessions.begin() as session:
        (await session.get_one(Case, pressing.id)).urgent = True
    await hear(bot)
    assert pressing.code in heard(rina)
    assert "Mendesak" in heard(rina)

    bot.clock.now = MORNING + timedelta(days=3)
    before = len(rina.chat.messages)
    await hear(bot)
    (greeting,) = rina.chat.messages[before:]
    assert "Selamat pagi, Rina" in greeting.text
    assert "Baru: 2" in greeting.text
    assert greeting.buttons[0][0]["url"] == f"{CONSOLE}/meja"
    await hear(bot, hours=2)
    assert len(rina.chat.messages) == before + 1, "once a day"


async def test_what_is_switched_off_is_not_told(bot: RunningBot, stored: Database) -> None:
    rina, row = await officer(bot, stored)
    await choose(bot, row, AlertEvent.ANSWERED)
    case = await stored.file(chat=OTHER_CHAT)
    await hear(bot)
    assert case.code not in heard(rina)

    await stored.move(case, Status.INCOMPLETE, "fotonya kabur")
    await stored.move(case, Status.SUBMITTED, by=CITIZEN)
    await hear(bot)
    assert case.code in heard(rina)
    assert "warga sudah menjawab" in heard(rina)


async def test_an_answer_goes_to_who_has_the_case(bot: RunningBot, stored: Database) -> None:
    rina, row = await officer(bot, stored)
    sari, _ = await officer(bot, stored, "sari", 901)
    case = await stored.file(chat=OTHER_CHAT)
    await hear(bot)
    async with bot.sessions.begin() as session:
        await ownership.take(session, await session.get_one(Case, case.id), row, bot.clock())
    await stored.move(case, Status.INCOMPLETE, "fotonya kabur")
    await stored.move(case, Status.SUBMITTED, by=CITIZEN)
    await hear(bot)

    assert "warga sudah menjawab" in heard(rina)
    assert "Ambil" not in rina.chat.messages[-1].labels
    assert "baru masuk" in heard(sari)


async def test_a_case_that_is_sent_on_is_told_to_the_other_unit(
    bot: RunningBot, stored: Database
) -> None:
    rina, row = await officer(bot, stored)
    budi, _ = await officer(bot, stored, "budi", 901, unit="dishub")
    case = await stored.file(chat=OTHER_CHAT)
    async with bot.sessions.begin() as session:
        fresh = await session.get_one(Case, case.id)
        sending = Sending("dishub", TransferKind.HANDING_OVER, "ini soal jalan")
        await transfers.send(
            session, reference_of_tests(), fresh, sending, by=row, now=bot.clock()
        )
    await hear(bot)

    assert case.code in heard(budi)
    assert "ke unit Anda" in heard(budi)
    assert "soal jalan" not in heard(budi)
    assert "ke unit Anda" not in heard(rina)


async def test_a_request_by_right_and_a_waiting_citizen_are_told_to_who_wants(
    bot: RunningBot, stored: Database
) -> None:
    rina, row = await officer(bot, stored)
    case = await stored.file(chat=OTHER_CHAT)
    await hear(bot)
    async with bot.sessions.begin() as session:
        fresh = await session.get_one(Case, case.id)
        await privacy_requests.ask_correction(session, fresh, "nama salah", bot.clock())
    await hear(bot)
    assert "minta isiannya dibetulkan" in heard(rina)

    await choose(bot, row, *AlertEvent)
    await stored.escalation(chat="tg:79", unit=UNIT)
    await hear(bot)
    assert "Ada warga menunggu petugas" in heard(rina)
