"""Numbers of people are hidden in words, and nothing else is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.storage.tables import AccessLog
from bot.console.masking import mask
from tests.console.conftest import LogIn
from tests.support.database import Database


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("nik 3578014507900001 ya", "nik 3578••••••••0001 ya"),
        ("3578 0145 0790 0001", "3578••••••••0001"),
        ("3578.0145.0790.0001", "3578••••••••0001"),
        ("35780145O790OOOl", "3578••••••••OOOl"),
        ("hp 081234567890", "hp 0812••••••••890"),
        ("wa 0812-3456-7890.", "wa 0812••••••••890."),
        ("+62 812 3456 7890", "+628••••••••890"),
        ("62 812-3456-7890, terima kasih", "6281••••••••890, terima kasih"),
        ("dua: 081234567890 dan 3578014507900001", "dua: 0812••••••••890 dan 3578••••••••0001"),
    ],
)
def test_numbers_of_people_are_hidden(said: str, shown: str) -> None:
    assert mask(said) == shown


@pytest.mark.parametrize(
    "said",
    [
        "",
        "RT 03/RW 05, tiang nomor 114 sampai 120",
        "Rp 1.500.000 tanggal 27-11-2026 pukul 08.30",
        "kode SKM-7F3-KQ9, lapor nomor 1234567",
        "kode pos 43152",
    ],
)
def test_other_numbers_stay(said: str) -> None:
    assert mask(said) == said


async def test_numbers_in_a_talk_are_hidden_until_a_click_that_is_logged(
    database: Database, log_in: LogIn
) -> None:
    nik, phone = "3578014507900001", "0812-3456-7890"
    await database.say(f"nik saya {nik}")
    await database.say("[tombol: human]")
    escalation = await database.escalation()
    database.clock.move(timedelta(minutes=1))
    await database.say(f"telepon saja {phone}")
    rina = await log_in("rina")
    for path in (f"/percakapan/{escalation.id}", f"/percakapan/{escalation.id}/baris"):
        await rina.open(path)
        assert nik not in rina.html
        assert phone not in rina.html
    await rina.open(f"/percakapan/{escalation.id}")
    assert "Menekan tombol: Petugas" in rina.words
    await rina.press("Tampilkan NIK, KK, dan nomor HP")
    assert nik in rina.words
    assert phone in rina.words
    async with database.sessions() as session:
        looks = await session.scalars(select(AccessLog.action).order_by(AccessLog.id))
        assert list(looks) == ["percakapan", "percakapan", "nomor"]
