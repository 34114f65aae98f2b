"""What complains of an office is never seen there, and somebody else works on it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from actions.casework import break_glass, queues, rights, transfers
from actions.casework.staff import Role
from actions.casework.transfers import CannotTransferError, Obstacle, Sending
from actions.domain.work import TransferKind
from actions.storage.tables import Case
from tests.support.database import BRIBE, KTP, Database

SERVED: dict[str, Any] = {
    "kantor": "",
    "masalah": "kasar",
    "kejadian": "saya dibentak",
    "tanggal": None,
    "foto": None,
}


@pytest.mark.parametrize(
    ("slug", "key", "said", "reported", "unit"),
    [
        ("pungli", "tempat", "loket dukcapil", "|disdukcapil|", "inspektorat"),
        ("pungli", "tempat", "kantor capil sukamaju", "|disdukcapil|", "inspektorat"),
        ("pungli", "tempat", "di dukcpil", "|disdukcapil|", "inspektorat"),
        ("pungli", "tempat", "puskesmas karanganyar", "|dinkes|", "inspektorat"),
        ("pungli", "tempat", "SMP 2 Wonorejo", "|disdik|", "inspektorat"),
        ("pungli", "tempat", "balai desa Cibening", "|kelurahan|", "inspektorat"),
        ("pungli", "tempat", "pinggir jalan raya", None, "inspektorat"),
        ("pelayanan_petugas", "kantor", "inspektorat", "|inspektorat|", "diskominfo"),
        ("pelayanan_petugas", "kantor", "satpol pp", "|satpol_pp|", "inspektorat"),
    ],
)
async def test_which_office_is_meant_and_who_works_on_it(
    database: Database, slug: str, key: str, said: str, reported: str | None, unit: str
) -> None:
    answers = {**(BRIBE if slug == "pungli" else SERVED), key: said}
    case = await database.file(slug, answers)
    assert (case.reported, case.unit) == (reported, unit)


async def test_an_office_that_only_the_story_names_is_meant_too(database: Database) -> None:
    answers = BRIBE | {"tempat": "di depan loket", "cerita": "petugas puskesmas minta uang"}
    assert (await database.file("pungli", answers)).reported == "|dinkes|"


@pytest.mark.parametrize("role", Role)
async def test_nobody_of_that_office_finds_or_opens_it(database: Database, role: Role) -> None:
    case = await database.file("pungli", BRIBE | {"tempat": "loket dukcapil"})
    staff = await database.account("x", role, "disdukcapil", sees_secret=True, factor=False)
    async with database.sessions() as session:
        assert await session.scalar(select(Case.id).where(rights.visible(staff))) is None
        assert await queues.case(session, staff, case.id) is None
        assert await queues.case_by_code(session, staff, str(case.code)) is None
        assert await break_glass.find(session, staff, str(case.code)) is None


@pytest.mark.parametrize("kind", TransferKind)
async def test_it_is_not_sent_there_either(database: Database, kind: TransferKind) -> None:
    case = await database.file("pungli", BRIBE | {"tempat": "loket dukcapil"})
    officer = await database.account("budi", Role.OFFICER, "inspektorat", sees_secret=True)
    sending = Sending("disdukcapil", kind, "Mohon dibantu.")
    async with database.sessions.begin() as session:
        row = await session.get_one(Case, case.id)
        with pytest.raises(CannotTransferError) as refused:
            await transfers.send(
                session, database.reference, row, sending, by=officer, now=database.clock.now
            )
    assert refused.value.why is Obstacle.REPORTED


async def test_a_service_complains_of_nobody(database: Database) -> None:
    assert (await database.file("ktp_hilang", KTP)).reported is None
