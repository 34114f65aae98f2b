"""The workplace of a case in a real Chromium: pictures, ready replies, other units, families."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from actions.casework import cases, templates
from actions.casework.messages import Sender
from actions.casework.thread import SHOWN
from actions.domain.status import Status
from actions.storage.tables import Attachment, Case
from tests.console.browser import WIDTHS, Seat, act
from tests.support.clock import Clock
from tests.support.database import CHAT, KTP, LAMP, OTHER_CHAT, Database

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


async def _with_picture(database: Database) -> Case:
    content = io.BytesIO()
    Image.new("RGB", (400, 200), "teal").save(content, "JPEG")
    photo = await database.picture(content.getvalue())
    case = await database.file(answers={**KTP, "surat_polisi": "foto"})
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        cases.attach(session, row, "surat_polisi", photo, database.clock.now)
    return case


async def test_a_picture_is_seen_turned_and_made_larger_in_the_page_by_keyboard(
    seat: Seat, database: Database
) -> None:
    await database.account("rina")
    case = await _with_picture(database)

    def turn() -> None:
        seat.log_in("rina")
        seat.open(f"/permohonan/{case.id}")
        link = seat.chrome.find_element(By.CSS_SELECTOR, "a[data-lihat]")
        shown = "return arguments[0].querySelector('img').naturalWidth"
        seat.chrome.execute_script("arguments[0].scrollIntoView()", link)
        seat.until(lambda: seat.chrome.execute_script(shown, link) == 400)
        link.send_keys(Keys.ENTER)
        image = seat.chrome.find_element(By.CSS_SELECTOR, "dialog[open] img")
        for label in ("Putar", "Putar", "Perbesar"):
            seat.press(label)
        assert image.get_attribute("data-putaran") == "2"
        assert image.value_of_css_property("rotate") == "180deg"
        assert image.get_attribute("data-besar") == "2"
        seat.press("Perkecil")
        assert image.get_attribute("data-besar") == "1"
        seat.press("Tutup gambar")
        seat.until(lambda: not seat.chrome.find_elements(By.CSS_SELECTOR, "dialog"))
        assert seat.active()["tag"] == "A"

    await act(turn)


async def test_a_ready_reply_fills_the_field_and_goes_out(seat: Seat, database: Database) -> None:
    async with database.sessions.begin() as session:
        await templates.seed(session, database.reference, database.clock.now)
    await database.account("rina")
    case = await database.file()

    def turn() -> None:
        seat.log_in("rina")
        seat.open(f"/permohonan/{case.id}")
        Select(seat.shown_field("Kalimat siap pakai")).select_by_visible_text("Salam pembuka")
        written = seat.shown_field("Pesan").get_property("value")
        assert str(written).startswith("Selamat pagi, Siti Aminah.")
        seat.press("Kirim pesan")
        seat.sees("Pesan masuk antrean kirim.")
        assert "Pesan masuk antrean kirim." in seat.active()["text"]
        seat.sees("Selamat pagi, Siti Aminah.")

    await act(turn)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "without_scripts"])
async def test_a_case_goes_to_another_unit_which_accepts_it(
    width: int, scripts: bool, seat: Seat, database: Database
) -> None:
    await database.account("rina", unit="dishub")
    await database.account("dewi", unit="pupr")
    case = await database.file("lampu_jalan", LAMP)

    def send() -> None:
        seat.screen(width)
        seat.scripts(on=scripts)
        seat.log_in("rina")
        seat.open(f"/permohonan/{case.id}")
        seat.unfold("Lainnya")
        seat.unfold("Kirim ke unit lain")
        Select(seat.shown_field("Unit tujuan")).select_by_visible_text("Dinas PU")
        seat.shown_field("Mengapa ke unit itu").send_keys("Ini jalan kabupaten.")
        seat.press("Kirim ke unit lain")
        seat.sees("warga belum dikabari")
        assert seat.overflow() == 0

    def accept() -> None:
        seat.log_in("dewi")
        seat.open(f"/permohonan/{case.id}")
        seat.sees("Ini jalan kabupaten.")
        seat.press("Terima")
        seat.sees("Sekarang unit Anda yang bertanggung jawab.")

    await act(send)
    assert await database.told() == []
    await act(accept)
    assert await database.told() == ["umum.pindah_unit"]


async def test_two_reports_are_joined_noted_and_answered_as_one(
    seat: Seat, database: Database
) -> None:
    await database.account("rina")
    parent = await database.file("lampu_jalan", LAMP, chat=CHAT)
    child = await database.file("lampu_jalan", LAMP, chat=OTHER_CHAT)

    def turn() -> None:
        seat.log_in("rina")
        seat.open(f"/permohonan/{child.id}")
        seat.unfold("Lainnya")
        seat.unfold("Gabungkan dengan yang sama")
        seat.shown_field("Kode yang satu lagi").send_keys(str(parent.code).lower())
        seat.press("Gabungkan dengan yang sama")
        seat.sees("Sudah digabungkan.")
        seat.follow(str(parent.code))
        seat.sees("Satu jawaban untuk semua")
        seat.shown_field("Catatan untuk rekan").send_keys("Tiangnya milik PLN.")
        seat.press("Simpan catatan")
        seat.sees("Warga tidak melihatnya.")
        seat.unfold("Tulis ke semua yang digabungkan")
        seat.shown_field("Pesan untuk semua").send_keys("Lampu diganti besok.")
        seat.press("Kirim ke semua")
        seat.sees("masuk antrean kirim")

    await act(turn)
    for chat in (CHAT, OTHER_CHAT):
        assert await database.told(chat) == ["petugas.untuk_semua"]


async def test_new_lines_are_added_and_nothing_is_read_again(
    seat: Seat, database: Database, clock: Clock
) -> None:
    officer = await database.account("rina")
    case = await database.file()
    await database.move(case, Status.INCOMPLETE, "foto KK kabur", by=officer)
    marked = "document.querySelectorAll('.lines > li').forEach(li => { li.tandai = true })"
    left = "return [...document.querySelectorAll('.lines > li')].map(li => Boolean(li.tandai))"

    def come_in() -> None:
        seat.log_in("rina")
        seat.open(f"/permohonan/{case.id}")
        seat.shown_field("Pesan").send_keys("Sebentar")
        seat.chrome.execute_script(marked)

    def read_on() -> None:
        seat.sees("ini fotonya bu")
        before = seat.chrome.execute_script(left)
        assert before == [True] * (len(before) - 1) + [False]
        assert seat.shown_field("Pesan").get_property("value") == "Sebentar"

    await act(come_in)
    clock.move(timedelta(seconds=30))
    await database.say("ini fotonya bu", sender=Sender.CITIZEN)
    await act(read_on)


async def test_a_picture_goes_out_with_a_message(seat: Seat, database: Database) -> None:
    await database.account("rina")
    case = await database.file()
    picture = database.folder.parent / "denah.png"
    Image.new("RGB", (40, 40), "navy").save(picture)

    def turn() -> None:
        seat.log_in("rina")
        seat.open(f"/permohonan/{case.id}")
        seat.shown_field("Pesan").send_keys("Ini denah kantornya, Bu.")
        seat.shown_field("Gambar, PDF, atau rekaman suara").send_keys(str(picture))
        seat.press("Kirim pesan")
        seat.sees("Pesan masuk antrean kirim.")
        seat.sees("Dari petugas")

    await act(turn)
    assert (await database.told())[-2:] == ["petugas.kata", "petugas.berkas"]
    async with database.sessions() as session:
        file = await session.get_one(Attachment, 1)
        assert (file.case_id, file.field, file.mime) == (case.id, "petugas", "image/jpeg")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "without_scripts"])
async def test_earlier_lines_of_the_thread_are_one_link_away(
    scripts: bool, seat: Seat, database: Database
) -> None:
    await database.account("rina", unit="disdukcapil")
    case = await database.file()
    await database.move(case, Status.INCOMPLETE, "foto KK kabur")
    for number in range(SHOWN + 20):
        database.clock.move(timedelta(seconds=1))
        await database.say(f"kata ke-{number}.")

    def turn() -> None:
        seat.scripts(on=scripts)
        seat.log_in("rina")
        seat.open(f"/permohonan/{case.id}")
        seat.sees(f"kata ke-{SHOWN + 19}.")
        assert "kata ke-1." not in seat.chrome.page_source
        seat.follow("Yang lebih lama")
        seat.sees("kata ke-1.")
        assert ("kata ke-150." in seat.chrome.page_source) is scripts, (
            "added, or a page of its own"
        )
        if not scripts:
            seat.follow("Ke yang terbaru")
            seat.sees("kata ke-150.")

    await act(turn)
