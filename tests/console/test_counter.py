"""The counter: somebody comes or calls, and an officer fills in the form of the chat."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from aiohttp import FormData
from sqlalchemy import func, select

from actions.casework import claims, expiry
from actions.casework.audit_log import Look
from actions.casework.staff import Role
from actions.domain.status import Status
from actions.domain.work import Channel
from actions.storage.tables import AccessLog, Attachment, Case, Outbox
from tests.console.conftest import LogIn
from tests.console.officer import Officer
from tests.storage.pictures import jpeg
from tests.support.counter import handed_in
from tests.support.database import CHAT, KTP, Database

NIK = KTP["nik"]
CLAIM = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")
ANSWERS = {
    "nama": "Siti Aminah",
    "nik": NIK,
    "lapor_polisi": "belum",
    "data_tetap": "ya",
    "hp": "0812 3456 7890",
}


async def only_case(database: Database) -> Case:
    async with database.sessions() as session:
        return (await session.scalars(select(Case))).one()


async def begin(
    rina: Officer, slug: str = "ktp_hilang", words: str = "Siti Aminah", way: str = "loket"
) -> None:
    await rina.open("/loket")
    await rina.press("Cari", kata=words)
    await rina.press("Mulai mengisi", layanan=slug, cara=way)


async def upload(rina: Officer, fields: dict[str, str], **files: bytes) -> None:
    """Send the form of the page with files, as a browser does."""
    form = rina.form("Lanjut")
    data = FormData()
    shown = re.findall(r'name="tampil" value="(\w+)"', rina.html)
    for key in shown:
        data.add_field("tampil", key)
    for name, value in {"csrf": form.values["csrf"], **fields}.items():
        data.add_field(name, value)
    for key in shown:
        raw = files.get(key, b"")
        if key in files or f'type="file" id="isi-{key}"' in rina.html:
            name = "foto.jpg" if raw else ""
            data.add_field(
                key, BytesIO(raw), filename=name, content_type="application/octet-stream"
            )
    await rina._seen(await rina.client.post(form.action, data=data))


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


async def test_what_cannot_be_read_is_said_beside_it_and_the_rest_stays(
    database: Database, log_in: LogIn
) -> None:
    rina = await log_in("rina")
    await begin(rina)
    await upload(rina, {**ANSWERS, "nik": "357801", "hp": "12"})
    assert rina.status == 422
    assert "NIK itu 16 angka, yang ini 6." in rina.words
    form = rina.form("Lanjut")
    assert form.values["nik"] == "357801"
    assert form.values["hp"] == "12"
    assert form.values["nama"] == "Siti Aminah"
    assert (await only_case(database)).answers["data_tetap"] == "ya"
    await upload(rina, ANSWERS)
    assert "Periksa isian" in rina.words


async def test_an_answer_brings_the_questions_that_depend_on_it(log_in: LogIn) -> None:
    rina = await log_in("rina")
    await begin(rina)
    assert "Surat kehilangan dari kepolisian" not in rina.form("Lanjut").names
    await upload(rina, {**ANSWERS, "lapor_polisi": "sudah"})
    assert "surat_polisi" in rina.form("Lanjut").names
    await upload(rina, {**ANSWERS, "lapor_polisi": "sudah"})
    assert "Periksa isian" in rina.words


async def test_what_nobody_knows_is_left_to_an_officer_but_never_by_mistake(
    database: Database, log_in: LogIn
) -> None:
    rina = await log_in("rina")
    await begin(rina, words="Siti Aminah")
    empty = {**ANSWERS, "nik": ""}
    await upload(rina, empty)
    assert "centang dilengkapi nanti" in rina.words
    await upload(rina, {**empty, "nanti": "nik"})
    assert "belum diisi, tanyakan kepada warga" in rina.words
    assert (await only_case(database)).answers["nik"] is None


async def test_photos_are_checked_and_kept_as_those_of_the_chat(
    database: Database, log_in: LogIn
) -> None:
    rina = await log_in("rina")
    await begin(rina)
    await upload(rina, ANSWERS, kk=b"GIF89a no picture at all")
    assert "tidak bisa dibuka sebagai gambar" in rina.words
    await upload(rina, ANSWERS, kk=jpeg())
    assert "Periksa isian" in rina.words
    async with database.sessions() as session:
        (file,) = (await session.scalars(select(Attachment))).all()
    assert (file.field, file.mime) == ("kk", "image/jpeg")
    content = b"".join(database.files.content(file.name))
    assert content != jpeg(), "it was encoded anew"
    await rina.open(f"/loket/{file.case_id}?ubah=1")
    assert "Sudah ada: JPEG" in rina.words
    await upload(rina, ANSWERS, kk=jpeg((40, 30)))
    async with database.sessions() as session:
        (other,) = (await session.scalars(select(Attachment))).all()
    assert other.name != file.name


async def test_a_heap_of_bytes_is_turned_away(log_in: LogIn) -> None:
    rina = await log_in("rina")
    await begin(rina)
    await upload(rina, ANSWERS, kk=b"x" * (11 * 1024 * 1024))
    assert "paling besar 10 MB" in rina.words
    form, too_much = rina.form("Lanjut"), FormData()
    too_much.add_field("csrf", form.values["csrf"])
    too_much.add_field("kk", BytesIO(b"x" * (33 * 1024 * 1024)), filename="besar.jpg")
    answer = await rina.client.post(form.action, data=too_much)
    assert answer.status == 413


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


async def test_an_incomplete_draft_is_not_sent(database: Database, log_in: LogIn) -> None:
    rina = await log_in("rina")
    await begin(rina)
    case, csrf = await only_case(database), rina.form("Lanjut").values["csrf"]
    await rina.post(f"/loket/{case.id}/kirim", {"csrf": csrf})
    assert rina.address == f"/loket/{case.id}"
    assert (await only_case(database)).status == Status.DRAFT


async def test_a_draft_waits_for_its_officer_alone_and_can_be_forgotten(
    database: Database, log_in: LogIn
) -> None:
    rina, budi = await log_in("rina"), await log_in("budi", Role.ADMIN)
    await begin(rina, way="telepon")
    case = await only_case(database)
    assert case.channel == Channel.PHONE
    csrf = budi.form("Keluar").values["csrf"]
    await budi.open(f"/loket/{case.id}")
    assert budi.status == 404
    for path in ("", "/batal", "/kode", "/bukti"):
        await budi.post(f"/loket/{case.id}{path}", {"csrf": csrf})
        assert budi.status in {404, 405}, path
    await rina.open("/meja?baki=milik")
    assert f"/permohonan/{case.id}" not in rina.html, "a draft is on nobody's desk"
    await rina.open("/loket")
    assert rina.links["KTP hilang"] == f"/loket/{case.id}"
    await rina.open(f"/loket/{case.id}")
    await rina.press("Batalkan dan hapus isian")
    assert "sudah dihapus" in rina.words
    kept = await only_case(database)
    assert (kept.answers, kept.status) == ({}, Status.CANCELLED)


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
    await rina.press("Simpan status", tujuan=Status.READY)
    assert "warga sudah dikabari" not in rina.words
    assert "kabari lewat telepon" in rina.words
    async with database.sessions() as session:
        assert await session.scalar(select(func.count(Outbox.id))) == 0


@pytest.mark.parametrize("words", ["", "   "])
async def test_nothing_begins_before_somebody_is_named(log_in: LogIn, words: str) -> None:
    rina = await log_in("rina")
    await rina.open("/loket")
    assert "Mulai mengisi" not in rina.buttons
    await rina.press("Cari", kata=words)
    assert (rina.status, "Tulis dulu nama" in rina.words) == (422, True)


async def test_a_service_must_be_chosen(database: Database, log_in: LogIn) -> None:
    rina = await log_in("rina")
    for slug, way in (("", "loket"), ("no_such_thing", "loket"), ("ktp_hilang", "tg")):
        await begin(rina, slug=slug, way=way)
        assert (rina.status, "belum dipilih" in rina.words) == (422, True)
    async with database.sessions() as session:
        assert await session.scalar(select(func.count(Case.id))) == 0


async def test_a_number_that_was_searched_is_no_name(log_in: LogIn) -> None:
    rina = await log_in("rina")
    await begin(rina, words=NIK)
    values = rina.form("Lanjut").values
    assert (values["nik"], values["nama"]) == (NIK, "")


async def test_who_was_there_before_need_not_say_it_all_again(
    database: Database, log_in: LogIn
) -> None:
    old = await database.file()
    rina = await log_in("rina")
    await rina.open("/loket")
    await rina.press("Cari", kata="aminah")
    await rina.press("Mulai mengisi", layanan="domisili", dari=str(old.id))
    values = rina.form("Lanjut").values
    assert (values["nama"], values["nik"]) == ("Siti Aminah", NIK)
    async with database.sessions() as session:
        looks = select(AccessLog.action).where(AccessLog.case_id == old.id)
        assert list(await session.scalars(looks)) == [Look.FOUND, Look.NUMBERS]


async def test_nobodys_data_are_taken_who_may_not_be_seen(
    database: Database, log_in: LogIn
) -> None:
    old = await database.file()
    tono = await log_in("tono", Role.OFFICER, "dinsos")
    await tono.open("/loket")
    await tono.press("Cari", kata="aminah")
    form = tono.form("Mulai mengisi")
    await tono.post(
        form.action, {**form.values, "layanan": "domisili", "cara": "loket", "dari": str(old.id)}
    )
    assert tono.form("Lanjut").values["nik"] == ""


async def test_an_old_draft_is_given_up_by_the_clock(database: Database, log_in: LogIn) -> None:
    rina = await log_in("rina")
    await begin(rina)
    case = await only_case(database)
    database.clock.move(timedelta(days=15))
    async with database.sessions.begin() as session:
        await expiry.forget_drafts(session, database.reference, database.clock())
    assert (await database.fresh(case)).status == Status.EXPIRED
