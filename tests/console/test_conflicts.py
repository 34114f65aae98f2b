"""Two people at the same case or talk: one effect, and nobody loses what was typed."""

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
from tests.console.database import CHAT, KTP, Village

CONFLICT = "sudah diubah orang lain"
BOTH = [pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """Locks are the database's work, so both kinds must agree."""
    url: str = request.getfixturevalue(f"{request.param}_database")
    return url


async def _status(village: Village, case: Case) -> str:
    async with village.sessions() as session:
        return (await session.get_one(Case, case.id)).status


async def _told(village: Village) -> list[str]:
    async with village.sessions() as session:
        found = await session.scalars(select(Outbox).where(Outbox.chat == CHAT))
        return [message.payload["text"] for message in found]


async def _talks(village: Village) -> list[Escalation]:
    async with village.sessions() as session:
        return list((await session.scalars(select(Escalation))).all())


async def test_who_saves_second_is_told_and_loses_nothing(
    village: Village, log_in: LogIn, woken: Woken
) -> None:
    await village.account("rina")
    await village.account("sari")
    case = await village.case()
    rina, sari = await log_in("rina"), await log_in("sari")
    await rina.open(f"/permohonan/{case.id}")
    await sari.open(f"/permohonan/{case.id}")
    await rina.press("Simpan status", tujuan="diperiksa")
    await sari.press("Simpan status", tujuan="belum_lengkap", keterangan="KTP-nya kabur, Bu.")
    assert (sari.status, CONFLICT in sari.words) == (409, True)
    assert "Perubahan terakhir: Diperiksa, oleh Rina" in sari.words
    assert await _status(village, case) == "diperiksa"
    kept = sari.form("Simpan status").values
    assert (kept["tujuan"], kept["keterangan"]) == ("belum_lengkap", "KTP-nya kabur, Bu.")
    await sari.press("Simpan status")
    assert await _status(village, case) == "belum_lengkap"
    assert woken.times == 2


async def test_what_the_citizen_changes_meanwhile_is_a_conflict_too(
    village: Village, log_in: LogIn
) -> None:
    officer = await village.account("rina")
    case = await village.case()
    await village.move(case, Status.INCOMPLETE, officer, "nama kurang")
    rina = await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    async with village.sessions.begin() as session:
        fresh = await session.get_one(Case, case.id)
        cases.save_answers(fresh, {**KTP, "nama": "Siti Aminah Putri"}, village.clock.now)
    await rina.press("Simpan status", tujuan="ditolak", keterangan="nama tidak cocok")
    assert (rina.status, CONFLICT in rina.words) == (409, True)
    assert "Siti Aminah Putri" in rina.words
    assert await _status(village, case) == "belum_lengkap"


async def test_two_who_save_at_once_have_one_effect(village: Village, log_in: LogIn) -> None:
    await village.account("rina")
    await village.account("sari")
    case = await village.case()
    officers = [await log_in("rina"), await log_in("sari")]
    for officer in officers:
        await officer.open(f"/permohonan/{case.id}")
    await asyncio.gather(*(o.press("Simpan status", tujuan="diperiksa") for o in officers))
    assert sorted(officer.status for officer in officers) == [200, 409]
    async with village.sessions() as session:
        events = (await session.scalars(select(CaseEvent.to_status))).all()
        assert list(events) == ["diajukan", "diperiksa"]
        assert len((await session.scalars(select(Outbox))).all()) == 1


async def test_who_comes_second_is_told_and_keeps_the_words(
    village: Village, log_in: LogIn
) -> None:
    await village.account("rina")
    await village.account("sari")
    talk = await village.talk()
    rina, sari = await log_in("rina"), await log_in("sari")
    await rina.open(f"/percakapan/{talk.id}")
    await sari.open(f"/percakapan/{talk.id}")
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
    assert [text for text in await _told(village) if "Sari" in text] == []
    assert (await _talks(village))[0].status == State.CLAIMED


async def test_two_who_claim_at_once_have_one_effect(village: Village, log_in: LogIn) -> None:
    await village.account("rina")
    await village.account("sari")
    talk = await village.talk()
    officers = [await log_in("rina"), await log_in("sari")]
    for officer in officers:
        await officer.open(f"/percakapan/{talk.id}")
    await asyncio.gather(*(officer.press("Saya tangani") for officer in officers))
    assert sorted(officer.status for officer in officers) == [200, 409]
    assert len(await _told(village)) == 1


async def _until_somebody_waits(village: Village) -> None:
    """Until PostgreSQL has a lock that is asked for and not granted."""
    async with asyncio.timeout(20), village.sessions() as session:
        while not await session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
            await session.rollback()


@pytest.mark.parametrize("button", ["Saya tangani", "Kirim pesan", "Tutup percakapan"])
async def test_an_officer_waits_for_the_citizens_turn(
    button: str, village: Village, log_in: LogIn
) -> None:
    """Both lock the chat first, so that neither holds what the other waits for."""
    await village.account("rina")
    talk = await village.talk()
    rina = await log_in("rina")
    await rina.open(f"/percakapan/{talk.id}")
    filled = {"isi": "Selamat pagi"} if button == "Kirim pesan" else {}
    async with village.sessions.begin() as turn:
        await lock_chat(turn, CHAT, village.clock.now)
        pressed = asyncio.create_task(rina.press(button, **filled))
        if turn.get_bind().dialect.name == "postgresql":
            await _until_somebody_waits(village)
        held = await turn.get_one(Escalation, talk.id)
        held.active_at = village.clock.now + timedelta(minutes=1)
    await pressed
    assert (rina.status, await _told(village) != []) == (200, True)


@pytest.mark.parametrize("target", ["siap_diambil", "dibatalkan"])
async def test_a_move_waits_for_the_citizens_turn(
    target: str, village: Village, log_in: LogIn
) -> None:
    await village.account("rina")
    case = await village.case()
    rina = await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    async with village.sessions.begin() as turn:
        await lock_chat(turn, CHAT, village.clock.now)
        pressed = asyncio.create_task(rina.press("Simpan status", tujuan=target))
        if turn.get_bind().dialect.name == "postgresql":
            await _until_somebody_waits(village)
        held = await turn.get_one(Case, case.id)
        cases.save_answers(held, {**KTP, "nama": "Siti"}, village.clock.now)
    await pressed
    assert (rina.status, CONFLICT in rina.words) == (409, True)
    assert await _status(village, case) == "diajukan"
