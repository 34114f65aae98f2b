"""The counter: somebody comes or calls, and an officer fills in the form of the chat."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from aiohttp import FormData
from sqlalchemy import func, select

from actions.casework import expiry
from actions.casework.audit_log import Look
from actions.casework.staff import Role
from actions.domain.status import Status
from actions.domain.work import Channel
from actions.storage.tables import AccessLog, Attachment, Case
from tests.console.at_counter import ANSWERS, NIK, begin, only_case, upload
from tests.console.conftest import LogIn
from tests.storage.pictures import jpeg
from tests.support.database import Database


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
