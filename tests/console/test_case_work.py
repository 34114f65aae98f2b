"""What officers do with a case beside moving it: take, hand over, note, tick, print, go on."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.casework import templates
from actions.casework.staff import Role
from actions.domain.status import Status
from actions.storage.tables import Attachment, Case, CaseNote, Message, Outbox, Template
from tests.console.conftest import LogIn
from tests.console.officer import Officer
from tests.storage.pictures import jpeg
from tests.support.database import CHAT, KTP, LAMP, Database

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


async def test_the_file_of_a_ready_reply_goes_along_when_it_is_chosen(
    database: Database, log_in: LogIn
) -> None:
    case, file = await database.file(), await database.picture(jpeg())
    rina = await log_in("rina")
    await _open(rina, case)
    assert "lampiran" not in rina.form("Kirim pesan").names, "no reply brings a file"
    async with database.sessions.begin() as session:
        ready = Template(title="Formulir", text="Isi ini.", updated_at=database.clock.now)
        ready.file, ready.file_mime = file.name, file.mime
        other = Template(title="Lain", text="Halo.", updated_at=database.clock.now)
        session.add_all([ready, other])
    await _open(rina, case)
    await rina.press("Kirim pesan", isi="Tolong diisi.", lampiran=str(other.id))
    assert (rina.status, "Berkas itu tidak bisa dikirim" in rina.words) == (422, True)
    assert rina.form("Kirim pesan").values["isi"] == "Tolong diisi."
    await rina.press("Kirim pesan", lampiran=str(ready.id))
    async with database.sessions() as session:
        sent = (await session.scalars(select(Outbox.file).where(Outbox.file.is_not(None)))).all()
        (kept,) = (await session.scalars(select(Attachment))).all()
    assert (list(sent), kept.name, kept.size) == ([file.name], file.name, file.size)


def _options(officer: Officer) -> list[tuple[str, str]]:
    return re.findall(r'<option value="(\d+)" data-teks="[^"]*">([^<]*)', officer.html)


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


async def test_the_clock_says_what_is_left_and_what_is_over(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file()
    rina = await log_in("rina")
    for days, words in ((0, "Sisa 3 hari kerja"), (5, "selesai hari ini"), (7, "Lewat 2 hari")):
        database.clock.now = case.created_at + timedelta(days=days)
        rina = await log_in("rina")
        await _open(rina, case)
        assert words in rina.words
    assert "Dasar hukum: UU 24/2013" in rina.words


async def test_what_is_over_for_good_has_no_step(database: Database, log_in: LogIn) -> None:
    case = await database.file()
    await database.move(case, Status.READY)
    await database.move(case, Status.HANDED_OVER)
    rina = await log_in("rina")
    await _open(rina, case)
    assert "tidak ada langkah lagi" in rina.words
    assert "Lainnya" not in rina.words


async def test_a_confirmed_place_becomes_a_landmark_with_one_press(
    database: Database, log_in: LogIn
) -> None:
    place = {"teks": "depan Warung Bu Tini", "desa": "Mekarsari", "lat": -6.8591, "lon": 107.5463}
    case = await database.file("lampu_jalan", {**LAMP, "lokasi": place})
    rina = await log_in("rina")
    await _open(rina, case)
    assert "Simpan sebagai patokan" not in rina.buttons, "nobody has confirmed it yet"
    await database.move(case, Status.VERIFIED)
    await _open(rina, case)
    await rina.press("Simpan sebagai patokan", isi="pos")
    assert (rina.status, "terlalu umum" in rina.words) == (422, True)
    assert rina.form("Simpan sebagai patokan").values["isi"] == "pos"
    await rina.press("Simpan sebagai patokan", isi="Warung Bu Tini")
    assert "Patokan disimpan" in rina.words
    assert "Simpan sebagai patokan" not in rina.buttons
    admin = await log_in("kepala", Role.ADMIN)
    await admin.open("/pengaturan/tempat")
    await admin.open(admin.links["Warung Bu Tini"])
    assert admin.form("Periksa dulu").values["titik"] == "-6.859100, 107.546300"
    await admin.press("Periksa dulu", titik="di sana")
    assert "Tulis lintang lalu bujur" in admin.words
    await admin.press("Hapus baris ini")
    await admin.press("Ya, hapus")
    assert "Belum ada baris" in admin.words
