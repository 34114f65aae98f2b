"""The list that anybody may read: what it shows, how it pages, and that it needs no chat."""

from __future__ import annotations

from typing import Any

import pytest

from actions.casework import publishing
from actions.storage.tables import Case, Staff
from bot.web.public import SIZE
from tests.console.browser import WIDTHS, Seat, act
from tests.support.database import LAMP, Database
from tests.support.web_citizen import WebCitizen
from tests.web.test_browser import AUDIT, own_seat  # noqa: F401  a fixture

TOLD = "rumah pak Udin yang cat hijau"
HERE = "/warga/laporan"


async def published(stored: Database, by: Staff, number: int, **place: str) -> Case:
    """A report that its citizen and an officer let anybody see."""
    where: dict[str, Any] = {"teks": TOLD, "desa": "Wonorejo", **place}
    case = await stored.file("lampu_jalan", {**LAMP, "lokasi": where}, chat=f"tg:{number}")
    async with stored.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        publishing.allow(session, stored.reference, row, stored.clock.now)
        publishing.show(session, stored.reference, row, by=by, now=stored.clock.now)
    return case


async def test_it_shows_the_kind_the_village_a_landmark_and_the_status(
    citizen: WebCitizen, stored: Database
) -> None:
    rina = await stored.account("rina")
    case = await published(stored, rina, 1, patokan="Pasar Wonorejo")
    await citizen.open()
    await citizen.open(citizen.links["Lihat laporan warga yang diumumkan"])
    assert (citizen.status, citizen.address) == (200, HERE)
    for seen in ("Lampu jalan mati", "Wonorejo, dekat Pasar Wonorejo", "menunggu"):
        assert seen in citizen.html
    for hidden in (TOLD, case.code or "", "tg:1"):
        assert hidden not in citizen.html


async def test_it_is_read_page_by_page_and_by_village(
    citizen: WebCitizen, stored: Database
) -> None:
    rina = await stored.account("rina")
    for number in range(SIZE + 3):
        await published(stored, rina, number)
    await published(stored, rina, 99, desa="Mekarsari")

    await citizen.open(HERE)
    assert citizen.html.count("<li>") == SIZE
    await citizen.open(citizen.links["Lihat yang lebih lama"])
    assert citizen.html.count("<li>") == 4
    assert "Lihat yang lebih lama" not in citizen.links
    await citizen.open(f"{HERE}?desa=Mekarsari")
    assert citizen.html.count("<li>") == 1
    await citizen.open(f"{HERE}?desa=Tegalsari")
    assert "Belum ada laporan" in citizen.html


@pytest.mark.parametrize(
    "query", ["sebelum=x", "sebelum=99999999999999999999-1", "sebelum=1-", "desa=%00", "sebelum=-"]
)
async def test_what_no_page_links_to_is_the_first_page(
    citizen: WebCitizen, stored: Database, query: str
) -> None:
    await published(stored, await stored.account("rina"), 1)
    await citizen.open(f"{HERE}?{query}")
    assert (citizen.status, citizen.html.count("<li>")) == (200, 1)


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("width", WIDTHS)
async def test_it_is_readable_for_everybody(
    width: int,
    own_seat: Seat,  # noqa: F811
    stored: Database,
) -> None:
    rina = await stored.account("rina")
    await published(stored, rina, 1, patokan="Pasar Wonorejo")
    seat = own_seat

    def look() -> None:
        seat.screen(width)
        for scheme in ("light", "dark"):
            seat.scheme(scheme)
            seat.open(HERE)
            seat.sees("dekat Pasar Wonorejo")
            assert seat.chrome.execute_script(AUDIT) == []
            assert seat.overflow() == 0

    await act(look)
    assert seat.complaints() == []
