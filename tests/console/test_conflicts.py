"""Two people at the same case or escalation: one effect, and nobody loses what was typed."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from actions.casework import cases
from actions.casework.chats import lock_chat
from actions.casework.escalations import State
from actions.domain.status import Status
from actions.storage.tables import Case, CaseEvent, Escalation, Outbox
from tests.console.conftest import LogIn, Woken
from tests.support.database import CHAT, KTP, Database

CONFLICT = "sudah diubah orang lain"
BOTH = [pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """Locks are the database's work, so both kinds must agree."""
    url: str = request.getfixturevalue(f"{request.param}_database")
    return url


async def _status(database: Database, case: Case) -> str:
    async with database.sessions() as session:
        return (await session.get_one(Case, case.id)).status


async def _told(database: Database) -> list[str]:
    async with database.sessions() as session:
        found = await session.scalars(select(Outbox).where(Outbox.chat == CHAT))
        return [message.payload["text"] for message in found]


async def _escalations(database: Database) -> list[Escalation]:
    async with database.sessions() as session:
        return list((await session.scalars(select(Escalation))).all())


async def test_who_saves_second_is_told_and_loses_nothing(
    database: Database, log_in: LogIn, woken: Woken
) -> None:
    case = await database.file()
    rina, sari = await log_in("rina"), await log_in("sari")
    await rina.open(f"/permohonan/{case.id}")
    await sari.open(f"/permohonan/{case.id}")
    await rina.press("Mulai periksa")
    await sari.press("Minta dilengkapi", isi="KTP-nya kabur, Bu.")
    assert (sari.status, CONFLICT in sari.words) == (409, True)
    assert "Perubahan terakhir: Diperiksa, oleh Rina" in sari.words
    assert await _status(database, case) == "diperiksa"
    assert sari.form("Minta dilengkapi").values["isi"] == "KTP-nya kabur, Bu."
    await sari.press("Minta dilengkapi")
    assert await _status(database, case) == "belum_lengkap"
    assert woken.times == 2


async def test_what_the_citizen_changes_meanwhile_is_a_conflict_too(
    database: Database, log_in: LogIn
) -> None:
    officer = await database.account("rina")
    case = await database.file()
    await database.move(case, Status.INCOMPLETE, "nama kurang", by=officer)
    rina = await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    async with database.sessions.begin() as session:
        fresh = await session.get_one(Case, case.id)
        cases.save_answers(fresh, {**KTP, "nama": "Siti Aminah Putri"}, database.clock.now)
    await rina.press("Tolak", isi="nama tidak cocok")
    assert (rina.status, CONFLICT in rina.words) == (409, True)
    assert "Siti Aminah Putri" in rina.words
    assert await _status(database, case) == "belum_lengkap"


async def test_two_who_save_at_once_have_one_effect(database: Database, log_in: LogIn) -> None:
    case = await database.file()
    officers = [await log_in("rina"), await log_in("sari")]
    for officer in officers:
        await officer.open(f"/permohonan/{case.id}")
    await asyncio.gather(*(o.press("Mulai periksa") for o in officers))
    assert sorted(officer.status for officer in officers) == [200, 409]
    async with database.sessions() as session:
        events = (await session.scalars(select(CaseEvent.to_status))).all()
        assert list(events) == ["diajukan", "diperiksa"]
        assert len((await session.scalars(select(Outbox))).all()) == 1


async def test_who_comes_second_is_told_and_keeps_the_words(
    database: Database, log_in: LogIn
) -> None:
    escalation = await database.escalation()
    rina, sari = await log_in("rina"), await log_in("sari")
    await rina.open(f"/percakapan/{escalation.id}")
    await sari.open(f"/percakapan/{escalation.id}")
    claim, close = sari.form("Saya tangani"), sari.form("Tutup percakapan")
    await rina.press("Saya tangani")
    await sari.press("Kirim pesan", isi="Ini Sari, <b>ada</b> apa?")
    assert (sari.status, "ditangani orang lain" in sari.words) == (409, True)
    assert "sedang ditangani Rina" in sari.words
    assert "Ini Sari, &lt;b&gt;ada&lt;/b&gt; apa?" in sari.html
    await sari.post(claim.action, claim.values)
    assert sari.status == 409
    await sari.post(close.action, close.values)
    assert sari.status == 409
    assert [text for text in await _told(database) if "Sari" in text] == []
    assert (await _escalations(database))[0].status == State.CLAIMED


async def test_two_who_claim_at_once_have_one_effect(database: Database, log_in: LogIn) -> None:
    escalation = await database.escalation()
    officers = [await log_in("rina"), await log_in("sari")]
    for officer in officers:
        await officer.open(f"/percakapan/{escalation.id}")
    await asyncio.gather(*(officer.press("Saya tangani") for officer in officers))
    assert sorted(officer.status for officer in officers) == [200, 409]
    assert len(await _told(database)) == 1


async def _until_somebody_waits(database: Database) -> None:
    """Until PostgreSQL has a lock that is asked for and not granted."""
    async with asyncio.timeout(20), database.sessions() as session:
        while not await session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
            await session.rollback()


@pytest.mark.parametrize("button", ["Saya tangani", "Kirim pesan", "Tutup percakapan"])
async def test_an_officer_waits_for_the_citizens_turn(
    button: str, database: Database, log_in: LogIn
) -> None:
    """Both lock the chat first, so that neither holds what the other waits for."""
    escalation = await database.escalation()
    rina = await log_in("rina")
    await rina.open(f"/percakapan/{escalation.id}")
    filled = {"isi": "Selamat pagi"} if button == "Kirim pesan" else {}
    async with database.sessions.begin() as turn:
        await lock_chat(turn, CHAT, database.clock.now)
        pressed = asyncio.create_task(rina.press(button, **filled))
        if turn.get_bind().dialect.name == "postgresql":
            await _until_somebody_waits(database)
        held = await turn.get_one(Escalation, escalation.id)
        held.active_at = database.clock.now + timedelta(minutes=1)
    await pressed
    assert (rina.status, await _told(database) != []) == (200, True)


@pytest.mark.parametrize("step", ["Siap diambil", "Batalkan atas permintaan warga"])
async def test_a_move_waits_for_the_citizens_turn(
    step: str, database: Database, log_in: LogIn
) -> None:
    case = await database.file()
    rina = await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    async with database.sessions.begin() as turn:
        await lock_chat(turn, CHAT, database.clock.now)
        pressed = asyncio.create_task(rina.press(step))
        if turn.get_bind().dialect.name == "postgresql":
            await _until_somebody_waits(database)
        held = await turn.get_one(Case, case.id)
        cases.save_answers(held, {**KTP, "nama": "Siti"}, database.clock.now)
    await pressed
    assert (rina.status, CONFLICT in rina.words) == (409, True)
    assert await _status(database, case) == "diajukan"
