"""The survey page: the index where the sample suffices, and who sees which unit."""

from __future__ import annotations

from datetime import UTC, datetime

from actions.casework import surveys
from actions.casework.staff import Role
from actions.domain.status import Status
from actions.domain.survey import Element
from actions.storage.tables import Staff, Survey
from tests.console.conftest import LogIn
from tests.support.clock import Clock
from tests.support.database import LAMP, Database


async def _served(
    database: Database, by: Staff, score: int | None, values: int | None, slug: str = "ktp_hilang"
) -> None:
    """A citizen who got what was asked for, and said so, or not."""
    if slug == "ktp_hilang":
        case, ways = await database.file(), (Status.READY, Status.HANDED_OVER)
    else:
        case, ways = await database.file(slug, LAMP), (Status.VERIFIED, Status.IN_PROGRESS)
        ways = (*ways, Status.RESOLVED)
    for target in ways:
        await database.move(case, target, by=by)
    async with database.sessions.begin() as session:
        survey = await surveys.of_request(session, case.id)
        assert isinstance(survey, Survey)
        if score is not None:
            surveys.rate(survey, score, database.clock.now)
        for element in Element if values else ():
            await surveys.answer_element(session, survey, element, values or 0)


async def test_without_answers_the_page_says_so(log_in: LogIn) -> None:
    rina = await log_in("rina")
    await rina.open("/survei")
    assert "Belum ada yang dinilai" in rina.words


async def test_the_index_is_shown_once_the_sample_suffices(
    database: Database, log_in: LogIn
) -> None:
    budi = await database.account("budi", Role.SUPERVISOR)
    for values in (4, 3, 4):
        await _served(database, budi, 4, values)
    page = await log_in("budi")
    await page.open("/survei")
    assert "91,67 A, sangat baik sampel cukup (3/3)" in page.words
    assert "Sangat baik: 3" in page.words


async def test_too_few_answers_give_no_grade(database: Database, log_in: LogIn) -> None:
    budi = await database.account("budi", Role.SUPERVISOR)
    for values in (4, 4, None):
        await _served(database, budi, None, values)
    page = await log_in("budi")
    await page.open("/survei")
    assert "sampel belum cukup (2/3)" in page.words
    assert "100,00" not in page.words
    assert "A, sangat baik" not in page.words


async def test_an_officer_sees_the_own_unit_a_supervisor_all(
    database: Database, log_in: LogIn
) -> None:
    budi = await database.account("budi", Role.SUPERVISOR)
    await database.account("dewi", unit="dishub")
    await _served(database, budi, 4, 4)
    await _served(database, budi, 1, 2, "lampu_jalan")
    for name, units in (("budi", {"Dukcapil", "Dishub"}), ("dewi", {"Dishub"})):
        page = await log_in(name)
        await page.open("/survei")
        table = page.words.partition("Unsur terendah")[2]
        assert {unit for unit in ("Dukcapil", "Dishub") if unit in table} == units


async def test_a_period_is_chosen_on_the_offices_clock(
    database: Database, log_in: LogIn, clock: Clock
) -> None:
    """Half past midnight on New Year in WIB is still the old year in UTC."""
    budi = await database.account("budi", Role.SUPERVISOR)
    clock.now = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)
    await _served(database, budi, 4, 4)
    page = await log_in("budi")
    await page.open("/survei")
    assert "100,00" in page.words
    await page.press("Tampilkan", tahun="2027", triwulan="1")
    assert "100,00" in page.words
    for tahun, triwulan in (("2026", "0"), ("2026", "4"), ("2027", "2")):
        await page.press("Tampilkan", tahun=tahun, triwulan=triwulan)
        assert "Belum ada yang dinilai" in page.words
    await page.open("/survei?tahun=abc&triwulan=9")
    assert page.status == 200
