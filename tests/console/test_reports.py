"""Reports: a period chosen once, figures that lead to their cases, and who reads which unit."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest

from actions.casework.staff import Role
from actions.domain.status import Status
from actions.storage.tables import Case, Staff
from bot.console.reports import tables
from bot.console.reports.sheets import csv_file
from bot.console.reports.tables import Table
from tests.console.conftest import LogIn
from tests.support.clock import Clock
from tests.support.database import LAMP, Database
from tests.support.figures import count_figures

PAGES = ("", "/terlambat", "/layanan", "/wilayah", "/kepuasan", "/bot")
MONTH = "masa=2026-11"


async def answered(database: Database, by: Staff, *, after: int = 0) -> Case:
    """A request that was answered so many days after it came."""
    case = await database.file()
    database.clock.move(timedelta(days=after))
    await database.move(case, Status.READY, by=by)
    return case


@pytest.mark.parametrize("path", PAGES)
async def test_every_report_says_so_where_there_is_nothing(path: str, log_in: LogIn) -> None:
    rina = await log_in("rina")
    await rina.open(f"/laporan{path}?{MONTH}")
    assert rina.status == 200
    assert "belum selesai dihitung" in rina.words


@pytest.mark.parametrize("path", PAGES)
async def test_every_report_shows_a_month(path: str, database: Database, log_in: LogIn) -> None:
    budi = await database.account("budi", Role.SUPERVISOR)
    await answered(database, budi)
    await answered(database, budi, after=20)
    await database.file("lampu_jalan", LAMP)
    await count_figures(database)
    page = await log_in("budi")
    for query in ("", f"?{MONTH}", "?masa=2026-T4", "?masa=2026", "?unit=disdukcapil"):
        await page.open(f"/laporan{path}{query}")
        assert page.status == 200
    await page.open(f"/laporan{path}?dari=2026-11-02&sampai=2026-11-30")
    assert "2 November 2026 sampai 30 November 2026" in page.words


FILES = ("unit", "layanan", "desa", "sebab", "kepuasan")


@pytest.mark.parametrize(
    "name",
    [f"{stem}.{ending}" for stem in FILES for ending in ("csv", "xlsx")]
    + ["laporan.xlsx", "laporan.pdf", "kepuasan.pdf", "papan.svg", "perkara.csv?angka=masuk"],
)
async def test_every_file_is_what_it_says(name: str, database: Database, log_in: LogIn) -> None:
    budi = await database.account("budi", Role.SUPERVISOR)
    await answered(database, budi, after=20)
    await count_figures(database)
    page = await log_in("budi")
    mark = "&" if "?" in name else "?"
    answer = await page.client.get(f"/laporan/unduh/{name}{mark}{MONTH}")
    content = await answer.read()
    begins = {"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "pdf": b"%PDF", "svg": b"<svg"}
    assert answer.status == 200
    assert content.startswith(begins[name.partition("?")[0].rpartition(".")[2]])
    assert "attachment" in answer.headers["Content-Disposition"]


async def test_last_month_is_shown_unless_another_is_chosen(log_in: LogIn) -> None:
    rina = await log_in("rina")
    await rina.open("/laporan")
    assert "Ringkasan: Oktober 2026" in rina.words
    await rina.press("Tampilkan", masa="2026-T3")
    assert "Ringkasan: Triwulan 3 tahun 2026" in rina.words
    await rina.press("Tampilkan", dari="2026-11-02", sampai="2026-11-08")
    assert "2 November 2026 sampai 8 November 2026" in rina.words


@pytest.mark.parametrize(
    "query", ["masa=2026-13", "masa=x", "dari=2026-11-08&sampai=2026-11-02", "dari=2026-11-08"]
)
async def test_a_period_that_is_none_is_said_and_last_month_shown(
    query: str, log_in: LogIn
) -> None:
    rina = await log_in("rina")
    await rina.open(f"/laporan?{query}")
    assert rina.status == 200
    assert "Periode yang diminta tidak dikenal, jadi yang tampil Oktober 2026" in rina.words


@pytest.mark.parametrize(
    "path",
    [
        "?unit=tidak_ada",
        "?layanan=tidak_ada",
        "/perkara",
        "/perkara?angka=obrolan",
        "/perkara?angka=masuk&sesudah=x",
        "/perkara?angka=langkah&bagian=1",
        "/wilayah?ukuran=x",
        "/petugas",
        "/unduh/tidak.csv",
        "/unduh/unit.pdf",
        "/unduh/perkara.csv",
        "/unduh/perkara.csv?angka=selesai_oleh&bagian=1",
    ],
)
async def test_what_there_is_not_is_not_found(path: str, log_in: LogIn) -> None:
    budi = await log_in("budi", Role.SUPERVISOR)
    await budi.open(f"/laporan{path}")
    assert budi.status == 404


async def test_a_unit_reads_its_own_figures_and_no_others(
    database: Database, log_in: LogIn
) -> None:
    await database.account("dewi", unit="dishub")
    await database.account("kepala", Role.SUPERVISOR, unit="dishub")
    lamp = await database.file("lampu_jalan", LAMP)
    await database.file()
    await count_figures(database)
    for name in ("dewi", "kepala"):
        page = await log_in(name)
        await page.open(f"/laporan?{MONTH}")
        assert "Masuk 1 Oktober 2026: 0" in page.words
        assert "Semua unit" not in page.words
        await page.open(f"/laporan/perkara?angka=masuk&{MONTH}")
        assert lamp.code in page.words
        assert page.words.count("SKM-") + page.words.count("KSM-") <= 1
        for path in ("", "/terlambat", "/perkara?angka=masuk", "/unduh/unit.csv"):
            await page.open(f"/laporan{path}{'&' if '?' in path else '?'}unit=disdukcapil")
            assert page.status == 404
        answer = await page.client.get(f"/laporan/unduh/unit.csv?{MONTH}")
        assert "Dukcapil" not in await answer.text()


async def test_only_the_head_of_a_unit_sees_its_officers(
    database: Database, log_in: LogIn
) -> None:
    rina = await database.account("rina", unit="disdukcapil")
    case = await answered(database, rina)
    await count_figures(database)
    people = (
        ("kepala", Role.SUPERVISOR, "disdukcapil", 200),
        ("lain", Role.SUPERVISOR, "dishub", 200),
        ("semua", Role.SUPERVISOR, None, 404),
        ("admin", Role.ADMIN, None, 404),
        ("admin_unit", Role.ADMIN, "disdukcapil", 404),
        ("teman", Role.OFFICER, "disdukcapil", 404),
    )
    for name, role, unit, status in people:
        page = await log_in(name, role, unit)
        await page.open(f"/laporan/petugas?{MONTH}")
        assert page.status == status, name
        assert ("Rina" in page.words) is (name == "kepala")
        assert ("Petugas" in page.links) is (status == 200)
        await page.open(f"/laporan/perkara?angka=selesai_oleh&bagian={rina.id}&{MONTH}")
        assert page.status == status, name
        assert (str(case.code) in page.words) is (name == "kepala")


async def test_what_was_late_last_month_and_why_is_two_clicks_away(
    database: Database, log_in: LogIn, clock: Clock
) -> None:
    budi = await database.account("budi", Role.SUPERVISOR)
    case = await answered(database, budi, after=20)
    async with database.sessions.begin() as session:
        (await session.get_one(Case, case.id)).late_cause = "alat"
    clock.move(timedelta(days=20))
    await count_figures(database)
    page = await log_in("budi")
    await page.open(page.links["Laporan"])
    await page.open(page.links["Terlambat"])
    assert "Terlambat: Desember 2026" in page.words
    assert "1 dari 1 janji dilanggar." in page.words
    assert "Alat atau bahan belum ada 1 100%" in page.words.replace("Jumlah: ", "").replace(
        "Persen: ", ""
    )
    assert str(case.code) in page.links


async def test_every_figure_leads_to_as_many_cases(database: Database, log_in: LogIn) -> None:
    """Each link of the first page is followed; its number is that of the rows there."""
    budi = await database.account("budi", Role.SUPERVISOR)
    await answered(database, budi)
    await answered(database, budi, after=9)
    await database.file("lampu_jalan", LAMP)
    await count_figures(database)
    page = await log_in("budi")
    await page.open(f"/laporan?{MONTH}")
    links = re.findall(r'<a href="(/laporan/perkara[^"]+)">(\d+)</a>', page.html)
    assert len(links) >= 9
    for address, number in links:
        await page.open(address.replace("&amp;", "&"))
        rows = page.html.count('<th role="rowheader"')
        assert rows == int(number), address


async def test_words_of_citizens_become_no_formula(database: Database, log_in: LogIn) -> None:
    village = "=1+1"
    case = await database.file("lampu_jalan", LAMP)
    async with database.sessions.begin() as session:
        (await session.get_one(Case, case.id)).village = village
    await count_figures(database)
    page = await log_in("budi", Role.SUPERVISOR)
    for name in ("desa.csv", "perkara.csv?angka=masuk"):
        mark = "&" if "?" in name else "?"
        text = await (await page.client.get(f"/laporan/unduh/{name}{mark}{MONTH}")).text()
        assert "'=1+1" in text
        assert ";=1+1" not in text
        assert "\n=1+1" not in text
    book = await page.client.get(f"/laporan/unduh/desa.xlsx?{MONTH}")
    with ZipFile(BytesIO(await book.read())) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert village in parts.read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    table = Table("t", ["a", "b"], [[text, "x" + text], [-5, Decimal("1.50")]])
    lines = csv_file(table).decode("utf-8-sig")
    assert f"'{text}" in lines
    assert lines.endswith("-5;1,50\r\n")


async def test_a_list_that_is_cut_says_so(
    database: Database, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        await database.file()
    monkeypatch.setattr(tables, "AT_ONCE", 1)
    monkeypatch.setattr(tables, "MOST_CASES", 2)
    page = await log_in("budi", Role.SUPERVISOR)
    answer = await page.client.get(f"/laporan/unduh/perkara.csv?angka=masuk&{MONTH}")
    lines = (await answer.text()).strip().splitlines()
    assert len(lines) == 4
    assert lines[-1].strip('"').startswith("Hanya 2 perkara pertama")
