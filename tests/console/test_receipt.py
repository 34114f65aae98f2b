"""Receipts of the counter: for whom they are, and what they promise."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from actions.casework import claims
from actions.casework.staff import Role
from actions.domain.status import Status
from actions.domain.work import Channel
from actions.storage.tables import Case, Outbox
from tests.console.at_counter import ANSWERS, CLAIM, NIK, begin, only_case, upload
from tests.console.conftest import LogIn
from tests.support.counter import handed_in
from tests.support.database import CHAT, Database


async def test_who_comes_gets_a_receipt_with_a_code_to_claim_it(
    database: Database, log_in: LogIn
) -> None:
    rina = await log_in("rina")
    await begin(rina)
    assert rina.form("Lanjut").values["nama"] == "Siti Aminah"
    await upload(rina, ANSWERS)
    assert "Periksa isian" in rina.words
    assert NIK in rina.words, "who typed it reads it back"
    await rina.press("Kirim dan buat tanda terima")
    case = await only_case(database)
    assert (case.status, case.channel) == (Status.SUBMITTED, Channel.COUNTER)
    assert str(case.code) in rina.words
    assert "Dinas Kependudukan" in rina.words
    assert "buat dulu di Polsek" in rina.words, "what is to be brought with these answers"
    (code,) = CLAIM.findall(rina.words)
    await database.chat()
    async with database.sessions.begin() as session:
        assert (await claims.take(session, code, CHAT, database.clock())).id == case.id
    await rina.open(f"/permohonan/{case.id}")
    assert "Terhubung ke Telegram" in rina.words
    assert "Diajukan Rina" in rina.words


@pytest.mark.parametrize("bot_name", ["balai_bot"])
async def test_a_receipt_leads_a_telephone_to_the_bot(log_in: LogIn) -> None:
    rina = await log_in("rina")
    await begin(rina)
    await upload(rina, ANSWERS)
    await rina.press("Kirim dan buat tanda terima")
    assert "Buka @balai_bot di Telegram" in rina.words
    assert rina.html.count('class="qr"') == 1
    await rina.open(f"{rina.address.removesuffix('/kirim')}/bukti")
    assert 'class="qr"' not in rina.html


async def test_sending_twice_is_one_case_and_the_receipt_comes_again(
    database: Database, log_in: LogIn
) -> None:
    rina = await log_in("rina")
    await begin(rina)
    await upload(rina, ANSWERS)
    form = rina.form("Kirim dan buat tanda terima")
    await rina.post(form.action, form.values)
    (code,) = CLAIM.findall(rina.words)
    await rina.post(form.action, form.values)
    assert rina.address.endswith("/bukti")
    assert CLAIM.findall(rina.words) == []
    await rina.press("Buat kode klaim baru")
    (again,) = CLAIM.findall(rina.words)
    assert again != code
    async with database.sessions() as session:
        assert await session.scalar(select(func.count(Case.id))) == 1


async def test_a_receipt_is_for_who_wrote_it_and_for_its_unit(
    database: Database, log_in: LogIn
) -> None:
    rina = await log_in("rina", Role.OFFICER, "dinsos")
    account = await database.account("loket", Role.OFFICER, "dinsos")
    case, _ = await handed_in(database, account)
    await rina.open(f"/loket/{case.id}/bukti")
    assert rina.status == 404
    tono = await log_in("tono", Role.OFFICER, case.unit)
    await tono.open(f"/loket/{case.id}/bukti")
    assert (tono.status, "Buka permohonannya" in tono.links) == (200, True)
    writer = await log_in("loket")
    await writer.open(f"/loket/{case.id}/bukti")
    assert (writer.status, "Buka permohonannya" in writer.links) == (200, False)


async def test_nobody_is_said_to_be_told_who_is_not(database: Database, log_in: LogIn) -> None:
    case, _ = await handed_in(database, await database.account("loket"))
    rina = await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    assert "belum terhubung ke Telegram" in rina.words
    assert "Kirim pesan" not in rina.buttons
    csrf = rina.form("Keluar").values["csrf"]
    await rina.post(f"/permohonan/{case.id}/tulis", {"csrf": csrf, "isi": "Bu, sudah jadi"})
    assert (rina.status, "pesan Anda tidak dikirim" in rina.words) == (409, True)
    await rina.press("Siap diambil")
    assert "warga sudah dikabari" not in rina.words
    assert "kabari lewat telepon" in rina.words
    async with database.sessions() as session:
        assert await session.scalar(select(func.count(Outbox.id))) == 0
