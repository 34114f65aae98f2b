"""Reports: a period chosen once, figures that lead to their cases, and who reads which unit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.casework.staff import Role
from actions.domain.status import Status
from actions.storage.tables import Case, Staff
from tests.console.conftest import LogIn
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
