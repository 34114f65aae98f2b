"""Escalations: taking one, answering, passing words both ways, giving the chat back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.casework import escalations, outbox
from actions.casework.chats import lock_chat
from actions.casework.escalations import Reason, State
from actions.casework.staff import Role
from actions.domain.memory import ChatMemory
from actions.storage.tables import AccessLog, Chat, Escalation, Outbox
from tests.console.conftest import LogIn, Woken
from tests.support.clock import Clock
from tests.support.database import CHAT, LAMP, Database


async def _told(database: Database, chat: str = CHAT) -> list[str]:
    """The words that wait for the citizen."""
    async with database.sessions() as session:
        found = await session.scalars(
            select(Outbox).where(Outbox.chat == chat).order_by(Outbox.id)
        )
        return [message.payload["text"] for message in found]


async def _is_silent(database: Database, chat: str = CHAT) -> bool:
    async with database.sessions() as session:
        return ChatMemory.from_json((await session.get_one(Chat, chat)).state).with_human


async def _escalations(database: Database) -> list[Escalation]:
    async with database.sessions() as session:
        return list((await session.scalars(select(Escalation))).all())


async def test_nobody_waits(log_in: LogIn) -> None:
    rina = await log_in("rina")
    await rina.open("/percakapan")
    assert "Tidak ada warga yang menunggu" in rina.words
    await rina.open(rina.links["Sudah selesai"])
    assert "Belum ada percakapan yang selesai" in rina.words


async def test_an_alert_that_did_not_reach_the_group_is_shown(
    database: Database, log_in: LogIn
) -> None:
    await database.escalation(chat="tg:1")
    unheard = await database.escalation(chat="tg:2")
    async with database.sessions.begin() as session:
        await outbox.give_up(session, unheard.alert_id or 0, "BadRequest", database.clock.now)
    rina = await log_in("rina")
    assert "1 peringatan tidak sampai ke grup" in rina.words
    await rina.open("/percakapan")
    assert rina.words.count("Peringatan ke grup petugas tidak sampai") == 1


async def test_who_waits_longest_is_at_the_top(
    database: Database, log_in: LogIn, clock: Clock
) -> None:
    staff = await database.account("rina")
    taken = await database.escalation(chat="tg:3")
    clock.move(timedelta(minutes=5))
    first = await database.escalation(chat="tg:1", reason=Reason.ANGRY)
    clock.move(timedelta(hours=2))
    second = await database.escalation(chat="tg:2")
    async with database.sessions.begin() as session:
        fresh = await session.merge(taken)
        await escalations.claim(session, database.reference, fresh, staff, clock.now)
    clock.move(timedelta(minutes=10))
    rina = await log_in("rina")
    await rina.open("/percakapan")
    order = [
        rina.html.index(f'href="/percakapan/{escalation.id}"')
        for escalation in (first, second, taken)
    ]
    assert order == sorted(order)
    assert "warga marah" in rina.words
    assert "sudah menunggu 2 jam 10 menit" in rina.words
    assert "sudah menunggu 10 menit" in rina.words
    assert "ditangani setelah 2 jam 5 menit" in rina.words
    assert rina.links["Meja 2 menunggu"] == "/meja"


async def test_an_escalation_says_why_and_what_was_understood(
    database: Database, log_in: LogIn
) -> None:
    await database.say("ktp saya gimana sih")
    escalation = await database.escalation(
        unit="disdukcapil",
        reason=Reason.NOT_UNDERSTOOD,
        understood={
            "topik": "ktp_hilang",
            "niat": [
                {"name": "cek_status", "confidence": 0.714},
                {"name": "lapor", "confidence": 0.01},
            ],
            "sasaran": [
                {"name": "ktp_hilang", "confidence": 0.83},
                {"name": "samsat", "confidence": 0.11},
            ],
        },
    )
    rina = await log_in("rina", unit="disdukcapil")
    await rina.open(f"/percakapan/{escalation.id}")
    assert "bot tidak paham" in rina.words
    assert "71 persen yakin" in rina.words
    assert "1 persen yakin" not in rina.words.replace("71 persen", "").replace("11 persen", "")
    assert "Samsat" in rina.words
    assert rina.words.count("ktp saya gimana sih") == 1
    async with database.sessions() as session:
        look = (await session.scalars(select(AccessLog))).one()
    assert (look.action, look.escalation_id) == ("percakapan", escalation.id)


async def test_claim_answer_and_close_reach_the_citizen(
    database: Database, log_in: LogIn, woken: Woken, clock: Clock
) -> None:
    escalation = await database.escalation()
    rina = await log_in("rina")
    await rina.open(f"/percakapan/{escalation.id}")
    await rina.press("Saya tangani")
    assert "Anda yang menangani" in rina.words
    assert await _is_silent(database)
    clock.move(timedelta(minutes=1))
    await database.say("halo bu")
    await rina.press("Kirim pesan", isi="Selamat pagi <Bu>,\r\nada yang bisa saya bantu?")
    assert "Pesan masuk antrean" in rina.words
    assert "halo bu" in rina.words
    await rina.press("Tutup percakapan")
    assert "Balai kembali menjawab" in rina.words
    assert not await _is_silent(database)
    claimed, said, closed = await _told(database)
    assert "Rina sekarang menjawab" in claimed
    assert "<b>Rina</b>\nSelamat pagi &lt;Bu&gt;,\nada yang bisa" in said
    assert "sudah selesai" in closed
    assert woken.times == 3
    assert not {"Kirim pesan", "Saya tangani", "Tutup percakapan"} & set(rina.buttons)
    await rina.open("/percakapan?selesai=1")
    assert f"/percakapan/{escalation.id}" in rina.links.values()


async def test_the_first_answer_takes_the_escalation(database: Database, log_in: LogIn) -> None:
    escalation = await database.escalation()
    rina = await log_in("rina")
    await rina.open(f"/percakapan/{escalation.id}")
    await rina.press("Kirim pesan", isi="Baik Pak")
    assert "oleh Rina" in rina.words
    assert await _is_silent(database)


async def test_an_empty_message_is_not_sent(
    database: Database, log_in: LogIn, woken: Woken
) -> None:
    escalation, case = await database.escalation(), await database.file()
    rina = await log_in("rina")
    for path in (f"/percakapan/{escalation.id}", f"/permohonan/{case.id}"):
        await rina.open(path)
        await rina.press("Kirim pesan", isi=" \n ")
        assert (rina.status, "masih kosong" in rina.words) == (422, True)
    assert await _told(database) == []
    assert woken.times == 0


async def test_a_form_that_is_sent_twice_is_one_message(
    database: Database, log_in: LogIn, clock: Clock
) -> None:
    escalation = await database.escalation()
    rina = await log_in("rina")
    await rina.open(f"/percakapan/{escalation.id}")
    form = rina.form("Kirim pesan")
    for _ in range(2):
        await rina.post(form.action, {**form.values, "isi": "Sebentar ya, saya cek."})
        assert rina.status == 200
    assert len([text for text in await _told(database) if "saya cek" in text]) == 1
    clock.move(timedelta(minutes=5))
    await rina.post(form.action, {**form.values, "isi": "Sebentar ya, saya cek."})
    assert len([text for text in await _told(database) if "saya cek" in text]) == 2


async def test_a_supervisor_may_close_what_another_answers(
    database: Database, log_in: LogIn
) -> None:
    rina = await database.account("rina")
    escalation = await database.escalation()
    async with database.sessions.begin() as session:
        fresh = await session.merge(escalation)
        await escalations.claim(session, database.reference, fresh, rina, database.clock.now)
    budi = await log_in("budi", Role.SUPERVISOR)
    await budi.open(f"/percakapan/{escalation.id}")
    assert "Kirim pesan" not in budi.buttons
    await budi.press("Tutup percakapan")
    assert (await _escalations(database))[0].status == State.CLOSED


async def test_nothing_is_sent_after_the_end(database: Database, log_in: LogIn) -> None:
    escalation = await database.escalation()
    rina = await log_in("rina")
    await rina.open(f"/percakapan/{escalation.id}")
    form = rina.form("Kirim pesan")
    await rina.press("Tutup percakapan")
    await rina.post(form.action, {**form.values, "isi": "satu lagi"})
    assert (rina.status, "satu lagi" in rina.html) == (409, True)
    assert not await _is_silent(database)


async def test_writing_from_a_case_opens_an_escalation_that_nobody_is_alarmed_of(
    database: Database, log_in: LogIn, woken: Woken
) -> None:
    case = await database.file()
    rina = await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    await rina.press("Kirim pesan", isi="Bu, nama di KK sudah betul?")
    escalation = (await _escalations(database))[0]
    assert rina.address == f"/permohonan/{case.id}"
    assert (escalation.reason, escalation.status, escalation.case_id) == (
        "petugas",
        "ditangani",
        case.id,
    )
    assert await _told(database, str(database.reference.staff_chat)) == []
    assert woken.times == 1
    await rina.press("Kirim pesan", isi="Saya tunggu ya.")
    assert len(await _escalations(database)) == 1
    await rina.press("Tutup percakapan")
    assert rina.address == f"/permohonan/{case.id}"
    assert (await _escalations(database))[0].status == "selesai"


async def test_a_citizen_who_talks_with_another_unit_is_not_interrupted(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file()
    await database.escalation(unit="inspektorat", understood={"topik": "pungli"})
    rina = await log_in("rina", unit="disdukcapil")
    await rina.open(f"/permohonan/{case.id}")
    await rina.press("Kirim pesan", isi="Bu, nama di KK sudah betul?")
    assert rina.status == 409
    assert "pungli" not in rina.words.lower()
    assert rina.form("Kirim pesan").values["isi"] == "Bu, nama di KK sudah betul?"
    assert await _told(database) == []


async def test_officers_are_warned_of_a_chat_that_blocks_the_bot(
    database: Database, log_in: LogIn
) -> None:
    escalation, case = await database.escalation(), await database.file()
    async with database.sessions.begin() as session:
        (await lock_chat(session, CHAT, database.clock.now)).blocked = True
    rina = await log_in("rina")
    for path in (f"/percakapan/{escalation.id}", f"/permohonan/{case.id}"):
        await rina.open(path)
        assert "memblokir Balai" in rina.words


async def test_new_lines_can_be_asked_for_alone(
    database: Database, log_in: LogIn, clock: Clock
) -> None:
    escalation = await database.escalation(unit="disdukcapil")
    clock.move(timedelta(minutes=1))
    await database.say("masih di sana?")
    rina, dewi = await log_in("rina"), await log_in("dewi", unit="dishub")
    await rina.open(f"/percakapan/{escalation.id}/baris")
    assert "masih di sana?" in rina.words
    assert "<html" not in rina.html
    await dewi.open(f"/percakapan/{escalation.id}/baris")
    assert dewi.status == 404


@pytest.mark.parametrize("path", ["ambil", "jawab", "tutup"])
async def test_another_units_escalation_cannot_be_touched(
    path: str, database: Database, log_in: LogIn
) -> None:
    escalation = await database.escalation(unit="disdukcapil")
    dewi = await log_in("dewi", unit="dishub")
    csrf = dewi.form("Keluar").values["csrf"]
    await dewi.post(f"/percakapan/{escalation.id}/{path}", {"csrf": csrf, "isi": "halo"})
    assert dewi.status == 404
    assert (await _escalations(database))[0].status == State.WAITING


async def test_an_escalation_from_a_complaint_links_to_it(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file("lampu_jalan", LAMP)
    escalation = await database.escalation(unit="dishub", reason=Reason.LOW_SCORE, case=case)
    dewi = await log_in("dewi", unit="dishub")
    await dewi.open(f"/percakapan/{escalation.id}")
    await dewi.open(dewi.links[f"{case.code} Lampu jalan mati"])
    assert dewi.address == f"/permohonan/{case.id}"
