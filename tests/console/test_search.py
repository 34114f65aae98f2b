"""The search of every page: by what is said, and never through an address."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from actions.casework import search
from actions.casework.audit_log import Look
from actions.casework.staff import Role
from actions.storage.tables import AccessLog
from tests.console.conftest import LogIn
from tests.support.database import BRIBE, KTP, LAMP, Database

FIND = "Temukan"


async def looks(database: Database) -> list[str]:
    async with database.sessions() as session:
        found = select(AccessLog.action).order_by(AccessLog.id)
        return list((await session.scalars(found)).all())


async def test_a_code_leads_straight_to_its_case(database: Database, log_in: LogIn) -> None:
    case = await database.file()
    rina = await log_in("rina")
    await rina.press(FIND, kata=str(case.code).lower())
    assert rina.address == f"/permohonan/{case.id}"
    assert await looks(database) == [Look.CASE]


@pytest.mark.parametrize("words", ["siti", KTP["nik"], "0812-3456-7890", "ktp hilang"])
async def test_what_was_found_says_whose_it_is_and_is_noted(
    database: Database, log_in: LogIn, words: str
) -> None:
    case = await database.file()
    rina = await log_in("rina")
    await rina.press(FIND, kata=words)
    assert (rina.status, rina.address) == (200, "/cari")
    assert rina.links[str(case.code)] == f"/permohonan/{case.id}"
    assert "Siti Aminah" in rina.words
    assert KTP["nik"] not in rina.html.replace(f'value="{KTP["nik"]}"', "")
    assert await looks(database) == [Look.FOUND]


async def test_a_secret_case_does_not_say_whose_it_is(database: Database, log_in: LogIn) -> None:
    case = await database.file("pungli", {**BRIBE, "cerita": "diminta uang"})
    budi = await log_in("budi", Role.SUPERVISOR, sees_secret=True)
    await budi.press(FIND, kata="pungli")
    assert str(case.code) in budi.links
    assert "dirahasiakan" in budi.words
    assert await looks(database) == []


async def test_nothing_found_says_what_can_be_found_and_leads_to_the_counter(
    log_in: LogIn,
) -> None:
    rina = await log_in("rina")
    await rina.press(FIND, kata="Budi Santoso")
    assert "Tidak ada yang cocok" in rina.words
    assert "nomor telepon, desa, atau nama layanan" in rina.words
    await rina.press("Catat di Loket")
    assert (rina.address, rina.status) == ("/loket", 200)
    assert rina.form("Cari").values["kata"] == "Budi Santoso"


async def test_older_ones_follow_on_the_next_page(
    database: Database, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "PAGE", 2)
    filed = [str((await database.file("lampu_jalan", LAMP)).code) for _ in range(3)]
    rina = await log_in("rina")
    await rina.press(FIND, kata="desa mekarsari")
    assert [code for code in filed if code in rina.links] == filed[1:]
    await rina.press("Tampilkan yang lebih lama")
    assert [code for code in filed if code in rina.links] == filed[:1]
    assert "Tampilkan yang lebih lama" not in rina.buttons


async def test_nobody_is_found_through_an_address(database: Database, log_in: LogIn) -> None:
    await database.file()
    rina = await log_in("rina")
    await rina.open("/cari?kata=siti")
    assert "Siti" not in rina.words
    assert await looks(database) == []


async def test_others_find_nothing_of_a_unit(database: Database, log_in: LogIn) -> None:
    case = await database.file()
    tono = await log_in("tono", Role.OFFICER, "dinsos")
    for words in ("siti aminah", str(case.code), KTP["nik"]):
        await tono.press(FIND, kata=words)
        assert "Tidak ada yang cocok" in tono.words
