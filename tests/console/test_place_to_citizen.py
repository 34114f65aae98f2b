"""An officer sends a place, from a case or from the talk; what is no place loses nothing."""

from __future__ import annotations

from sqlalchemy import select

from actions.storage.tables import Outbox
from tests.console.conftest import LogIn
from tests.support.database import Database

SEND, PLACE = "Kirim pesan", "Pasar Wonorejo, Wonorejo"


async def _pins(database: Database) -> list[list[float]]:
    async with database.sessions() as session:
        rows = await session.scalars(select(Outbox.payload).order_by(Outbox.id))
        return [row["place"] for row in rows if row and "place" in row]


async def test_from_the_page_of_a_case(database: Database, log_in: LogIn) -> None:
    case, rina = await database.file(), await log_in("rina")
    await rina.open(f"/permohonan/{case.id}")
    assert f'<option value="{PLACE}">' in rina.html
    await rina.press(SEND, isi="Ambil di sini", pilihan="pasar mana saja")
    assert rina.status == 422
    assert "tidak ada di daftar patokan" in rina.words
    assert rina.form(SEND).values["isi"] == "Ambil di sini"
    assert rina.form(SEND).values["pilihan"] == "pasar mana saja"

    await rina.press(SEND, pilihan=PLACE)
    assert rina.status == 200
    assert await _pins(database) == [[-6.9763, 107.6714]]
    assert "mengirim tempat ini: Pasar Wonorejo" in rina.words, "the thread tells it"


async def test_from_the_talk_also_without_words(database: Database, log_in: LogIn) -> None:
    talk, rina = await database.escalation(), await log_in("rina")
    await rina.open(f"/percakapan/{talk.id}")
    await rina.press(SEND, isi="Di sini", pilihan="entah")
    assert (rina.status, rina.form(SEND).values["pilihan"]) == (422, "entah")
    await rina.press(SEND, isi="", pilihan="-6.9800, 107.6700")
    assert rina.status == 200
    assert await _pins(database) == [[-6.98, 107.67]]
