"""The administrator sets things by sheets: looked at twice, told beside the field, taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from io import BytesIO

import pytest
from aiohttp import FormData
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from actions.casework.staff import Role
from actions.catalogue.sheets import SHEETS
from actions.domain.clocks import Stage
from actions.domain.terms import Measure, Term
from actions.storage.tables import FileLetGo, SettingChange, Template
from bot.console import make_console
from bot.dependencies import Dependencies
from bot.live_settings import refresh
from tests.console.conftest import LogIn, Woken
from tests.console.officer import Officer
from tests.storage.pictures import jpeg
from tests.support.database import Database
from tests.support.running_bot import dependencies


@pytest.fixture
def deps(database: Database) -> Dependencies:
    return dependencies(database.sessions, database.clock, database.folder)


@pytest.fixture
async def server(deps: Dependencies, woken: Woken) -> AsyncIterator[TestServer]:
    server = TestServer(make_console(deps, woken, secure_cookies=False))
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
async def admin(log_in: LogIn) -> Officer:
    return await log_in("kepala", Role.ADMIN)


async def test_every_sheet_is_led_to_and_opens(admin: Officer) -> None:
    await admin.open("/pengaturan")
    for title, address in list(admin.links.items()):
        if address.startswith("/pengaturan/"):
            await admin.open(address)
            assert admin.status == 200, title
    for key, sheet in SHEETS.items():
        await admin.open(f"/pengaturan/{key}/baru")
        assert admin.status == (200 if sheet.grows else 404)


async def test_a_holiday_is_confirmed_counts_at_once_and_is_told_to_the_next_process(
    admin: Officer, deps: Dependencies, database: Database
) -> None:
    other = dependencies(database.sessions, database.clock, database.folder)
    await admin.open("/pengaturan/libur/baru")
    await admin.press("Periksa dulu", tanggal="2026-12-03", nama="Pilkada")
    assert "Simpan perubahan ini?" in admin.words
    assert date(2026, 12, 3) not in deps.reference.holidays
    await admin.press("Ya, simpan")
    assert admin.address == "/pengaturan/libur"
    assert "3 Desember 2026" in admin.words
    assert date(2026, 12, 3) in deps.reference.holidays
    assert date(2026, 12, 3) not in other.reference.holidays
    assert await refresh(other)
    assert date(2026, 12, 3) in other.reference.holidays
    assert not await refresh(other)


async def test_what_was_typed_stays_while_it_is_changed_again(admin: Officer) -> None:
    await admin.open("/pengaturan/templat/baru")
    await admin.press("Periksa dulu", judul="Foto buram", teks="Halo {nama}", unit="dinsos")
    await admin.press("Ubah lagi")
    assert admin.form("Periksa dulu").values["teks"] == "Halo {nama}"
    assert admin.form("Periksa dulu").values["unit"] == "dinsos"


async def test_mistakes_stand_beside_their_fields(admin: Officer, database: Database) -> None:
    await admin.open("/pengaturan/templat/baru")
    await admin.press("Periksa dulu", judul="", teks="Alamat {alamat}")
    assert admin.status == 422
    assert admin.html.count('aria-invalid="true"') == 1
    await admin.press("Periksa dulu", judul="Ada", teks="Alamat {alamat}")
    assert "Kurung kurawal hanya untuk" in admin.words
    assert admin.form("Periksa dulu").values["judul"] == "Ada"
    async with database.sessions() as session:
        assert (await session.scalars(select(Template))).all() == []


async def test_a_template_is_made_changed_and_deleted_and_the_history_tells(
    admin: Officer, database: Database
) -> None:
    await admin.open("/pengaturan/templat/baru")
    await admin.press("Periksa dulu", judul="Foto buram", teks="Kirim lagi, {nama}.")
    await admin.press("Ya, simpan")
    await admin.open(admin.links["Foto buram"])
    await admin.press("Periksa dulu", judul="Foto gelap")
    assert "Foto buram" in admin.words
    await admin.press("Ya, simpan")
    async with database.sessions() as session:
        (template,) = (await session.scalars(select(Template))).all()
    assert (template.title, template.active) == ("Foto gelap", True)
    await admin.open(admin.links["Foto gelap"])
    await admin.press("Hapus baris ini")
    await admin.press("Ya, hapus")
    await admin.open("/pengaturan/riwayat")
    assert "Judul: Foto buram Foto gelap" in admin.words
    assert admin.words.count("kepala") >= 3
    await admin.press("Tampilkan", lembar="libur")
    assert "Belum ada yang diubah" in admin.words


async def test_a_reply_gets_a_file_another_one_and_none(
    admin: Officer, database: Database
) -> None:
    async with database.sessions.begin() as session:
        session.add(Template(title="Isian", text="Isi ini.", updated_at=database.clock.now))
    await admin.open("/pengaturan/templat/1")
    assert "belum punya lampiran" in admin.words
    names = []
    for width in (600, 500):
        await _send(admin, jpeg((width, 400)))
        assert (admin.status, admin.address) == (200, "/pengaturan/templat/1")
        names.append((await _template(database)).file)
    await _send(admin, b"no picture")
    assert (admin.status, "Belum ada berkas yang bisa disimpan" in admin.words) == (422, True)
    assert (await _template(database)).file == names[1]
    assert (await admin.client.get("/pengaturan/templat/1/berkas")).content_type == "image/jpeg"
    form = admin.form("Lepas lampiran")
    await admin.post(form.action, {**form.values, "tanpa": "ya"})
    assert (await _template(database)).file is None
    assert "Lampiran: ya tidak" in admin.words
    async with database.sessions() as session:
        assert list(await session.scalars(select(FileLetGo.name))) == names


async def _send(admin: Officer, raw: bytes) -> None:
    form = admin.form("Simpan lampiran")
    data = FormData(form.values)
    data.add_field("berkas", BytesIO(raw), filename="isian.jpg")
    await admin.post(form.action, data)


async def _template(database: Database) -> Template:
    async with database.sessions() as session:
        return (await session.scalars(select(Template))).one()


async def test_a_shipped_row_is_changed_marked_and_put_back(
    admin: Officer, deps: Dependencies
) -> None:
    usual = deps.shipped.catalogue.office.units["dinsos"].hours
    await admin.open("/pengaturan/jam")
    await admin.open(admin.links["Dinas Sosial"])
    assert "Kembalikan ke bawaan" not in admin.buttons
    await admin.press("Periksa dulu", senin="pagi")
    assert "Tulis seperti 08.00-12.00" in admin.words
    await admin.press("Periksa dulu", senin="9.00 - 11.00")
    await admin.press("Ya, simpan")
    assert deps.reference.catalogue.office.units["dinsos"].hours["senin"] == ("09.00-11.00",)
    assert "diubah" in admin.words
    await admin.open(admin.links["Dinas Sosial"])
    await admin.press("Kembalikan ke bawaan")
    assert deps.reference.catalogue.office.units["dinsos"].hours == usual


async def test_a_removed_holiday_can_be_put_back(admin: Officer, deps: Dependencies) -> None:
    await admin.open("/pengaturan/libur/2026-12-25")
    await admin.press("Hapus baris ini")
    await admin.press("Ya, hapus")
    assert date(2026, 12, 25) not in deps.reference.holidays
    await admin.press("Kembalikan ke bawaan")
    assert date(2026, 12, 25) in deps.reference.holidays


async def test_a_clock_in_use_may_only_end(
    admin: Officer, deps: Dependencies, database: Database
) -> None:
    await admin.open("/pengaturan/waktu/baru")
    await admin.press("Periksa dulu", hari="9", hal="ktp_hilang", dari="2026-11-01")
    assert "Hari kerja" in admin.words
    await admin.press("Ya, simpan")
    database.reference = deps.reference
    case = await database.file()
    assert case.clock_rule_id == 1
    await admin.open("/pengaturan/waktu/1")
    await admin.press("Periksa dulu", hari="3")
    assert admin.status == 422
    assert "Sudah ada perkara yang memakai aturan ini" in admin.words
    await admin.press("Periksa dulu", hari="9", sampai="2026-11-30", dasar="Perbup 7/2026")
    await admin.press("Ya, simpan")
    assert deps.reference.clocks[0].valid_to == date(2026, 11, 30)


async def test_a_clock_may_count_hours_until_the_first_answer(
    admin: Officer, deps: Dependencies
) -> None:
    await admin.open("/pengaturan/waktu/baru")
    rule = {"satuan": "jam_kerja", "tahap": "jawaban", "jenis": "laporan", "dari": "2026-11-01"}
    await admin.press("Periksa dulu", hari="0", **rule)
    assert admin.status == 422
    await admin.press("Periksa dulu", hari="6", **rule)
    await admin.press("Ya, simpan")
    assert "Aturan 1: Jawaban pertama, 6 jam kerja" in admin.words
    (clock,) = deps.reference.clocks
    assert (clock.term, clock.stage) == (Term(6, Measure.WORKING_HOURS), Stage.ANSWER)


@pytest.mark.parametrize(
    "path",
    [
        "/pengaturan/karangan",
        "/pengaturan/karangan/1",
        "/pengaturan/templat/99",
        "/pengaturan/templat/apa",
        "/pengaturan/templat?sesudah=apa",
        "/pengaturan/jam/dinas_karangan",
        "/pengaturan/libur/2026-99-99",
    ],
)
async def test_what_is_not_there_is_not_found(path: str, admin: Officer) -> None:
    await admin.open(path)
    assert admin.status == 404


async def test_nobody_but_an_admin_sets_anything(log_in: LogIn, database: Database) -> None:
    officer = await log_in("rina", Role.SUPERVISOR)
    csrf = officer.form("Keluar").values["csrf"]
    for path in ("libur/baru", "libur/2026-12-25", "libur/2026-12-25/hapus", "jam/dinsos/bawaan"):
        await officer.post(f"/pengaturan/{path}", {"csrf": csrf, "pasti": "ya"})
        assert officer.status == 403
    async with database.sessions() as session:
        assert (await session.scalars(select(SettingChange))).all() == []


async def test_notices_stand_on_their_page_the_newest_first(admin: Officer) -> None:
    for text in ("Loket tutup lebih awal", "Listrik padam di MPP"):
        await admin.open("/pengaturan/pengumuman/baru")
        day = {"dari": "2026-11-24", "sampai": "2026-11-25"}
        await admin.press("Periksa dulu", teks=text, **day)
        await admin.press("Ya, simpan")
    await admin.open("/pengaturan/pengumuman")
    assert admin.words.index("Listrik padam") < admin.words.index("Loket tutup")
