"""The desk in a real Chromium: few clicks, one page load, and the keyboard alone."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from sqlalchemy import select

from actions.domain.status import Status
from actions.storage.tables import Case, Message
from tests.console.browser import WIDTHS, Seat, act
from tests.support.database import Database

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


async def urgent(database: Database, chat: str) -> Case:
    case = await database.file(chat=chat)
    async with database.sessions.begin() as session:
        (await session.get_one(Case, case.id)).urgent = True
    return case


def stay(seat: Seat) -> None:
    """Leave a mark in the page that only loading another one takes away."""
    seat.chrome.execute_script("window.stayed = true")


def stayed(seat: Seat) -> bool:
    return bool(seat.chrome.execute_script("return window.stayed === true"))


async def test_most_urgent_ask_for_a_paper_next_takes_three_clicks_and_one_load(
    seat: Seat, database: Database
) -> None:
    await database.account("rina", unit="disdukcapil")
    first, second = await urgent(database, "tg:1"), await urgent(database, "tg:2")

    def work() -> None:
        seat.log_in("rina")
        stay(seat)
        seat.follow("KTP hilang")
        seat.sees(str(first.code))
        seat.sees("Langkah berikutnya")
        seat.chrome.find_element(By.XPATH, "//summary[starts-with(., 'Minta ulang')]").click()
        asked = "//details[@open]//button[contains(., 'lalu berikutnya')]"
        seat.chrome.find_element(By.XPATH, asked).click()
        seat.sees("Status sudah diubah")
        heading = seat.chrome.find_element(By.CSS_SELECTOR, "#panel h1").text
        assert str(second.code) in heading, "the next one is open"
        assert stayed(seat), "no page was loaded"

    await act(work)
    done = await database.fresh(first)
    assert done.status == Status.INCOMPLETE
    async with database.sessions() as session:
        said = (await session.scalars(select(Message.text).where(Message.chat == "tg:1"))).all()
    assert any("Tolong kirim" in str(text) for text in said)


async def test_an_escalation_is_answered_in_three_clicks(seat: Seat, database: Database) -> None:
    await database.account("rina")
    escalation = await database.escalation()

    def work() -> None:
        seat.log_in("rina")
        seat.follow("Eskalasi")
        seat.sees("Pilih satu di daftar")
        stay(seat)
        seat.chrome.find_element(By.CSS_SELECTOR, "a[data-buka]").click()
        seat.sees("Mengapa sampai ke petugas")
        seat.field("Pesan").send_keys("Baik, saya bantu.")
        seat.press("Kirim pesan")
        seat.sees("Pesan masuk antrean kirim")
        assert stayed(seat)

    await act(work)
    assert (await database.fresh(escalation)).claimed_by is not None


async def test_the_desk_is_worked_by_keyboard_alone(seat: Seat, database: Database) -> None:
    await database.account("rina", unit="disdukcapil")
    first, second = await urgent(database, "tg:1"), await urgent(database, "tg:2")

    def type_on(*keys: str) -> None:
        for key in keys:
            seat.chrome.switch_to.active_element.send_keys(key)

    def work() -> None:
        seat.log_in("rina")
        type_on("j", "j")
        assert seat.active()["tag"] == "A"
        type_on(Keys.ENTER)
        seat.sees(f"KTP hilang {second.code}")
        assert seat.chrome.switch_to.active_element.get_attribute("id") == "panel"
        seat.chrome.find_element(By.TAG_NAME, "body").send_keys("k")
        assert seat.active()["tag"] == "A"
        type_on(Keys.ENTER)
        seat.sees(f"KTP hilang {first.code}")

    await act(work)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "without_scripts"])
async def test_several_are_taken_and_the_way_back_leads_to_the_tray(
    width: int, scripts: bool, seat: Seat, database: Database
) -> None:
    await database.account("rina", unit="disdukcapil")
    cases = [await database.file(chat=f"tg:{number}") for number in range(2)]

    def work() -> None:
        seat.screen(width)
        seat.scripts(on=scripts)
        seat.log_in("rina")
        seat.open("/meja?baki=baru&hal=ktp_hilang")
        for tick in seat.chrome.find_elements(By.NAME, "pilih"):
            tick.click()
        seat.chrome.find_element(By.CSS_SELECTOR, ".bulk summary").click()
        seat.press("Ambil")
        seat.sees("2 diambil, 0 tidak bisa")
        seat.open("/meja?baki=milik")
        assert seat.overflow() == 0
        if width < 500 or not scripts:
            seat.follow("KTP hilang")
            seat.sees("Langkah berikutnya")
            seat.follow("Kembali ke daftar")
            assert "baki=milik" in seat.chrome.current_url

    await act(work)
    owners = [(await database.fresh(case)).owner_id for case in cases]
    assert None not in owners


async def test_counts_renew_themselves(seat: Seat, database: Database) -> None:
    await database.account("rina", unit="disdukcapil")

    def come_in() -> None:
        seat.log_in("rina")
        seat.sees("Baru")

    await act(come_in)
    await database.file()

    def see() -> None:
        seat.sees("Ada yang berubah")
        seat.sees("Baru 1", "Baru1")  # the counts come shortly after

    await act(see)
