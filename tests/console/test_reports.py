"""Reports: a period chosen once, figures that lead to their cases, and who reads which unit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.casework.staff import Role
from actions.domain.status import Status
from actions.storage.tables import Case, Staff
from tests.console.conftest import LogIn
from tests.support.database import LAMP, Database

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
