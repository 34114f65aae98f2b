"""What a citizen is told of a move is so: to whom, where, and who has it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from actions.casework.messages import without_markup
from actions.domain.status import Status
from actions.storage.tables import Outbox
from tests.support.database import CHAT, LAMP, Database


async def words(database: Database) -> str:
    async with database.sessions() as session:
        mine = select(Outbox.payload).where(Outbox.chat == CHAT).order_by(Outbox.id.desc())
        return without_markup((await session.scalars(mine.limit(1))).one()["text"])


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("PLN", "Alamatnya Jalan Sumber Air Nomor 15, Sukamaju Kota."),
        ("pln.", "Alamatnya Jalan Sumber Air Nomor 15, Sukamaju Kota."),
        ("Balai Besar Jalan Nasional", ""),
    ],
)
async def test_what_is_not_ours_is_said_with_the_address_and_sent_nowhere(
    name: str, where: str, database: Database
) -> None:
    case = await database.file("lampu_jalan", LAMP)
    await database.move(case, Status.NOT_OURS, name)
    told = await words(database)
    assert f"ini wewenang {name}" in told
    assert told.endswith(where or "laporan ini kami tutup.")
    assert "kami teruskan" not in told


async def test_what_was_cancelled_for_its_citizen_is_not_said_to_be_the_officers_doing(
    database: Database,
) -> None:
    case = await database.file("ktp_hilang")
    await database.move(case, Status.CANCELLED, "Sesuai permintaan Ibu lewat telepon tadi pagi.")
    assert "dibatalkan petugas" not in await words(database)
