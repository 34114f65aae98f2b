"""An officer sees what anybody would see of a report, and lets it be seen, or takes it back."""

from __future__ import annotations

from typing import Any

from actions.casework import publishing
from actions.casework.cases import CITIZEN
from actions.domain.status import Status
from actions.storage.tables import Case
from tests.console.conftest import LogIn
from tests.support.database import KTP, LAMP, Database

TOLD = "rumah pak Udin yang cat hijau"
AT_MARKET: dict[str, Any] = {
    **LAMP,
    "lokasi": {"teks": TOLD, "desa": "Wonorejo", "patokan": "Pasar Wonorejo"},
}
CONFIRM, BACK = "Umumkan", "Turunkan dari daftar umum"


async def _allowed(database: Database) -> Case:
    case = await database.file("lampu_jalan", AT_MARKET)
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        publishing.allow(session, database.reference, row, database.clock.now)
    return case


async def test_it_is_confirmed_as_it_will_be_seen_and_taken_back(
    database: Database, log_in: LogIn
) -> None:
    case, rina = await _allowed(database), await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    _, _, section = rina.html.partition('id="umumkan"')
    seen, _, _ = section.partition("</section>")
    assert "Wonorejo, dekat Pasar Wonorejo" in seen
    assert TOLD not in seen
    assert case.code not in seen

    await rina.press(CONFIRM)
    assert "Sudah tampil di daftar laporan umum." in rina.words
    assert (await database.fresh(case)).public_place == "Pasar Wonorejo"
    assert "Tampil di daftar umum" in rina.words, "the history tells it"
    await rina.press(BACK)
    assert (await database.fresh(case)).public_at is None
    assert CONFIRM in rina.buttons


async def test_it_is_not_offered_without_the_citizen_or_for_a_letter(
    database: Database, log_in: LogIn
) -> None:
    report, letter = (
        await database.file("lampu_jalan", AT_MARKET),
        await database.file(answers=KTP),
    )
    rina = await log_in("rina")
    for case in (report, letter):
        await rina.open(f"/permohonan/{case.id}")
        assert CONFIRM not in rina.buttons


async def test_who_presses_after_the_citizen_took_it_back_is_told(
    database: Database, log_in: LogIn
) -> None:
    case, rina = await _allowed(database), await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    async with database.sessions.begin() as session:
        publishing.forbid(session, await session.get_one(Case, case.id), database.clock.now)
    await rina.press(CONFIRM)
    assert rina.status == 422
    assert "warga sudah menarik izinnya" in rina.words
    assert (await database.fresh(case)).public_at is None


async def test_another_unit_cannot_publish(database: Database, log_in: LogIn) -> None:
    case, rina = await _allowed(database), await log_in("rina", unit="disdukcapil")
    await rina.open("/meja")
    csrf = rina.form("Keluar").values["csrf"]
    await rina.post(f"/permohonan/{case.id}/umumkan", {"csrf": csrf, "pilihan": "yes"})
    assert rina.status == 404
    assert (await database.fresh(case)).public_at is None


async def test_it_lies_in_a_tray_until_an_officer_says_yes_or_no(
    database: Database, log_in: LogIn
) -> None:
    case, rina = await _allowed(database), await log_in("rina")
    await rina.open("/meja?baki=umumkan")
    assert case.code in rina.words

    await rina.open(f"/permohonan/{case.id}")
    await rina.press("Jangan diumumkan")
    assert "Laporan ini tidak diumumkan, dan pelapornya diberi tahu." in rina.words
    assert (await database.fresh(case)).public_at is None
    told = [key for key in await database.told() if key.startswith("umumkan.")]
    assert told == ["umumkan.tidak_jadi"]
    await rina.open("/meja?baki=umumkan")
    assert "Tidak ada laporan yang menunggu diumumkan." in rina.words

    await rina.open(f"/permohonan/{case.id}")
    assert "Jangan diumumkan" not in rina.buttons
    await rina.press(CONFIRM)
    assert (await database.fresh(case)).public_at is not None


async def test_what_its_citizen_withdrew_leaves_the_tray(
    database: Database, log_in: LogIn
) -> None:
    case, rina = await _allowed(database), await log_in("rina")
    await database.move(case, Status.WITHDRAWN, by=CITIZEN)

    await rina.open("/meja?baki=umumkan")

    assert "Tidak ada laporan yang menunggu diumumkan." in rina.words


async def test_what_was_taken_off_the_list_does_not_come_back_to_the_tray(
    database: Database, log_in: LogIn
) -> None:
    case, rina = await _allowed(database), await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    await rina.press(CONFIRM)
    await rina.press(BACK)

    await rina.open("/meja?baki=umumkan")

    assert case.code not in rina.words
