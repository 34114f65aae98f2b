"""A report as one path in Chromium: a month, a figure, its cases, and the files on the disk."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from actions.casework.staff import Role
from actions.domain.status import Status
from tests.console.browser import WIDTHS, Seat, act
from tests.support.clock import Clock
from tests.support.database import LAMP, Database
from tests.support.figures import count_figures

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
WORDS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}t"


def downloads_to(seat: Seat, folder: Path) -> None:
    seat.chrome.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)}
    )


def downloaded(seat: Seat, folder: Path, press: Callable[[], None], name: str) -> Path:
    """The file that pressing something leaves on the disk, once it is whole."""
    press()
    file = folder / name
    seat.until(lambda: file.exists() and not list(folder.glob("*.crdownload")))
    return file


def words_of_workbook(file: Path) -> set[str]:
    with ZipFile(file) as book:
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314  our own
    return {element.text or "" for element in shared.iter(WORDS)}


def words_of_pdf(file: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


@pytest.mark.parametrize("width", WIDTHS)
async def test_a_month_leads_to_its_cases_and_to_files_that_hold_them(
    width: int, seat: Seat, database: Database, clock: Clock, tmp_path: Path
) -> None:
    head = await database.account("budi", Role.SUPERVISOR)
    late, lamp = await database.file(), await database.file("lampu_jalan", LAMP)
    clock.move(timedelta(days=6))
    await database.move(late, Status.READY, by=head)
    await count_figures(database)
    codes = {str(late.code), str(lamp.code)}

    def get(label: str, name: str) -> Path:
        link = seat.chrome.find_element(By.LINK_TEXT, label)
        return downloaded(seat, tmp_path, link.click, name)

    def turn() -> None:
        downloads_to(seat, tmp_path)
        seat.screen(width)
        seat.log_in("budi")
        seat.follow("Laporan")
        for period in ("Oktober 2026", "November 2026"):
            Select(seat.field("Periode")).select_by_visible_text(period)
            seat.press("Tampilkan")
            seat.sees(f"Ringkasan: {period}")
        month = get("Dokumen (PDF)", "laporan-2026-11.pdf")
        assert "November 2026" in words_of_pdf(month)
        tile = "//dt[normalize-space()='Masuk']/following-sibling::dd//a"
        figure = seat.chrome.find_element(By.XPATH, tile)
        assert figure.text == "2"
        figure.click()
        seat.sees("Perkara masuk")
        assert all(code in seat.chrome.page_source for code in codes)
        assert seat.overflow() == 0
        rows = list(
            csv.reader(
                get("Tabel (CSV)", "perkara-2026-11.csv").read_text("utf-8-sig").splitlines(),
                delimiter=";",
            )
        )
        assert {row[0] for row in rows[1:]} == codes
        assert codes <= words_of_workbook(get("Excel (XLSX)", "perkara-2026-11.xlsx"))

    await act(turn)
