"""The list of cases: order, filters, pages, search."""

from __future__ import annotations

from datetime import timedelta

from actions.casework.queues import PAGE
from actions.casework.staff import Role
from actions.domain.status import Status
from actions.storage.tables import Case
from tests.console.conftest import LogIn
from tests.console.officer import Officer
from tests.support.clock import Clock
from tests.support.database import LAMP, Database

EVIL = "<script>alert('warga')</script>"


def _order(officer: Officer, cases: list[Case]) -> list[str]:
    codes = [case.code or "" for case in cases]
    return sorted((code for code in codes if code in officer.html), key=officer.html.index)


async def test_an_empty_list_says_so(log_in: LogIn) -> None:
    rina = await log_in("rina")
    assert "Tidak ada yang perlu ditampilkan" in rina.words


async def test_the_case_that_is_due_first_is_at_the_top_and_late_ones_are_marked(
    database: Database, log_in: LogIn, clock: Clock
) -> None:
    lamp = await database.file("lampu_jalan", LAMP)
    clock.move(timedelta(days=1))
    ktp = await database.file()
    rina = await log_in("rina")
    assert _order(rina, [lamp, ktp]) == [ktp.code, lamp.code]
    assert "terlambat" not in rina.words
    assert ktp.due_on is not None
    clock.move(timedelta(days=(ktp.due_on - clock.now.date()).days + 2))
    rina = await log_in("rina")
    assert "lewat 2 hari kerja janjinya 2 Desember" in rina.words
    await rina.open(rina.links["Terlambat 1"])
    assert _order(rina, [lamp, ktp]) == [ktp.code]


async def test_who_waits_for_the_citizen_is_not_late(
    database: Database, log_in: LogIn, clock: Clock
) -> None:
    officer = await database.account("rina")
    case = await database.file()
    await database.move(case, Status.INCOMPLETE, "foto kabur", by=officer)
    clock.move(timedelta(days=60))
    rina = await log_in("rina")
    assert "menunggu warga" in rina.words
    assert "Terlambat 0" in rina.links


async def test_a_list_is_narrowed_by_meaning_kind_and_unit(
    database: Database, log_in: LogIn
) -> None:
    officer = await database.account("budi", Role.SUPERVISOR)
    ktp, lamp = await database.file(), await database.file("lampu_jalan", LAMP)
    await database.move(ktp, Status.IN_REVIEW, by=officer)
    budi = await log_in("budi")
    await budi.open(budi.links["Dikerjakan 1"])
    assert _order(budi, [ktp, lamp]) == [ktp.code]
    await budi.press("Tampilkan", jenis="laporan")
    assert budi.form("Tampilkan").values["arti"] == "dikerjakan"
    assert _order(budi, [ktp, lamp]) == []
    assert "Coba pilih semua jenis" in budi.words
    await budi.open("/permohonan")
    await budi.press("Tampilkan", unit="dishub")
    assert _order(budi, [ktp, lamp]) == [lamp.code]
    await budi.open("/permohonan?arti=apa&unit=mana&jenis=itu&hal=-3&terlambat=ya")
    assert _order(budi, [ktp, lamp]) == [ktp.code, lamp.code]


async def test_finished_cases_leave_the_list_and_stay_findable(
    database: Database, log_in: LogIn
) -> None:
    officer = await database.account("rina")
    case = await database.file()
    for target in (Status.READY, Status.HANDED_OVER):
        await database.move(case, target, by=officer)
    rina = await log_in("rina")
    assert case.code not in rina.html
    await rina.open(rina.links["Selesai 1"])
    assert case.code in rina.html


async def test_a_long_list_has_pages(database: Database, log_in: LogIn) -> None:
    cases = [await database.file() for _ in range(PAGE + 2)]
    rina = await log_in("rina")
    assert len(_order(rina, cases)) == PAGE
    await rina.open(rina.links["Berikutnya"])
    assert len(_order(rina, cases)) == 2
    await rina.open("/permohonan?hal=999")
    assert len(_order(rina, cases)) == 2
    await rina.open(rina.links["Sebelumnya"])
    assert len(_order(rina, cases)) == PAGE


async def test_a_case_is_found_by_its_code_however_it_is_typed(
    database: Database, log_in: LogIn
) -> None:
    case = await database.file()
    rina = await log_in("rina")
    await rina.press("Cari", kode=f" {(case.code or '').lower().replace('-', ' ')} ")
    assert rina.address == f"/permohonan/{case.id}"


async def test_an_unknown_code_is_said_and_kept_in_the_field(log_in: LogIn) -> None:
    rina = await log_in("rina")
    await rina.press("Cari", kode=EVIL)
    assert (rina.status, "tidak ditemukan" in rina.words) == (404, True)
    assert rina.form("Cari").values["kode"] == EVIL[:40]
    assert "<script>alert" not in rina.html
