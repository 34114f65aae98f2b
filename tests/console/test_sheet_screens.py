"""Sheets and sentences with words longer than any column, as an audit sees them."""

from __future__ import annotations

from typing import Any

import pytest

from actions.casework import office_settings
from actions.casework.office_settings import Hand
from actions.casework.staff import Role
from actions.catalogue.sheets import CLOCKS, HOLIDAYS, NOTICES, SHEETS, TEMPLATES
from tests.console.browser import WIDTHS, Seat, act
from tests.console.test_screens import AUDIT
from tests.support.database import Database

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LONG = "sangat" * 40
ROWS: dict[str, dict[str, Any]] = {
    TEMPLATES.key: {
        "judul": LONG[:80],
        "teks": LONG * 3,
        "unit": None,
        "status": None,
        "aktif": True,
    },
    CLOCKS.key: {
        "hari": 5,
        "unit": None,
        "jenis": None,
        "hal": "ktp_hilang",
        "satuan": "jam_kerja",
        "tahap": "jawaban",
        "jeda": True,
        "dari": "2026-11-01",
        "sampai": None,
        "dasar": LONG,
    },
    NOTICES.key: {"teks": LONG, "unit": None, "dari": "2026-11-27", "sampai": "2026-11-30"},
}
PAGES = (
    "/belajar",
    "/belajar/1",
    "/pengaturan/riwayat",
    *(f"/pengaturan/{key}" for key in SHEETS),
    *(f"/pengaturan/{key}/1" for key in ROWS),
    "/pengaturan/libur/2026-08-17",
)


@pytest.mark.parametrize("width", WIDTHS)
async def test_long_words_fit_the_screen(width: int, seat: Seat, database: Database) -> None:
    admin = await database.account("admin", Role.ADMIN)
    await database.sample(f"katepe {LONG} kelupas")
    hand, shipped = Hand(admin, database.clock.now), database.reference
    async with database.sessions.begin() as session:
        for key, row in ROWS.items():
            await office_settings.save(session, shipped, SHEETS[key], None, row, hand)
        await office_settings.remove(session, shipped, HOLIDAYS, "2026-12-25", hand)

    def looks_well() -> None:
        assert seat.overflow() == 0, seat.chrome.current_url
        assert seat.chrome.execute_script(AUDIT) == [], seat.chrome.current_url

    def turn() -> None:
        seat.log_in("admin")
        seat.screen(width)
        for path in PAGES:
            seat.open(path)
            looks_well()
        seat.open("/pengaturan/waktu/1")
        seat.press("Hapus baris ini")
        seat.sees("Hapus baris ini?")
        looks_well()

    await act(turn)
