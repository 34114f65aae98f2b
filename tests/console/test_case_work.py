"""What officers do with a case beside moving it: take, hand over, other units, notes, families."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.casework import templates
from actions.casework.staff import Role
from actions.domain.status import Status
from actions.storage.tables import Case, CaseNote, Message, Outbox, Transfer
from tests.console.conftest import LogIn
from tests.console.officer import Officer
from tests.support.database import CHAT, KTP, LAMP, OTHER_CHAT, Database

NIK, PHONE = "3578014507900001", "0812-3456-7890"


async def _open(officer: Officer, case: Case, query: str = "") -> None:
    await officer.open(f"/permohonan/{case.id}{query}")
    assert officer.status == 200


async def _told(database: Database, chat: str = CHAT) -> list[str]:
    async with database.sessions() as session:
        rows = await session.scalars(select(Outbox.payload).where(Outbox.chat == chat))
        return [row["text"] for row in rows]


async def test_a_case_is_taken_and_who_comes_second_is_told_who_has_it(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file()
    rina, sari = await log_in("rina"), await log_in("sari")
    await _open(rina, case)
    await _open(sari, case)
    await rina.press("Ambil")
    assert "Ini sekarang Anda yang mengerjakan" in rina.words
    assert "Ambil" not in rina.buttons
    await sari.press("Ambil")
    assert (sari.status, "Sekarang di tangan Rina" in sari.words) == (409, True)


async def test_five_who_press_at_once_leave_one_owner(database: Database, log_in: LogIn) -> None:
    case = await database.file()
    officers = [await log_in(name) for name in ("ani", "budi", "cici", "dedi", "euis")]
    for officer in officers:
        await _open(officer, case)
    await asyncio.gather(*(officer.press("Ambil") for officer in officers))
    assert sorted(officer.status for officer in officers) == [200, 409, 409, 409, 409]


async def test_it_is_handed_to_a_colleague_with_a_note_that_the_citizen_never_reads(
    database: Database, log_in: LogIn
) -> None:
    sari = await database.account("sari")
    case = await database.file()
    rina = await log_in("rina")
    await _open(rina, case)
    await rina.press("Serahkan ke rekan", pilihan=str(sari.id), isi="saya cuti, tolong ya")
    assert (await database.fresh(case)).owner_id == sari.id
    assert "Diserahkan ke Sari" in rina.words
    assert "saya cuti, tolong ya" in rina.words
    assert await _told(database) == []


async def test_who_may_not_have_it_is_refused_and_the_note_stays(
    database: Database, log_in: LogIn
) -> None:
    dewi = await database.account("dewi", unit="dishub")
    case = await database.file()
    rina = await log_in("rina")
    await _open(rina, case)
    for choice in (str(dewi.id), "", "999999", "x"):
        await rina.press("Serahkan ke rekan", pilihan=choice, isi="tolong <b>ya</b>")
        assert rina.status in {409, 422}
        assert "tolong &lt;b&gt;ya&lt;/b&gt;" in rina.html
    assert (await database.fresh(case)).owner_id is None


async def test_another_unit_accepts_and_only_then_the_citizen_is_told(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file("lampu_jalan", LAMP)
    rina, dewi = await log_in("rina", unit="dishub"), await log_in("dewi", unit="pupr")
    await dewi.open(f"/permohonan/{case.id}")
    assert dewi.status == 404
    await _open(rina, case)
    await rina.press("Kirim ke unit lain", pilihan="pupr", isi="ini jalan kabupaten")
    assert "warga belum dikabari" in rina.words
    await _open(dewi, case)
    assert "Dishub mengirim ini ke Dinas PU" in dewi.words
    assert "Tolak" not in dewi.buttons, "it is asked, and not its own yet"
    await dewi.press("Terima")
    assert (dewi.status, "Sekarang unit Anda" in dewi.words) == (200, True)
    assert await _told(database) == [
        f"{case.code}, Lampu jalan mati: sekarang ditangani Dinas PU."
    ]
    await rina.open(f"/permohonan/{case.id}")
    assert rina.status == 404


async def test_a_guest_answers_and_does_nothing_else(database: Database, log_in: LogIn) -> None:
    case = await database.file("lampu_jalan", LAMP)
    rina, dewi = await log_in("rina", unit="dishub"), await log_in("dewi", unit="pupr")
    await _open(rina, case)
    await rina.press("Tanya unit lain", pilihan="pupr", isi="tiangnya milik siapa?")
    await _open(dewi, case)
    proof = dewi.form("Kirim jawaban").values
    for path in (
        "status",
        "tulis",
        "catatan",
        "ambil",
        "serahkan",
        "kirim-unit",
        "gabung",
        "pecah",
    ):
        await dewi.post(f"/permohonan/{case.id}/{path}", {**proof, "pilihan": "ditolak"})
        assert dewi.status == 404, path
    await _open(dewi, case)
    await dewi.press("Kirim jawaban", isi="milik PLN")
    assert (dewi.address, "Jawaban sudah dikirim" in dewi.words) == ("/meja", True)
    await dewi.open(f"/permohonan/{case.id}")
    assert dewi.status == 404
    await _open(rina, case)
    assert "Jawaban Dinas PU" in rina.words
    assert "milik PLN" in rina.words
    assert (await database.fresh(case)).unit == "dishub"


async def test_two_who_answer_lose_no_words(database: Database, log_in: LogIn) -> None:
    case = await database.file("lampu_jalan", LAMP)
    rina = await log_in("rina", unit="dishub")
    dewi, doni = await log_in("dewi", unit="pupr"), await log_in("doni", unit="pupr")
    await _open(rina, case)
    await rina.press("Kirim ke unit lain", pilihan="pupr", isi="ini jalan kabupaten")
    await _open(dewi, case)
    await _open(doni, case)
    await dewi.press("Kembalikan", isi="bukan, ini provinsi")
    await doni.press("Kembalikan", isi="sudah saya cek ke lapangan")
    assert (doni.status, "Tidak ada di unit Anda" in doni.words) == (404, True)
    assert "sudah saya cek ke lapangan" in doni.html
    async with database.sessions() as session:
        row = (await session.scalars(select(Transfer))).one()
        assert (row.outcome, row.answer) == ("dikembalikan", "bukan, ini provinsi")


async def test_the_sender_takes_it_back_and_the_other_unit_may_not(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file("lampu_jalan", LAMP)
    rina, dewi = await log_in("rina", unit="dishub"), await log_in("dewi", unit="pupr")
    await _open(rina, case)
    await rina.press("Kirim ke unit lain", pilihan="pupr", isi="ini jalan kabupaten")
    form = rina.form("Tarik kembali dari Dinas PU")
    csrf = dewi.form("Keluar").values["csrf"]
    await dewi.post(form.action, {**form.values, "csrf": csrf})
    assert dewi.status == 403
    accept = {**form.values, "hasil": "terima"}
    await rina.post(form.action, accept)
    assert rina.status == 403, "one's own parcel is not accepted"
    await _open(rina, case)
    await rina.press("Tarik kembali dari Dinas PU")
    assert (await database.fresh(case)).awaits == "petugas"


async def test_a_note_has_its_own_field_and_goes_nowhere(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file()
    rina = await log_in("rina")
    await _open(rina, case)
    await rina.press("Simpan catatan", isi=f"NIK-nya {NIK}, sudah saya telepon")
    assert "Warga tidak melihatnya" in rina.words
    assert "Catatan internal Rina" in rina.words
    assert NIK not in rina.html
    await rina.press("Simpan catatan", isi="  ")
    assert (rina.status, "Catatannya masih kosong" in rina.words) == (422, True)
    async with database.sessions() as session:
        assert len((await session.scalars(select(CaseNote))).all()) == 1
        assert (await session.scalars(select(Message))).all() == []
    assert await _told(database) == []


async def test_numbers_are_hidden_everywhere_and_one_click_shows_them_all(
    database: Database, log_in: LogIn
) -> None:
    await database.say(f"nik saya {NIK}, hp {PHONE}")
    case = await database.file(answers={**KTP, "hp": "+6281234567890"})
    rina = await log_in("rina")
    await _open(rina, case)
    hidden = (NIK, PHONE, "81234567890", "812-3456-7890")
    assert not any(number in rina.html for number in hidden)
    assert "nik saya 3578••••••••0001" in rina.words
    await rina.open(f"/permohonan/{case.id}/baris")
    assert not any(number in rina.html for number in hidden)
    await rina.open(f"/permohonan/{case.id}/cetak")
    assert not any(number in rina.html for number in hidden)
    await rina.press("Tampilkan NIK, KK, dan nomor HP di lembar ini")
    assert NIK in rina.words
    await _open(rina, case)
    await rina.press("Tampilkan NIK, KK, dan nomor HP")
    assert f"nik saya {NIK}, hp {PHONE}" in rina.words


async def test_buttons_that_were_pressed_are_told_in_words(
    database: Database, log_in: LogIn
) -> None:
    draft = await database.draft("lampu_jalan", LAMP)
    for data in (f"pick:{draft.id}:keadaan:mati", f"send:{draft.id}", "apa:1"):
        await database.say(f"[tombol: {data}]")
    case = await database.file("lampu_jalan", LAMP)
    database.clock.move(timedelta(minutes=1))
    rina = await log_in("rina")
    async with database.sessions.begin() as session:
        (await session.get_one(Case, draft.id)).code = "SKM-234-567"
    await rina.open(f"/permohonan/{draft.id}")
    for words in (
        "Memilih Keadaan lampu: Mati",
        "Menekan tombol: Kirim",
        "Menekan tombol: lainnya",
    ):
        assert words in rina.words
    await _open(rina, case)
    assert "[tombol" not in rina.html


async def test_requirements_are_ticked_and_asked_for_again(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file()
    rina = await log_in("rina")
    await _open(rina, case)
    form = rina.form("Simpan centang")
    assert "belum dikirim lewat Balai" in rina.words
    await rina.post(form.action, {**form.values, "cocok": "Surat kehilangan dari kepolisian"})
    assert "Syarat dicek Surat kehilangan dari kepolisian" in rina.words
    assert "checked" in rina.html
    await rina.press("Kirim permintaan: Fotokopi KK")
    assert (await database.fresh(case)).status == Status.INCOMPLETE
    assert "Tolong kirim Fotokopi KK." in (await _told(database))[-1]


async def test_a_ready_reply_is_put_into_the_field_without_a_script(
    database: Database, log_in: LogIn
) -> None:
    async with database.sessions.begin() as session:
        await templates.seed(session, database.reference, database.clock.now)
    case = await database.file()
    rina = await log_in("rina")
    await _open(rina, case)
    ids = {title: number for number, title in _options(rina)}
    await rina.press("Kirim pesan", isi="Halo Bu.", templat=ids["Salam pembuka"], pakai="1")
    said = rina.form("Kirim pesan").values["isi"]
    assert said.startswith("Halo Bu.\nSelamat pagi, Siti Aminah.")
    assert str(case.code) in said
    assert await _told(database) == [], "it is not sent yet"
    await rina.press("Minta dilengkapi", templat=ids["Belum lengkap"], pakai="1")
    assert "Foto KK belum terbaca" in rina.form("Minta dilengkapi").values["isi"]
    assert (await database.fresh(case)).status == Status.SUBMITTED


def _options(officer: Officer) -> list[tuple[str, str]]:
    return re.findall(r'<option value="(\d+)" data-teks="[^"]*">([^<]*)', officer.html)


async def test_cases_are_joined_answered_together_and_parted(
    database: Database, log_in: LogIn
) -> None:
    parent = await database.file("lampu_jalan", LAMP, chat=CHAT)
    child = await database.file("lampu_jalan", LAMP, chat=OTHER_CHAT)
    rina = await log_in("rina")
    await _open(rina, child)
    assert "Yang serupa di Mekarsari" in rina.words
    assert any(str(parent.code) in link for link in rina.links)
    for wrong in ("yang kemarin", "SKM-222-222"):
        await rina.press("Gabungkan dengan yang sama", isi=wrong)
        assert (rina.status, "induk tidak ditemukan" in rina.words) == (422, True)
    await rina.press("Gabungkan dengan yang sama", isi=str(parent.code))
    assert f"Digabung dengan {parent.code}" in rina.words
    await _open(rina, parent)
    await rina.press("Kirim ke semua", isi="Lampu diganti besok.")
    for chat in (CHAT, OTHER_CHAT):
        assert (await _told(database, chat))[-1].endswith("Lampu diganti besok.")
    await _open(rina, child)
    await rina.press("Pisahkan lagi")
    assert (await database.fresh(child)).parent_id is None


async def test_a_case_is_split_and_both_know_of_each_other(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file("lampu_jalan", LAMP)
    rina = await log_in("rina")
    await _open(rina, case)
    await rina.press("Pecah jadi dua", pilihan="")
    assert (rina.status, "belum dipilih" in rina.words) == (422, True)
    await rina.press("Pecah jadi dua", pilihan="banjir_drainase")
    async with database.sessions() as session:
        part = (await session.scalars(select(Case).where(Case.parent_id == case.id))).one()
    assert any(str(part.code) in link for link in rina.links)
    await _open(rina, part)
    assert any(str(case.code) in link for link in rina.links)


async def test_saving_goes_on_to_the_next_of_the_tray(database: Database, log_in: LogIn) -> None:
    first, second = await database.file(), await database.file()
    rina = await log_in("rina")
    await _open(rina, first, "?dari=baki%3Dbaru")
    await rina.press("Minta dilengkapi, lalu berikutnya", isi="Foto KK kabur.", berikut="1")
    assert rina.address == f"/permohonan/{second.id}"
    assert (await database.fresh(first)).status == Status.INCOMPLETE


async def test_who_else_has_it_open_is_told(database: Database, log_in: LogIn) -> None:
    case = await database.file()
    rina, sari = await log_in("rina"), await log_in("sari")
    await _open(sari, case)
    await _open(rina, case)
    assert "Sari membukanya" in rina.words
    database.clock.move(timedelta(hours=1))
    await _open(rina, case)
    assert "Sari membukanya" not in rina.words


async def test_the_same_persons_other_cases_stand_beside_it_but_no_secret_ones(
    database: Database, log_in: LogIn
) -> None:
    case, other = await database.file(), await database.file("lampu_jalan", LAMP)
    rina = await log_in("rina")
    await _open(rina, case)
    assert "Urusan lain dari orang ini" in rina.words
    assert f"Lampu jalan mati {other.code}" in rina.links
    async with database.sessions.begin() as session:
        (await session.get_one(Case, other.id)).secret = True
    await _open(rina, case)
    assert str(other.code) not in rina.html


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR])
async def test_the_page_stays_small(role: Role, database: Database, log_in: LogIn) -> None:
    async with database.sessions.begin() as session:
        await templates.seed(session, database.reference, database.clock.now)
    case = await database.file("lampu_jalan", LAMP)
    for number in range(60):
        await database.say(f"lampunya masih mati, sudah {number} hari")
    rina = await log_in("rina", role)
    await _open(rina, case)
    assert len(rina.html.encode()) < 60_000
