"""Somebody at the counter, in a real Chromium: found or not, written down, with a receipt."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select
from sqlalchemy import select

from actions.domain.work import Channel
from actions.storage.tables import Attachment, Case
from tests.console.browser import WIDTHS, Seat, act
from tests.console.test_screens import AUDIT
from tests.storage.pictures import jpeg
from tests.support.database import KTP, Database

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
NAME, NIK = "Budi Santoso", KTP["nik"]


def _looks_well(seat: Seat) -> None:
    assert seat.overflow() == 0
    assert seat.chrome.execute_script(AUDIT) == []


def _choose(seat: Seat, field: str, value: str) -> None:
    seat.chrome.find_element(By.ID, f"isi-{field}-{value}").send_keys(Keys.SPACE)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "without_scripts"])
async def test_a_walk_in_is_searched_written_down_and_leaves_with_a_receipt(
    width: int, scripts: bool, seat: Seat, database: Database, tmp_path: Path
) -> None:
    await database.account("rina")
    photo = tmp_path / "kk.jpg"
    photo.write_bytes(jpeg())

    def search() -> None:
        seat.screen(width)
        seat.scripts(on=scripts)
        seat.log_in("rina")
        seat.field("Cari kode").send_keys(NAME, Keys.ENTER)
        seat.sees("Tidak ada yang cocok")
        _looks_well(seat)
        seat.press("Catat di Loket")
        seat.sees("Mulai mengisi")
        _looks_well(seat)
        Select(seat.field("Layanan atau laporan")).select_by_visible_text("KTP hilang")
        seat.press("Mulai mengisi")

    def fill_in() -> None:
        seat.sees("Lanjut")
        _looks_well(seat)
        assert seat.field("Nama").get_attribute("value") == NAME
        seat.field("NIK").send_keys("3578", Keys.ENTER)
        seat.sees("NIK itu 16 angka, yang ini 4.")
        _looks_well(seat)
        assert [line for line in seat.complaints() if "422" not in line] == []
        seat.field("NIK").send_keys(Keys.CONTROL, "a")
        seat.field("NIK").send_keys(NIK)
        _choose(seat, "lapor_polisi", "belum")
        _choose(seat, "data_tetap", "ya")
        seat.field("Fotokopi KK").send_keys(str(photo))
        seat.press("Lanjut")
        seat.sees("Periksa isian")
        _looks_well(seat)
        seat.press("Kirim dan buat tanda terima")

    def take_receipt() -> None:
        seat.sees("Tanda terima")
        _looks_well(seat)
        assert "kode klaim" in seat.sees("lalu tulis kode klaim ini")
        prints = seat.chrome.find_element(By.CSS_SELECTOR, "[data-cetak]").is_displayed()
        assert prints is scripts
        seat.follow("Layani orang berikutnya")
        seat.sees("Siapa yang datang")

    for turn in (search, fill_in, take_receipt):
        await act(turn)
    async with database.sessions() as session:
        case = (await session.scalars(select(Case))).one()
        file = (await session.scalars(select(Attachment))).one()
    assert (case.channel, case.code is not None) == (Channel.COUNTER, True)
    assert (file.case_id, file.field) == (case.id, "kk")
