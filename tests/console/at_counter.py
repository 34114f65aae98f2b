"""What an officer does at the counter, in tests."""

from __future__ import annotations

import re
from io import BytesIO

from aiohttp import FormData
from sqlalchemy import select

from actions.storage.tables import Case
from tests.console.officer import Officer
from tests.support.database import KTP, Database

NIK = KTP["nik"]
CLAIM = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")
ANSWERS = {
    "nama": "Siti Aminah",
    "nik": NIK,
    "lapor_polisi": "belum",
    "data_tetap": "ya",
    "hp": "0812 3456 7890",
}


async def only_case(database: Database) -> Case:
    async with database.sessions() as session:
        return (await session.scalars(select(Case))).one()


async def begin(
    rina: Officer, slug: str = "ktp_hilang", words: str = "Siti Aminah", way: str = "loket"
) -> None:
    await rina.open("/loket")
    await rina.press("Cari", kata=words)
    await rina.press("Mulai mengisi", layanan=slug, cara=way)


async def upload(rina: Officer, fields: dict[str, str], **files: bytes) -> None:
    """Send the form of the page with files, as a browser does."""
    form = rina.form("Lanjut")
    data = FormData()
    shown = re.findall(r'name="tampil" value="(\w+)"', rina.html)
    for key in shown:
        data.add_field("tampil", key)
    for name, value in {"csrf": form.values["csrf"], **fields}.items():
        data.add_field(name, value)
    for key in shown:
        raw = files.get(key, b"")
        if key in files or f'type="file" id="isi-{key}"' in rina.html:
            name = "foto.jpg" if raw else ""
            data.add_field(
                key, BytesIO(raw), filename=name, content_type="application/octet-stream"
            )
    await rina._seen(await rina.client.post(form.action, data=data))
