"""Being done: with a photo where one is asked for, and why where it was late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from aiohttp import FormData
from sqlalchemy import select

from actions.casework import attachments
from actions.domain.status import Status
from actions.storage.tables import Attachment, Case, Outbox
from tests.console.conftest import LogIn
from tests.console.officer import Officer
from tests.storage.pictures import jpeg
from tests.support.clock import Clock
from tests.support.database import CHAT, LAMP, Database


async def working(database: Database) -> Case:
    case = await database.file("lampu_jalan", LAMP)
    for target in (Status.VERIFIED, Status.IN_PROGRESS):
        await database.move(case, target)
    return case


async def send(officer: Officer, case: Case, photo: bytes | None, **filled: str) -> None:
    """The form of the step, with a photo as a browser sends it."""
    form = next(one for one in officer.forms if "bukti" in one.names)
    data = FormData()
    for name, value in {**form.values, **filled}.items():
        if name != "bukti":
            data.add_field(name, value)
    content = b"" if photo is None else photo
    data.add_field("bukti", content, filename="foto.jpg" if photo else "")
    await officer._seen(await officer.client.post(f"/permohonan/{case.id}/status", data=data))


async def test_a_photo_is_kept_shown_and_sent(database: Database, log_in: LogIn) -> None:
    case = await working(database)
    dewi = await log_in("dewi", unit="dishub")
    await dewi.open(f"/permohonan/{case.id}")
    await send(dewi, case, None, isi="Lampu sudah diganti.")
    assert (dewi.status, "dengan foto sesudah dikerjakan" in dewi.words) == (422, True)
    assert "Lampu sudah diganti." in dewi.html
    await send(dewi, case, b"no picture", isi="Lampu sudah diganti.")
    assert (dewi.status, "tidak bisa dibaca" in dewi.words) == (422, True)
    assert (await database.fresh(case)).status == Status.IN_PROGRESS
    await send(dewi, case, jpeg(), isi="Lampu sudah diganti.")
    assert dewi.status == 200
    await dewi.open(f"/permohonan/{case.id}")
    assert "Bukti sesudah dikerjakan" in dewi.words
    async with database.sessions() as session:
        field = Attachment.field == attachments.PROOF
        (name,) = (await session.scalars(select(Attachment.name).where(field))).all()
        mine = select(Outbox.payload).where(Outbox.chat == CHAT).order_by(Outbox.id)
        sent = [one["file"][0] for one in await session.scalars(mine) if one.get("file")]
    assert sent == [name]
    assert database.files.path(name).exists()


@pytest.mark.parametrize("late", [True, False])
async def test_a_late_case_asks_why_before_it_is_done(
    late: bool, database: Database, log_in: LogIn, clock: Clock
) -> None:
    case = await database.file("ktp_hilang")
    await database.move(case, Status.IN_REVIEW)
    clock.move(timedelta(days=20 if late else 0))
    rina = await log_in("rina", unit="disdukcapil")
    await rina.open(f"/permohonan/{case.id}")
    form = rina.form("Siap diambil")
    assert ("sebab" in form.names) is late
    if late:
        for wrong in ("", "malas"):
            await rina.press("Siap diambil", sebab=wrong, isi="Loket 3")
            assert (rina.status, "Pilih mengapa terlambat" in rina.words) == (422, True)
        await rina.press("Siap diambil", sebab="tenaga", isi="Loket 3")
    else:
        await rina.press("Siap diambil", isi="Loket 3")
    assert rina.status == 200
    fresh = await database.fresh(case)
    assert (fresh.status, fresh.late_cause) == (Status.READY, "tenaga" if late else None)
