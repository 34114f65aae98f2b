"""The report of the survey: an index where the sample suffices, plans, and who sees what."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from actions.casework import survey_index
from actions.casework.figures import Scope
from actions.casework.staff import Role
from actions.domain.period import read_period
from actions.domain.survey import Element, Grade
from actions.storage.tables import Case, Survey, SurveyAnswer, SurveyPlan
from tests.console.conftest import LogIn
from tests.support.clock import Clock
from tests.support.database import CHAT, Database
from tests.support.figures import count_figures

PAGE = "/laporan/kepuasan?masa=2026-11"
TOTALS = (105, 101, 100, 116, 102, 105, 106, 105, 115)
"""Sums of the nine elements over 29 citizens: 91.48 by the rule, 90.56 with a weight of 0.11."""


async def served(
    database: Database, marks: list[dict[Element, int]], *, silent: int = 0, **of: str
) -> None:
    """Citizens who got what they wanted; each gave these marks, the last ones gave none."""
    now, unit = database.clock.now, of.get("unit", "disdukcapil")
    slug = of.get("slug", "ktp_hilang")
    case = await database.file()
    async with database.sessions.begin() as session:
        for given in [*marks, *({} for _ in range(silent))]:
            row = Case(
                kind=case.kind,
                slug=slug,
                unit=unit,
                chat=CHAT,
                form={},
                status="diserahkan",
                created_at=now,
                updated_at=now,
                answers={},
            )
            session.add(row)
            await session.flush()
            survey = Survey(case_id=row.id, chat=CHAT, unit=unit, slug=slug, invited_at=now)
            session.add(survey)
            await session.flush()
            for element, value in given.items():
                row_ = SurveyAnswer(survey_id=survey.id, element=element, value=value)
                session.add(row_)
    await count_figures(database)


def twenty_nine() -> list[dict[Element, int]]:
    """Marks of 29 citizens with the sums above, as even as can be."""
    columns = [[total // 29 + (person < total % 29) for person in range(29)] for total in TOTALS]
    return [dict(zip(Element, row, strict=True)) for row in zip(*columns, strict=True)]


async def test_without_answers_the_page_says_so(log_in: LogIn) -> None:
    rina = await log_in("rina")
    await rina.open(PAGE)
    assert "Belum ada yang dinilai" in rina.words


async def test_the_address_of_before_leads_here(log_in: LogIn) -> None:
    rina = await log_in("rina")
    await rina.open("/survei")
    assert (rina.status, rina.address) == (200, "/laporan/kepuasan")


async def test_the_quarter_that_was_checked_by_hand(database: Database, log_in: LogIn) -> None:
    """31 served need 29 answers (28.7 rounded); 29 of them gave the sums of the check."""
    await served(database, twenty_nine(), silent=2)
    async with database.sessions() as session:
        quarter = read_period("2026-T4")
        index = (await survey_index.together(session, quarter, Scope())).index
    assert (index.ikm, index.grade) == (Decimal("91.48"), Grade.A)
    assert (index.n, index.needed) == (29, 29)
    assert index.nrr[Element.TIME] == Decimal("3.45")  # 100 / 29
    assert index.lowest() == (Element.TIME, Element.PROCEDURE, Element.PRODUCT)
    budi = await log_in("budi", Role.SUPERVISOR)
    for period in ("2026-11", "2026-T4", "2026"):
        await budi.open(f"/laporan/kepuasan?masa={period}&unit=disdukcapil")
        assert "91,48 A, sangat baik sampel cukup (29/29)" in budi.words
        assert "Waktu Nilai rata-rata (1–4): 3,45" in budi.words


async def test_too_few_answers_give_no_index_and_no_grade(
    database: Database, log_in: LogIn
) -> None:
    await served(database, twenty_nine(), silent=71)
    budi = await log_in("budi", Role.SUPERVISOR)
    await budi.open(PAGE)
    assert "sampel belum cukup (29/80)" in budi.words
    assert "91,48" not in budi.words
    assert "A, sangat baik" not in budi.words
    assert "Rencana perbaikan" not in budi.words
    report = await (await budi.client.get(f"/laporan/unduh/kepuasan.pdf{PAGE[17:]}")).read()
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(report)).pages)
    assert "Baru 29 dari 80 penilaian" in " ".join(text.split())
    assert "91,48" not in text
    table = await (await budi.client.get(f"/laporan/unduh/kepuasan.csv{PAGE[17:]}")).text()
    assert "Dukcapil;;;100;29;80" in table


async def test_an_officer_sees_the_own_unit_a_supervisor_all(
    database: Database, log_in: LogIn
) -> None:
    await served(database, [dict.fromkeys(Element, 4)])
    await served(database, [dict.fromkeys(Element, 2)], unit="dishub", slug="lampu_jalan")
    budi = await log_in("budi", Role.SUPERVISOR)
    await budi.open(PAGE)
    assert {"Dukcapil", "Dishub"} <= set(budi.links)
    dewi = await log_in("dewi", unit="dishub")
    await dewi.open(PAGE)
    assert "50,00 D, tidak baik sampel cukup (1/1)" in dewi.words
    assert "Dukcapil" not in dewi.words


async def test_a_period_is_chosen_on_the_offices_clock(
    database: Database, log_in: LogIn, clock: Clock
) -> None:
    """Half past midnight on New Year in WIB is still the old year in UTC."""
    clock.now = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)
    await served(database, [dict.fromkeys(Element, 4)])
    budi = await log_in("budi", Role.SUPERVISOR)
    for period, found in (("2027-01", True), ("2027-T1", True), ("2026-12", False)):
        await budi.open(f"/laporan/kepuasan?masa={period}")
        assert ("Belum ada yang dinilai" not in budi.words) is found, period


async def test_the_trend_leaves_out_what_was_too_little(
    database: Database, log_in: LogIn, clock: Clock
) -> None:
    clock.now = datetime(2026, 10, 5, 3, tzinfo=UTC)
    await served(database, [dict.fromkeys(Element, 4)], silent=9)
    clock.now = datetime(2026, 11, 5, 3, tzinfo=UTC)
    await served(database, [dict.fromkeys(Element, 3)])
    budi = await log_in("budi", Role.SUPERVISOR)
    await budi.open(PAGE)
    assert "Oktober 2026 sampel belum cukup (1/10)" in budi.words
    assert "November 2026 75,00 C" in budi.words
    assert budi.html.count("<circle") == 1


async def _plans(database: Database) -> list[SurveyPlan]:
    async with database.sessions() as session:
        return list((await session.scalars(select(SurveyPlan))).all())


@pytest.mark.parametrize("unit", ["disdukcapil", None])
async def test_a_head_plans_what_is_done_and_ticks_it(
    unit: str | None, database: Database, log_in: LogIn
) -> None:
    await served(database, twenty_nine(), silent=2)
    budi = await log_in("budi", Role.SUPERVISOR, unit)
    await budi.open(f"{PAGE}&unit=disdukcapil")
    assert budi.words.count("Belum ada rencana.") == 3
    form = next(form for form in budi.forms if "unsur" in form.names)
    first = {**form.values, "apa": "Tambah loket", "kapan": "2026-12-31", "siapa": "Kepala seksi"}
    await budi.post(form.action, first)
    assert "Tambah loket" in budi.words
    assert "Kepala seksi" in budi.words
    (plan,) = await _plans(database)
    assert (plan.unit, plan.period, plan.element) == ("disdukcapil", "2026-11", "waktu")
    assert (plan.due_on, plan.done_on) == (date(2026, 12, 31), None)
    await budi.post(form.action, {**first, "apa": "Dua loket", "selesai": "ya"})
    (plan,) = await _plans(database)
    assert (plan.action, plan.done_on) == ("Dua loket", date(2026, 11, 27))


@pytest.mark.parametrize(
    "wrong", [{"apa": " "}, {"siapa": ""}, {"kapan": ""}, {"kapan": "31-12-2026"}]
)
async def test_a_plan_that_lacks_something_is_not_kept_and_says_so(
    wrong: dict[str, str], database: Database, log_in: LogIn
) -> None:
    await served(database, twenty_nine(), silent=2)
    budi = await log_in("budi", Role.SUPERVISOR)
    await budi.open(f"{PAGE}&unit=disdukcapil")
    form = next(form for form in budi.forms if "unsur" in form.names)
    whole = {**form.values, "apa": "Tambah loket", "kapan": "2026-12-31", "siapa": "Kepala seksi"}
    await budi.post(form.action, {**whole, **wrong})
    assert budi.status == 422
    assert "Rencana belum tersimpan" in budi.words
    assert await _plans(database) == []


async def test_only_the_head_of_the_unit_plans(database: Database, log_in: LogIn) -> None:
    await served(database, twenty_nine(), silent=2)
    plan = {"unsur": "waktu", "apa": "a", "kapan": "2026-12-31", "siapa": "b"}
    for name, role, unit in (
        ("rina", Role.OFFICER, "disdukcapil"),
        ("admin", Role.ADMIN, None),
        ("lain", Role.SUPERVISOR, "dishub"),
    ):
        page = await log_in(name, role, unit)
        csrf = page.form("Keluar").values["csrf"]
        address = "/laporan/kepuasan/rencana?masa=2026-11&unit=disdukcapil"
        await page.post(address, {**plan, "csrf": csrf})
        assert page.status == 404, name
    assert await _plans(database) == []
